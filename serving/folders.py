"""The folders that belong to one run of the server, and go when it stops."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")


def own_folder(variable: str) -> None:
    """Let the environment variable name a folder: the one it names already, else a new one in
    memory, which every worker inherits, also after a reload.
    """
    if os.environ.get(variable):
        Path(os.environ[variable]).mkdir(parents=True, exist_ok=True)
        return
    within = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    os.environ[variable] = tempfile.mkdtemp(prefix=f"terugkeerwijzer-{os.getpid()}-", dir=within)
    _made.append(Path(os.environ[variable]))


_made: list[Path] = []


def remove_own_folders() -> None:
    """Remove the folders that were made here."""
    while _made:
        shutil.rmtree(_made.pop(), ignore_errors=True)

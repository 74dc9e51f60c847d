"""The folders that belong to one run of the server, and go when it stops."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from serving.environment import refuse

_IN_MEMORY = Path("/dev/shm")


def own_folder(variable: str) -> None:
    """Let the environment variable name a folder: the one it names already, else a new one in
    memory, which every worker inherits, also after a reload.

    Raises `SettingError` where that folder cannot be made.
    """
    if named := os.environ.get(variable):
        try:
            Path(named).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            refuse(variable, named, f"a folder that can be made ({error.strerror})")
        return
    within = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    os.environ[variable] = tempfile.mkdtemp(prefix=f"terugkeerwijzer-{os.getpid()}-", dir=within)
    _made.append(Path(os.environ[variable]))


_made: list[Path] = []


def remove_own_folders() -> None:
    """Remove the folders that were made here."""
    while _made:
        shutil.rmtree(_made.pop(), ignore_errors=True)

"""A policy by name: a folder that holds `questions/` and `rules/`, or a git revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from questions import DataError
from rules.load.policy import ROOT, load_policy
from rules.model import Policy

_DATA = ("questions", "rules")


def policy_at(name: str, repository: Path = ROOT) -> Policy:
    """The policy in a folder, or of a git revision of the repository.

    Only the data is taken from the revision; this code reads it. Raises `DataError` where there
    is no such folder or revision, or where its data cannot be read.
    """
    with folder_at(name, repository) as folder:
        return load_policy(folder)


@contextmanager
def folder_at(name: str, repository: Path = ROOT) -> Iterator[Path]:
    """The folder of that name, or one with the data of a git revision, until the block ends.

    Raises `DataError` where there is neither.
    """
    if Path(name).is_dir():
        yield Path(name)
        return
    with tempfile.TemporaryDirectory() as temporary:
        _unpack(name, repository, Path(temporary))
        yield Path(temporary)


def _unpack(revision: str, repository: Path, into: Path) -> None:
    # "--" and the check keep a revision from being read as an option of git.
    if revision.startswith("-"):
        raise DataError(f"{revision}: is no folder and no git revision")
    with tarfile.open(fileobj=io.BytesIO(_archive(revision, repository))) as archive:
        archive.extractall(into, filter="data")


def _archive(revision: str, repository: Path) -> bytes:
    """The data of a revision, packed by git."""
    command = ["git", "-C", str(repository), "archive", "--format=tar", revision, "--", *_DATA]
    try:
        made = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        reason = f"git cannot be run: {error.strerror}"
        raise DataError(f"{revision}: is no folder; {reason}") from error
    if made.returncode:
        reason = " ".join(made.stderr.decode(errors="replace").split())
        raise DataError(f"{revision}: is no folder and no git revision with a policy: {reason}")
    return made.stdout

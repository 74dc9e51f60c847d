"""Former policies, as data: loaded only when an old case asks for one.

A policy is kept as a folder of its data files, below `rules/archive` for what was released with
this code, and below a folder of whoever runs the service for what was in force there. What came
into force in this process is kept in memory too, so that it works without any folder.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from questions import DataError, Questionnaire
from questions.packing import shape
from rules.decider import Decider
from rules.editions import Edition, editions
from rules.load.fingerprint import data_files
from rules.load.policy import ROOT, load_policy
from rules.model import Policy

_log = logging.getLogger(__name__)

RELEASED = ROOT / "rules" / "archive"
_SHA256 = re.compile("[0-9a-f]{64}")
_IN_MEMORY = 4
"""Policies: under 400 KB each."""

Snapshot = Mapping[str, bytes]
"""Every data file of a policy by its path below the folder."""


def snapshot_of(folder: Path) -> Snapshot:
    """Every data file below a folder. Raises `DataError` where one cannot be read."""
    try:
        files = data_files(folder)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    except OSError as error:
        name = Path(str(error.filename)).name
        raise DataError(f"{name}: cannot be read: {error.strerror}") from error


def reason_of(error: Exception) -> str:
    """What to write to the log about a policy that cannot be read: a mistake in data by file and
    key, another one by its kind.
    """
    return str(error) if isinstance(error, DataError) else type(error).__name__


def write_snapshot(snapshot: Snapshot, folder: Path) -> None:
    """Write the data files below a folder. Raises `OSError`."""
    for name, content in snapshot.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def load_snapshot(snapshot: Snapshot) -> Policy:
    """Load a policy from a copy that nobody edits. Raises `DataError`."""
    with tempfile.TemporaryDirectory(prefix="policy-") as copy:
        write_snapshot(snapshot, Path(copy))
        return load_policy(Path(copy))


def keep_below(folder: Path, snapshot: Snapshot, sha256: str) -> Path:
    """Keep a policy in a folder of its own. Others see it whole or not at all. Raises `OSError`."""
    place = folder / sha256
    if place.is_dir():
        return place
    own = folder / f".{sha256}.{os.getpid()}"
    try:
        write_snapshot(snapshot, own)
        own.rename(place)
    except OSError:
        shutil.rmtree(own, ignore_errors=True)
        # Another worker can have been first: then it is there, and that is all we want.
        if not place.is_dir():
            raise
    return place


@dataclass(frozen=True)
class _Entry:
    """What must be known of a former policy to know whether it is the one that is looked for."""

    shape: bytes
    questionnaire: Questionnaire
    editions: tuple[Edition, ...]


def _folders_of_policies(folder: Path) -> list[Path]:
    """The folders that `keep_below` made, and none that something else put beside them."""
    try:
        return sorted(path for path in folder.iterdir() if _SHA256.fullmatch(path.name))
    except FileNotFoundError:
        return []
    except OSError as error:
        _log.error("Former policies cannot be read: %s", error.strerror)
        return []


class PolicyArchive:
    """The policies that were in force before, found by the short number of an edition."""

    def __init__(self, folders: Iterable[Path] = (RELEASED,), keep_in: Path | None = None) -> None:
        """Look below the folders; keep what comes into force below `keep_in`."""
        self._keep_in = keep_in
        self._folders = (*folders, *([keep_in] if keep_in else []))
        self._kept: OrderedDict[str, Snapshot] = OrderedDict()
        self._entries: dict[str, _Entry | None] = {}
        self._lock = Lock()
        self._decider = lru_cache(maxsize=2)(self._make_decider)

    def keep(self, snapshot: Snapshot, sha256: str) -> None:
        """Keep a policy that comes into force. Without room on the disk it is kept in memory."""
        with self._lock:
            self._kept[sha256] = snapshot
            self._kept.move_to_end(sha256)
            while len(self._kept) > _IN_MEMORY:
                self._kept.popitem(last=False)
        if self._keep_in is not None:
            try:
                keep_below(self._keep_in, snapshot, sha256)
            except OSError as error:
                _log.error("The policy could not be kept for old cases: %s", error.strerror)

    def questionnaires(self) -> Iterator[Questionnaire]:
        """One questionnaire of each shape that was ever used."""
        by_shape = {entry.shape: entry.questionnaire for _, entry in self._all()}
        yield from by_shape.values()

    def find(self, short: int) -> tuple[Decider, date] | None:
        """The decider of an edition, and a day on which it held.

        None where it is not to be had, or where two former policies share the number: then
        nothing is said rather than something wrong.
        """
        found = {
            edition: name
            for name, entry in self._all()
            for edition in entry.editions
            if edition.short == short
        }
        if len(found) != 1:
            return None
        ((edition, name),) = found.items()
        decider = self._decider(name)
        return (decider, edition.since) if decider else None

    def _all(self) -> Iterator[tuple[str, _Entry]]:
        for name in self._names():
            if name not in self._entries:
                self._entries[name] = self._read(name)
            entry = self._entries[name]
            if entry:
                yield name, entry

    def _names(self) -> list[str]:
        """Where each policy is: a key of what is in memory, or a path."""
        folders = [str(path) for folder in self._folders for path in _folders_of_policies(folder)]
        return [*self._kept, *folders]

    def _read(self, name: str) -> _Entry | None:
        policy = self._load(name)
        if policy is None:
            return None
        return _Entry(shape(policy.questionnaire), policy.questionnaire, editions(policy))

    def _load(self, name: str) -> Policy | None:
        snapshot = self._kept.get(name)
        try:
            return load_snapshot(snapshot) if snapshot else load_policy(Path(name))
        # This code may no longer understand data of long ago, and an old one takes nothing away.
        except Exception as error:
            _log.error("A former policy cannot be read: %s", reason_of(error))
            return None

    def _make_decider(self, name: str) -> Decider | None:
        policy = self._load(name)
        return Decider(policy) if policy else None

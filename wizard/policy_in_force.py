"""The policy that decides now, and how a changed one takes its place while people are answering.

Each worker looks every few seconds whether the data files changed. What it finds it reads into
memory as a whole and loads from there; only a policy that loads and compiles takes the place of
the old one, in one assignment. A request keeps the policy with which it began. A policy that is
refused changes nothing: `/healthz` and the log say why.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from flask import Flask, current_app, g, has_app_context

from questions import DataError
from rules import Decider, Policy, default_decider
from rules.history.archive import (
    PolicyArchive,
    Snapshot,
    load_snapshot,
    reason_of,
    snapshot_of,
)
from rules.load.fingerprint import fingerprint
from rules.load.policy import ROOT
from wizard.settings import Settings

_log = logging.getLogger(__name__)
_EXTENSION = "policy"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Refused:
    """A policy that was found but cannot decide."""

    sha256: str
    problem: str
    """What is wrong: file, key and mistake. It speaks of data files only, never of a person."""


class LastGood:
    """The last policy that loaded, in one file: what a new worker starts with where the data
    files are broken by then.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def keep(self, snapshot: Snapshot) -> None:
        """Keep it. Another worker sees the old one or the new one, never half of one."""
        if self._file is None:
            return
        texts = {name: content.decode() for name, content in snapshot.items()}
        own = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            own.write_text(json.dumps(texts), encoding="utf-8")
            own.replace(self._file)
        except OSError as error:
            _log.error("The policy could not be kept for a restart: %s", error.strerror)

    def restore(self) -> Snapshot | None:
        """What was kept; None where nothing was. Raises `OSError` or `ValueError`."""
        if self._file is None or not self._file.exists():
            return None
        texts = json.loads(self._file.read_text(encoding="utf-8"))
        return {name: text.encode() for name, text in texts.items()}


class PolicyInForce:
    """The decider of one app, and the look-out for a newer one."""

    def __init__(
        self,
        folder: Path = ROOT,
        last_good: Path | None = None,
        every: float = 5,
        clock: Callable[[], float] = monotonic,
        *,
        archive: PolicyArchive | None = None,
        fits: Callable[[Policy], object] = lambda _policy: None,
    ) -> None:
        """Load the policy below `folder`, or the last good one where that is broken. `fits` raises
        `questions.DataError` for a policy that what is around it cannot go with.

        Raises `questions.DataError` where there is neither: nothing starts half-read.
        """
        self.archive = archive or PolicyArchive()
        self._folder = folder
        self._last_good = LastGood(last_good)
        self._every = every
        self._clock = clock
        self._fits = fits
        self._looking = Lock()
        self._seen = ""
        self.refused: Refused | None = None
        self.decider = self._first()
        self._next_look = clock() + every

    def _first(self) -> Decider:
        try:
            return self._load_from_folder()
        # Whatever is wrong with the files: a worker that cannot start takes the others along.
        except Exception as error:
            kept = self._kept()
            if kept is None:
                raise
            self._refuse(_fingerprint_or_nothing(self._folder), error)
            return kept

    def _kept(self) -> Decider | None:
        """The last good policy; None where there is none that can decide."""
        try:
            snapshot = self._last_good.restore()
            return self._load(snapshot) if snapshot else None
        except Exception as error:
            _log.error("The last good policy cannot be read: %s", reason_of(error))
            return None

    def refresh(self) -> None:
        """Look for a changed policy, where the last look is long enough ago.

        One thread looks; the others go on with the policy that they have.
        """
        if self._clock() < self._next_look or not self._looking.acquire(blocking=False):
            return
        try:
            self._next_look = self._clock() + self._every
            self._look()
        finally:
            self._looking.release()

    def _look(self) -> None:
        found = _fingerprint_or_nothing(self._folder)
        last_seen, self._seen = self._seen, found
        if found == self.decider.policy.sha256:
            self.refused = None
        elif found != last_seen:
            # Somebody may still be saving the other files: the next look takes what has settled.
            self._next_look = self._clock() + min(self._every, 1)
        elif self.refused is None or self.refused.sha256 != found:
            self._take(found)

    def _take(self, found: str) -> None:
        try:
            decider = self._load_from_folder()
        # Whatever a new policy does to the loader must not take the old one from people.
        except Exception as error:
            self._refuse(found, error)
            return
        self.decider = decider
        self.refused = None
        policy = decider.policy
        _log.info("New policy in force: %s, sha256 %s", policy.version, policy.sha256)

    def _refuse(self, found: str, error: Exception) -> None:
        problem = reason_of(error)
        self.refused = Refused(found, problem)
        _log.error("The policy was refused, the last good one stays in force: %s", problem)

    def _load_from_folder(self) -> Decider:
        snapshot = snapshot_of(self._folder)
        decider = self._load(snapshot)
        self._last_good.keep(snapshot)
        self.archive.keep(snapshot, decider.policy.sha256)
        return decider

    def _load(self, snapshot: Snapshot) -> Decider:
        """Load it and compile it: an engine that fails is refused too."""
        decider = Decider(load_snapshot(snapshot))
        decider.prepare(date.today())
        self._fits(decider.policy)
        return decider


def _fingerprint_or_nothing(folder: Path) -> str:
    try:
        return fingerprint(folder)
    except DataError:
        return ""


def watch_policy(
    app: Flask, settings: Settings, fits: Callable[[Policy], object] = lambda _policy: None
) -> None:
    """Let the app decide by the policy in force, and look for a newer one while it is used; for
    `fits` see `PolicyInForce`.
    """
    policy = PolicyInForce(
        settings.policy_folder,
        settings.policy_last_good,
        settings.policy_check_seconds,
        archive=PolicyArchive(keep_in=settings.policy_archive),
        fits=fits,
    )
    app.extensions[_EXTENSION] = policy
    app.before_request(policy.refresh)


def policy_of(app: Flask) -> PolicyInForce:
    """The policy of the app."""
    policy: PolicyInForce = app.extensions[_EXTENSION]
    return policy


def decider() -> Decider:
    """The decider of the policy in force: the same one from the start to the end of a request."""
    if not has_app_context():
        return default_decider()
    if "decider" not in g:
        g.decider = policy_of(current_app).decider
    of_request: Decider = g.decider
    return of_request


def cached_per_policy(make: Callable[P, T]) -> Callable[P, T]:
    """Like `functools.cache`, for what is made from the policy in force: a new policy makes it
    anew, and what was made from the old one goes with it.
    """
    made: WeakKeyDictionary[Decider, dict[object, T]] = WeakKeyDictionary()

    @wraps(make)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        of_policy = made.setdefault(decider(), {})
        key = (args, *kwargs.items())
        if key not in of_policy:
            of_policy[key] = make(*args, **kwargs)
        return of_policy[key]

    return kept

"""Who may draw a paper now: few at once, and nobody all of them.

Nothing waits here: a thread that waited would be kept from other people. Whoever comes while no
place is free is asked to come back, by a page that does so by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class BusyError(Exception):
    """No place is free now."""


class Places:
    """Places to draw at, in this process."""

    def __init__(self, at_once: int) -> None:
        """`at_once` is how many there are."""
        self._at_once = at_once
        self._taken: set[str] = set()
        self._lock = Lock()

    @contextmanager
    def taken_by(self, subscriber: str) -> Iterator[None]:
        """Hold a place until the block ends.

        `subscriber` stands for one connection to the internet: it gets one place, so that another
        is left for people elsewhere. Raises `BusyError` where none is free.
        """
        with self._lock:
            if subscriber in self._taken or len(self._taken) >= self._at_once:
                raise BusyError
            self._taken.add(subscriber)
        try:
            yield
        finally:
            with self._lock:
                self._taken.remove(subscriber)

"""Counts how often a result helped: a yes or a no, and nothing that leads to a person."""

from __future__ import annotations

import atexit
import logging
from collections import Counter
from threading import Lock

from wizard.events import helped

_log = logging.getLogger("wizard.monitoring.feedback")
_counts: Counter[str] = Counter()
_lock = Lock()


def count_helpful(value: str) -> None:
    """Count one "yes" or "no"."""
    helped.send(value=value)
    with _lock:
        _counts[value] += 1


@atexit.register
def tell_counts() -> None:
    """Write the totals of this worker, when it ends: a line at each press would tell its time."""
    if _counts:
        _log.info("Did this help? yes=%d no=%d", _counts["yes"], _counts["no"])

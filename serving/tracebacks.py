"""Where an error came from, without what it says: its message can hold an answer."""

from __future__ import annotations

import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def where(exc_info: ExcInfo) -> str:
    """The kind of an error and the lines of code that led to it."""
    frames = traceback.extract_tb(exc_info[2])
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return " < ".join([exc_info[0].__name__, *reversed(lines)])

"""Where statements come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """Where a statement comes from. `checked_on` is the day we last compared our text with it."""

    id: str
    title: str
    url: str
    published: str | None
    checked_on: date
    confidence: str

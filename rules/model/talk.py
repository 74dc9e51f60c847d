"""What helps a social worker in the talk."""

from __future__ import annotations

from dataclasses import dataclass

from questions import Answers
from rules.model.source import Source


@dataclass(frozen=True)
class Note:
    """A note for the talk about one question, for somebody who helps a client."""

    means: str
    how_to_ask: str
    letter: str | None
    source: Source


@dataclass(frozen=True)
class ComparisonSide:
    """One of the sides that are compared: answers, and the heading of its column."""

    answers: Answers
    text: str


@dataclass(frozen=True)
class Comparison:
    """Other answers, to be shown side by side, all else being the same."""

    label: str
    text: str
    sides: tuple[ComparisonSide, ...]

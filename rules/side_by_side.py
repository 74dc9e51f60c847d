"""Answers side by side: what follows from each, all else being the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questions import Answers
from rules.decider import Decider
from rules.decision import Decision
from rules.explain.assuming import with_changes
from rules.model import Comparison, ComparisonSide


@dataclass(frozen=True)
class Compared:
    """What follows on one side."""

    side: ComparisonSide
    answers: Answers
    assumed: tuple[str, ...]
    """Questions that nobody answered and that this side brings up: they count as unknown."""
    decision: Decision


def compare(
    decider: Decider, comparison: Comparison, answers: Answers, on: date
) -> tuple[Compared, ...]:
    """Each side, decided with the rules of that day; `answers` complete the questionnaire.

    A side that nobody with these answers can come to is left out: none of its questions is asked.
    """
    sides = (_compared(decider, side, answers, on) for side in comparison.sides)
    return tuple(each for each in sides if each.side.answers.items() & each.answers.items())


def _compared(decider: Decider, side: ComparisonSide, answers: Answers, on: date) -> Compared:
    known = with_changes(decider.policy, answers, *side.answers.items())
    assumed = tuple(name for name in known if name not in answers)
    return Compared(side, known, assumed, decider.decide(known, on))

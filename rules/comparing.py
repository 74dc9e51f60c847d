"""Two answers to one question, side by side: what follows from each, all else being the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questions import Answers
from rules.assuming import with_changes
from rules.deciding import Decider
from rules.decision import Decision
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
    """Each side, decided with the rules of that day; `answers` complete the questionnaire."""
    return tuple(_compared(decider, comparison, side, answers, on) for side in comparison.sides)


def _compared(
    decider: Decider, comparison: Comparison, side: ComparisonSide, answers: Answers, on: date
) -> Compared:
    known = with_changes(decider.policy, answers, (comparison.question, side.option))
    assumed = tuple(name for name in known if name not in answers)
    return Compared(side, known, assumed, decider.decide(known, on))

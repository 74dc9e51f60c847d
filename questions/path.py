"""Which questions are asked: always replayed from the answers, never remembered.

So a changed answer can leave nothing stale behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from questions.conditions import Facts, could_hold
from questions.model import Answer, Answers, Question, Questionnaire

Lookup = Callable[[Answers], Facts]
"""Gives the facts that are looked up for the answers so far; what it leaves out is still open."""


@dataclass(frozen=True)
class Path:
    """The way through the questionnaire that the answers describe."""

    answers: Answers
    """The answers whose question is, or may still be, asked; in asking order."""

    ignored: tuple[str, ...]
    """Ids of the answers whose question is not asked."""

    open_questions: tuple[Question, ...]
    """The questions without an answer that are, or may still be, asked."""

    @property
    def next_question(self) -> Question | None:
        """The first question to ask; None at the end."""
        return self.open_questions[0] if self.open_questions else None

    @property
    def at_most_left(self) -> int:
        """How many questions can still come: never too low."""
        return len(self.open_questions)


def replay(questionnaire: Questionnaire, answers: Answers, lookup: Lookup) -> Path:
    """Walk the questionnaire with the answers and say where that ends.

    The first open question is always one that is surely asked: a condition reads only what
    stands before it, and everything before it is settled.
    """
    kept: dict[str, Answer] = {}
    ignored: list[str] = []
    open_questions: list[Question] = []
    facts = lookup(kept)
    for question in questionnaire.questions:
        still_open = _open_facts(questionnaire, facts, open_questions)
        if could_hold(question.asked_when, {**facts, **kept}, still_open) is False:
            if question.id in answers:
                ignored.append(question.id)
        elif question.id in answers:
            kept[question.id] = answers[question.id]
            facts = lookup(kept)
        else:
            open_questions.append(question)
    return Path(kept, tuple(ignored), tuple(open_questions))


def _open_facts(
    questionnaire: Questionnaire, facts: Facts, open_questions: list[Question]
) -> frozenset[str]:
    unknown_lookups = (name for name in questionnaire.lookups if name not in facts)
    return frozenset(unknown_lookups) | {question.id for question in open_questions}

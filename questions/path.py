"""Which questions are asked: always replayed from the answers, never remembered.

So a changed answer can leave nothing stale behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from questions.conditions import Facts, Value, could_hold
from questions.model import Answer, Answers, Question, Questionnaire

Lookup = Callable[[Answers], Facts]
"""Gives the facts that are looked up for the answers so far; what it leaves out is still open, and
what it gives stays, whatever is answered later."""


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
    known: dict[str, Value] = dict(lookup(kept))
    still_open = {name for name in questionnaire.lookups if name not in known}
    for question in questionnaire.questions:
        name = question.id
        is_asked = could_hold(question.asked_when, known, still_open)
        if is_asked is False:
            if name in answers:
                ignored.append(name)
        elif name in answers and is_asked is None:
            # It may come to count for nothing, so what rests on it is open too.
            kept[name] = answers[name]
            still_open.add(name)
        elif name in answers:
            known[name] = kept[name] = answers[name]
            if not still_open.isdisjoint(questionnaire.lookups):
                looked_up = lookup(kept)
                known.update(looked_up)
                still_open.difference_update(looked_up)
        else:
            open_questions.append(question)
            still_open.add(name)
    return Path(kept, tuple(ignored), tuple(open_questions))

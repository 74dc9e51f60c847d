"""The questionnaire as frozen objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from questions.conditions import ALWAYS, Condition

Answer = str | tuple[str, ...]
"""One option id, or several in the order of the options."""

Answers = Mapping[str, Answer]
"""Answers by question id."""


def as_options(answer: Answer) -> tuple[str, ...]:
    """The ids of the options that were chosen, whether one or several can be."""
    return (answer,) if isinstance(answer, str) else tuple(answer)


UNKNOWN = "unknown"
"""The option that says: I do not know, or I would rather not say."""


class WhatIf(StrEnum):
    """When a result may say what another answer to a question would change."""

    ALWAYS = "always"
    UNKNOWN = "unknown"
    NO_MORE = "no_more"
    """Only while the answer is unknown, and only what brings no more help: nobody should be led to
    say it."""
    NEVER = "never"


class QuestionType(StrEnum):
    """How many options an answer has, and where they come from."""

    ONE = "one"
    SEVERAL = "several"
    COUNTRY = "country"


@dataclass(frozen=True)
class Option:
    """One possible answer. `exclusive` means that it cannot stand beside another.

    `hint` is one line where the choice is easy to get wrong. `neutral` means that the answer counts
    as another one does, and may change nothing by itself. Whoever gave one that is `settled` is not
    told what another answer would bring.
    """

    id: str
    text: str
    exclusive: bool = False
    hint: str | None = None
    neutral: bool = False
    settled: bool = False


@dataclass(frozen=True)
class Question:
    """One question: its texts are English source texts, translated where they are shown."""

    id: str
    type: QuestionType
    text: str
    help: str
    why: str
    options: tuple[Option, ...]
    asked_when: Condition = ALWAYS
    country_codes: tuple[str, ...] = ()
    what_if: WhatIf = WhatIf.NEVER

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """Every id that an answer may have, countries first."""
        return self.country_codes + tuple(option.id for option in self.options)


@dataclass(frozen=True)
class Questionnaire:
    """All questions in asking order."""

    questions: tuple[Question, ...]
    lookups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facts that conditions may read and that are no questions, with their values."""

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """The questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def vocabulary(self) -> Mapping[str, tuple[str, ...]]:
        """Every value that an answer or a lookup can have."""
        answers = {question.id: question.option_ids for question in self.questions}
        return {**answers, **self.lookups}

"""Conditions in plain words of one language: whole sentences, and short words for a picture.

It knows no question: what a condition says comes from its own form and from the texts of the
questions and options that it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questions import Condition, Question, QuestionType
from questions.conditions import ALWAYS, AllOf, AnyOf, AtLeast, Is, Not
from rules import Policy
from wizard.flowchart.shapes import Branch
from wizard.i18n.cldr import listed
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.presenters.answers import answer_texts


@dataclass(frozen=True)
class Words:
    """A sentence; `parts` are what it counts up."""

    text: str
    parts: tuple[Words, ...] = ()


class ConditionWords:
    """Puts conditions on answers, and on what is looked up for them, into one language."""

    def __init__(self, policy: Policy, language: Language) -> None:
        """`language` is the one in which everything is said, whatever the page speaks."""
        self._policy = policy
        self._language = language
        self.gettext = texts_of(language).gettext

    def asked_when(self, question: Question) -> Words:
        """When a question is asked."""
        match question.asked_when:
            case AllOf(()):
                return Words(self.gettext("Always asked."))
            case Is(fact, values) if self._takes_one(fact):
                text = self.gettext(
                    "Asked when the answer to “%(question)s” is: %(answers)s.",
                    **self._names(fact, values),
                )
                return Words(text)
            case Not(Is(fact, values)) if self._takes_one(fact) and self._is_always_asked(fact):
                text = self.gettext(
                    "Asked when the answer to “%(question)s” is not: %(answers)s.",
                    **self._names(fact, values),
                )
                return Words(text)
            case AllOf(parts):
                return Words(self.gettext("Asked when all of these are true:"), self._each(parts))
            case AnyOf(parts):
                text = self.gettext("Asked when at least one of these is true:")
                return Words(text, self._each(parts))
            case condition:
                return Words(self.gettext("Asked when this is true:"), self._each([condition]))

    def words(self, condition: Condition) -> Words:
        """What a condition says."""
        match condition:
            case Is(fact, values) if fact in self._policy.questionnaire.lookups:
                return self._looked_up(fact, values)
            case Is(fact, values):
                return Words(self._is(fact, values))
            case Not(Not(part)):
                return self.words(part)
            case Not(Is(fact, values)) if fact in self._policy.questionnaire.by_id:
                return Words(self._is_not(fact, values))
            case Not(AnyOf(parts)):
                return Words(self.gettext("None of these is true:"), self._each(parts))
            case Not(part):
                return Words(self.gettext("This is not true:"), self._each([part]))
            case AllOf(parts):
                return Words(self.gettext("All of these are true:"), self._each(parts))
            case AnyOf(parts):
                return Words(self.gettext("At least one of these is true:"), self._each(parts))
            case AtLeast(count, parts):
                text = self.gettext("At least %(count)s of these are true:", count=count)
                return Words(text, self._each(parts))

    def _each(self, parts: Sequence[Condition]) -> tuple[Words, ...]:
        return tuple(self.words(part) for part in parts)

    def _is(self, fact: str, values: Sequence[str]) -> str:
        names = self._names(fact, values)
        if self._takes_one(fact):
            return self.gettext("The answer to “%(question)s” is: %(answers)s.", **names)
        return self.gettext("One of the answers to “%(question)s” is: %(answers)s.", **names)

    def _is_not(self, fact: str, values: Sequence[str]) -> str:
        names = self._names(fact, values)
        if not self._takes_one(fact):
            return self.gettext("None of the answers to “%(question)s” is: %(answers)s.", **names)
        if self._is_always_asked(fact):
            return self.gettext("The answer to “%(question)s” is not: %(answers)s.", **names)
        return self.gettext(
            "The answer to “%(question)s” is not: %(answers)s. Or the question was not asked.",
            **names,
        )

    def _looked_up(self, fact: str, values: Sequence[str]) -> Words:
        parts = tuple(Words(self._on_record(fact, value)) for value in values)
        if len(parts) == 1:
            return parts[0]
        return Words(self.gettext("At least one of these is true:"), parts)

    def branch(self, condition: Condition) -> Branch | None:
        """The condition for the picture, in few words; None where it always holds."""
        return None if condition == ALWAYS else self._branch(condition)

    def _branch(self, condition: Condition) -> Branch:
        match condition:
            case Is(fact, values) if fact in self._policy.questionnaire.lookups:
                sentences = [self._on_record(fact, value) for value in values]
                return Branch(self._either(sentences), self._policy.looked_up_by)
            case Is(fact, values):
                return Branch(self._answers(fact, values), fact)
            case Not(Not(part)):
                return self._branch(part)
            case Not(Is(fact, values)) if fact in self._policy.questionnaire.by_id:
                answers = self._answers(fact, values)
                # Translators: in the picture, on a line: the answer is not one of these.
                return Branch(self.gettext("not: %(answers)s", answers=answers), fact)
            case Not(AnyOf(parts)):
                # Translators: in the picture, very short: none of the lines that meet here is true.
                return self._gate(self.gettext("None"), parts)
            case Not(part):
                # Translators: in the picture, very short: the line that comes in here is not true.
                return self._gate(self.gettext("Not"), [part])
            case AllOf(parts):
                # Translators: in the picture, very short: all lines that meet here are true.
                return self._gate(self.gettext("All"), parts)
            case AnyOf(parts):
                # Translators: in the picture, very short: one or more lines here are true.
                return self._gate(self.gettext("One or more"), parts)
            case AtLeast(count, parts):
                return self._gate(self.gettext("At least %(count)s", count=count), parts)

    def _gate(self, text: str, parts: Sequence[Condition]) -> Branch:
        return Branch(text, parts=tuple(self._branch(part) for part in parts))

    def _names(self, fact: str, values: Sequence[str]) -> dict[str, str]:
        question = self.gettext(self._policy.questionnaire.by_id[fact].text)
        return {"question": question, "answers": self._answers(fact, values)}

    def _answers(self, fact: str, values: Sequence[str]) -> str:
        question = self._policy.questionnaire.by_id[fact]
        texts = list(answer_texts(question, tuple(values), self._language))
        if len(texts) == 1:
            return texts[0]
        return self._either([self.gettext("“%(answer)s”", answer=text) for text in texts])

    def _on_record(self, fact: str, value: str) -> str:
        return self.gettext(self._policy.lookup_words[fact][value])

    def _either(self, texts: Sequence[str]) -> str:
        return listed(texts, self._language.tag, "or")

    def _takes_one(self, fact: str) -> bool:
        question = self._policy.questionnaire.by_id.get(fact)
        return question is not None and question.type is not QuestionType.SEVERAL

    def _is_always_asked(self, fact: str) -> bool:
        return self._policy.questionnaire.by_id[fact].asked_when == ALWAYS

"""Why not, and what would change it, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from questions import Answer, Answers
from rules import Explanation, Policy
from rules.what_if import WouldChange
from wizard.cldr import ListStyle, listed
from wizard.languages import Language, current
from wizard.policy_in_force import decider, once_for_each_policy
from wizard.summary import answer_texts
from wizard.texts import gettext


@dataclass(frozen=True)
class MissingSupport:
    """A kind of help that is not offered, and the answers that exclude it."""

    id: str
    label: str
    why: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Alternative:
    """Other answers, in one sentence, and what they would add or remove, a sentence each."""

    text: str
    changes: tuple[str, ...]


class Explainer:
    """Puts explanations of one policy into one language."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self._policy = policy
        self._language = language

    def why_excluded(
        self, explanation: Explanation, answers: Answers
    ) -> dict[str, tuple[str, ...]]:
        """For each excluded organisation, the answers that led to that."""
        return {
            organisation: self._reasons(questions, answers)
            for organisation, questions in explanation.excluded_organisations.items()
        }

    def missing_supports(self, explanation: Explanation, answers: Answers) -> list[MissingSupport]:
        """The kinds of help that are not offered."""
        return [
            MissingSupport(
                support,
                gettext(self._policy.supports[support].label),
                self._reasons(questions, answers),
            )
            for support, questions in explanation.missing_supports.items()
        ]

    def _reasons(self, questions: Iterable[str], answers: Answers) -> tuple[str, ...]:
        return tuple(self._because(name, answers[name]) for name in questions)

    def _because(self, name: str, answer: Answer) -> str:
        return gettext(
            "You answered “%(answer)s” to “%(question)s”",
            answer=self._answer(name, answer),
            question=self._question(name),
        )

    def alternatives(self, explanation: Explanation) -> list[Alternative]:
        """What would change the result; answers with the same effect stand together."""
        groups = groupby(explanation.would_change, _same_effect)
        return [self._alternative(tuple(group)) for _, group in groups]

    def _alternative(self, group: tuple[WouldChange, ...]) -> Alternative:
        return Alternative(self._if(group), self.changes(group[0]))

    def _if(self, group: Sequence[WouldChange]) -> str:
        first = group[0]
        answers = [self._answer(each.question, each.answer) for each in group]
        question, answer = self._question(first.question), _listed(answers, style="or")
        if first.also is None:
            return gettext(
                "If your answer to “%(question)s” were: %(answer)s",
                question=question,
                answer=answer,
            )
        return gettext(
            "If your answer to “%(question)s” were: %(answer)s, "
            "and to “%(other_question)s”: %(other_answer)s",
            question=question,
            answer=answer,
            other_question=self._question(first.also[0]),
            other_answer=self._answer(*first.also),
        )

    def changes(self, change: WouldChange) -> tuple[str, ...]:
        """What a change adds and removes, a sentence each."""
        return tuple(self._changes(change))

    def _changes(self, change: WouldChange) -> Iterator[str]:
        organisations, supports = self._policy.organisations, self._policy.supports
        if change.added_organisations:
            names = _listed([organisations[each].name for each in change.added_organisations])
            yield gettext(
                "Organisations that can then help too, or may help: %(names)s.", names=names
            )
        if change.removed_organisations:
            names = _listed([organisations[each].name for each in change.removed_organisations])
            yield gettext("Organisations that do not help then: %(names)s.", names=names)
        if change.added_supports:
            names = _listed([gettext(supports[each].label) for each in change.added_supports])
            yield gettext("This help can then be possible: %(names)s.", names=names)
        if change.removed_supports:
            names = _listed([gettext(supports[each].label) for each in change.removed_supports])
            yield gettext("This help is not possible then: %(names)s.", names=names)

    def condition(self, change: WouldChange) -> str | None:
        """The second answer that a change needs, as a sentence; None where it needs none."""
        if change.also is None:
            return None
        return gettext(
            "Only if the answer to “%(question)s” is also: %(answer)s.",
            question=self._question(change.also[0]),
            answer=self._answer(*change.also),
        )

    def _question(self, name: str) -> str:
        return gettext(self._policy.questionnaire.by_id[name].text)

    def _answer(self, name: str, answer: Answer) -> str:
        question = self._policy.questionnaire.by_id[name]
        return _listed(list(answer_texts(question, answer, self._language)))


@once_for_each_policy
def _explainer(language: Language) -> Explainer:
    return Explainer(decider().policy, language)


def explainer() -> Explainer:
    """The explainer of the policy in force, in the language of the page."""
    return _explainer(current())


def _same_effect(change: WouldChange) -> tuple[object, ...]:
    return (
        change.question,
        change.also,
        change.added_organisations,
        change.removed_organisations,
        change.added_supports,
        change.removed_supports,
    )


def _listed(texts: Sequence[str], style: ListStyle = "standard") -> str:
    """The texts as a list in the current language: "a, b and c"."""
    return listed(texts, current().tag, style)

"""Why not, and what would change it, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from questions import Answer, Answers
from rules import Explanation, Policy
from rules.explain.what_if import WouldChange
from wizard.i18n.cldr import ListStyle, listed
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.policy_in_force import cached_per_policy, decider
from wizard.presenters.answers import answer_texts


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
        self.gettext = texts_of(language).gettext

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
                self.gettext(self._policy.supports[support].label),
                self._reasons(questions, answers),
            )
            for support, questions in explanation.missing_supports.items()
        ]

    def _reasons(self, questions: Iterable[str], answers: Answers) -> tuple[str, ...]:
        return tuple(self._because(name, answers[name]) for name in questions)

    def _because(self, name: str, answer: Answer) -> str:
        return self.gettext(
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
        answers = [self._answer(each.question, each.answer) for each in group]
        return self.gettext(
            "If your answer to “%(question)s” is: %(answer)s",
            question=self._question(group[0].question),
            answer=self._listed(answers, style="or"),
        )

    def changes(self, change: WouldChange) -> tuple[str, ...]:
        """What would be different, as sentences."""
        return tuple(self._changes(change))

    def _changes(self, change: WouldChange) -> Iterator[str]:
        policy = self._policy
        for other in change.roles:
            yield self.gettext(
                "%(name)s is then: “%(role)s”.",
                name=policy.organisations[other.organisation].name,
                role=self.gettext(policy.roles[other.role].text),
            )
        if change.added_supports:
            names = self._labels(change.added_supports)
            yield self.gettext("This help can then be possible: %(names)s.", names=names)
        if change.removed_supports:
            names = self._labels(change.removed_supports)
            yield self.gettext("This help is not possible then: %(names)s.", names=names)
        for step in change.added_steps:
            yield self.gettext("New step: “%(text)s”", text=self.gettext(policy.steps[step].text))
        for step in change.removed_steps:
            text = self.gettext(policy.steps[step].text)
            yield self.gettext("No longer a step: “%(text)s”", text=text)

    def _labels(self, supports: Iterable[str]) -> str:
        return self._listed([self.gettext(self._policy.supports[each].label) for each in supports])

    def _listed(self, texts: Sequence[str], style: ListStyle = "standard") -> str:
        """The texts as a list: "a, b and c"."""
        return listed(texts, self._language.tag, style)

    def _question(self, name: str) -> str:
        return self.gettext(self._policy.questionnaire.by_id[name].text)

    def _answer(self, name: str, answer: Answer) -> str:
        question = self._policy.questionnaire.by_id[name]
        return self._listed(list(answer_texts(question, answer, self._language)))


@cached_per_policy
def explainer(language: Language) -> Explainer:
    """The explainer of the policy in force, in this language."""
    return Explainer(decider().policy, language)


def _same_effect(change: WouldChange) -> tuple[object, ...]:
    return (
        change.question,
        change.roles,
        change.added_supports,
        change.removed_supports,
        change.added_steps,
        change.removed_steps,
    )

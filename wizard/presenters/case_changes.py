"""What changed for a case since its code was made, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.history.case_changes import CaseChanges, OtherRole
from rules.model import Policy
from wizard.i18n.cldr import listed
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of


class ChangesPresenter:
    """Puts what changed between two policies into one language."""

    def __init__(self, former: Policy, present: Policy, language: Language) -> None:
        self._former = former
        self._present = present
        self._language = language
        self.gettext = texts_of(language).gettext

    def sentences(self, changes: CaseChanges) -> list[str]:
        """One for each thing that changed: questions, organisations, help, situation, steps."""
        return [
            *self._questions(changes),
            *(self._role(each) for each in changes.roles),
            *self._supports(changes),
            *self._situation(changes),
            *self._steps(changes),
        ]

    def _questions(self, changes: CaseChanges) -> Iterator[str]:
        for name in changes.dropped:
            question = self.gettext(self._former.questionnaire.by_id[name].text)
            yield self.gettext("The answer to “%(question)s” no longer counts.", question=question)
        for name in changes.asked:
            question = self.gettext(self._present.questionnaire.by_id[name].text)
            yield self.gettext("There is a new question: “%(question)s”", question=question)

    def _role(self, change: OtherRole) -> str:
        known = (
            self._present if change.organisation in self._present.organisations else self._former
        )
        name = known.organisations[change.organisation].name
        if change.now is None:
            return self.gettext("%(name)s is no longer in this result.", name=name)
        now = self.gettext(self._present.roles[change.now].text)
        if change.was is None:
            return self.gettext("%(name)s is new in this result: “%(now)s”.", name=name, now=now)
        # A role is told by its id: its present words are translated, former ones may not be.
        former = self._present.roles.get(change.was) or self._former.roles[change.was]
        was = self.gettext(former.text)
        return self.gettext(
            "%(name)s: now “%(now)s”, before “%(was)s”.", name=name, now=now, was=was
        )

    def _supports(self, changes: CaseChanges) -> Iterator[str]:
        if changes.added_supports:
            names = self._labels(changes.added_supports, self._present)
            yield self.gettext("Help that is new: %(names)s.", names=names)
        if changes.removed_supports:
            names = self._labels(changes.removed_supports, self._former)
            yield self.gettext("Help that is no longer there: %(names)s.", names=names)
        if changes.other_supports:
            names = self._labels(changes.other_supports, self._present)
            yield self.gettext("Help that changed: %(names)s.", names=names)

    def _situation(self, changes: CaseChanges) -> Iterator[str]:
        for name in changes.added_situation:
            text = self._said(name, self._present)
            yield self.gettext("New about the situation: “%(text)s”", text=text)
        for name in changes.removed_situation:
            text = self._said(name, self._former)
            yield self.gettext("No longer said about the situation: “%(text)s”", text=text)

    def _said(self, situation: str, policy: Policy) -> str:
        """The short text of a situation; where there are several, the first: they mean the same."""
        known = policy.situations[situation]
        wording = known.wording(next(iter(known.variants), None) if not known.text else None)
        return self.gettext(wording.short or wording.text)

    def _steps(self, changes: CaseChanges) -> Iterator[str]:
        for name in changes.added_steps:
            yield self.gettext(
                "New step: “%(text)s”", text=self.gettext(self._present.steps[name].text)
            )
        for name in changes.removed_steps:
            yield self.gettext(
                "No longer a step: “%(text)s”", text=self.gettext(self._former.steps[name].text)
            )

    def _labels(self, supports: Iterable[str], policy: Policy) -> str:
        names = [self.gettext(policy.supports[name].label) for name in supports]
        return listed(names, self._language.tag)

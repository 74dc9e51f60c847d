"""What changed for a case since its code was made, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.history.case_changes import CaseChanges, OtherRole
from rules.model import Policy
from wizard.i18n.cldr import listed
from wizard.i18n.languages import current
from wizard.i18n.texts import gettext


def in_words(changes: CaseChanges, former: Policy, present: Policy) -> list[str]:
    """A sentence for each thing that changed: questions, organisations, help, situation, steps."""
    return [
        *_questions(changes, former, present),
        *(_role(each, former, present) for each in changes.roles),
        *_supports(changes, former, present),
        *_situation(changes, former, present),
        *_steps(changes, former, present),
    ]


def _questions(changes: CaseChanges, former: Policy, present: Policy) -> Iterator[str]:
    for name in changes.dropped:
        question = gettext(former.questionnaire.by_id[name].text)
        yield gettext("The answer to “%(question)s” no longer counts.", question=question)
    for name in changes.asked:
        question = gettext(present.questionnaire.by_id[name].text)
        yield gettext("There is a new question: “%(question)s”", question=question)


def _role(change: OtherRole, former: Policy, present: Policy) -> str:
    known = present if change.organisation in present.organisations else former
    name = known.organisations[change.organisation].name
    if change.now is None:
        return gettext("%(name)s is no longer in this result.", name=name)
    now = gettext(present.roles[change.now].text)
    if change.was is None:
        return gettext("%(name)s is new in this result: “%(now)s”.", name=name, now=now)
    was = gettext(former.roles[change.was].text)
    return gettext("%(name)s: now “%(now)s”, before “%(was)s”.", name=name, now=now, was=was)


def _supports(changes: CaseChanges, former: Policy, present: Policy) -> Iterator[str]:
    if changes.added_supports:
        names = _labels(changes.added_supports, present)
        yield gettext("Help that is new: %(names)s.", names=names)
    if changes.removed_supports:
        names = _labels(changes.removed_supports, former)
        yield gettext("Help that is no longer there: %(names)s.", names=names)
    if changes.other_supports:
        names = _labels(changes.other_supports, present)
        yield gettext("Help that changed: %(names)s.", names=names)


def _situation(changes: CaseChanges, former: Policy, present: Policy) -> Iterator[str]:
    for name in changes.added_situation:
        text = _said(name, present)
        yield gettext("New about the situation: “%(text)s”", text=text)
    for name in changes.removed_situation:
        text = _said(name, former)
        yield gettext("No longer said about the situation: “%(text)s”", text=text)


def _said(situation: str, policy: Policy) -> str:
    """The short text of a situation; where there are several, the first: they mean the same."""
    known = policy.situations[situation]
    wording = known.wording(next(iter(known.variants), None) if not known.text else None)
    return gettext(wording.short or wording.text)


def _steps(changes: CaseChanges, former: Policy, present: Policy) -> Iterator[str]:
    for name in changes.added_steps:
        yield gettext("New step: “%(text)s”", text=gettext(present.steps[name].text))
    for name in changes.removed_steps:
        yield gettext("No longer a step: “%(text)s”", text=gettext(former.steps[name].text))


def _labels(supports: Iterable[str], policy: Policy) -> str:
    names = [gettext(policy.supports[name].label) for name in supports]
    return listed(names, current().tag)

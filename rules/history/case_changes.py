"""What a change of the policy changed for one case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from questions import AnswerError, Answers, validate_answer
from rules.decider import Decider
from rules.decision import Decision, SupportOffer
from rules.model import Policy


@dataclass(frozen=True)
class OtherRole:
    """An organisation whose role became another; None where it was not, or is not, named."""

    organisation: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class CaseChanges:
    """All that changed for one case; ids, no texts. Empty throughout where nothing did."""

    dropped: tuple[str, ...] = ()
    """Questions whose answer no longer counts: the question or the option is gone, or not asked."""
    asked: tuple[str, ...] = ()
    """Questions that are asked now and have no answer yet."""
    roles: tuple[OtherRole, ...] = ()
    added_supports: tuple[str, ...] = ()
    removed_supports: tuple[str, ...] = ()
    other_supports: tuple[str, ...] = ()
    """Kinds of help that are there before and after, from others or with other terms."""
    added_situation: tuple[str, ...] = ()
    removed_situation: tuple[str, ...] = ()
    added_steps: tuple[str, ...] = ()
    removed_steps: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != CaseChanges()


def case_changes(
    answers: Mapping[str, object],
    former: tuple[Decider, date],
    present: tuple[Decider, date],
) -> CaseChanges:
    """Compare what two policies say to the same answers, each with the rules of its day.

    Of the answers each policy takes those that it knows. Results are compared where both policies
    come to one.
    """
    then, now = (
        decider.path(_known(answers, decider.policy)) for decider in (former[0], present[0])
    )
    dropped = tuple(name for name in then.answers if name not in now.answers)
    if then.next_question:
        return CaseChanges(dropped)
    if now.next_question:
        return CaseChanges(dropped, tuple(each.id for each in now.open_questions))
    before = former[0].decide_at(then, former[1])
    after = present[0].decide_at(now, present[1])
    return _compare(before, after, dropped)


def _known(answers: Mapping[str, object], policy: Policy) -> Answers:
    """The answers that a policy knows."""
    by_id = policy.questionnaire.by_id
    known = {}
    for name, given in answers.items():
        if name in by_id:
            try:
                known[name] = validate_answer(by_id[name], given)
            except AnswerError:
                continue
    return known


def _compare(before: Decision, after: Decision, dropped: tuple[str, ...]) -> CaseChanges:
    supports = _by_id(before.supports), _by_id(after.supports)
    situation = _by_id(before.situation), _by_id(after.situation)
    steps = _by_id(before.next_steps), _by_id(after.next_steps)
    return CaseChanges(
        dropped=dropped,
        roles=tuple(_other_roles(before, after)),
        added_supports=_without(supports[1], supports[0]),
        removed_supports=_without(supports[0], supports[1]),
        other_supports=tuple(
            name
            for name, offer in supports[1].items()
            if name in supports[0] and _terms(offer) != _terms(supports[0][name])
        ),
        added_situation=_without(situation[1], situation[0]),
        removed_situation=_without(situation[0], situation[1]),
        added_steps=_without(steps[1], steps[0]),
        removed_steps=_without(steps[0], steps[1]),
    )


def _other_roles(before: Decision, after: Decision) -> Iterable[OtherRole]:
    was = {each.id: each.role for each in before.organisations}
    now = {each.id: each.role for each in after.organisations}
    for name in {**now, **was}:
        if was.get(name) != now.get(name):
            yield OtherRole(name, was.get(name), now.get(name))


def _terms(offer: SupportOffer) -> tuple[object, ...]:
    """All that a person is told of an offer, beside its texts."""
    return offer.by, offer.form, offer.certainty, offer.max_eur


def _by_id(found: Iterable[Any]) -> dict[str, Any]:
    return {each.id: each for each in found}


def _without(those: Mapping[str, object], these: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in those if name not in these)

"""What would change the result: other answers, one else two, that add or remove something.

Only answers that a person can choose or might have wrong are varied (`what_if` in the
questionnaire). A question that only the other answer brings up counts as `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questions import UNKNOWN, Answer, Answers, Question, WhatIf
from rules.assuming import Change, with_changes
from rules.compiled import Compiled
from rules.model import AssignRole, OfferSupport


@dataclass(frozen=True)
class WouldChange:
    """What follows when the first answer changes, given that the second one changes too.

    `also` is None where one change is enough. Organisations and kinds of help by id.
    """

    question: str
    answer: Answer
    also: Change | None
    added_organisations: tuple[str, ...]
    removed_organisations: tuple[str, ...]
    added_supports: tuple[str, ...]
    removed_supports: tuple[str, ...]


@dataclass(frozen=True)
class _Given:
    """Who gives, and what is offered, in one decision; in the order of the data."""

    organisations: tuple[str, ...]
    supports: tuple[str, ...]


class WhatIfs:
    """Tries other answers, with the plain engine: a result asks for some hundred decisions."""

    def __init__(self, compiled: Compiled, answers: Answers) -> None:
        """`answers` complete the questionnaire."""
        self._compiled = compiled
        self._policy = compiled.policy
        self._answers = answers
        self._known: dict[tuple[tuple[str, Answer], ...], _Given] = {}
        self._base = self._given(answers)

    def all(self) -> tuple[WouldChange, ...]:
        """Every single change with an effect, then pairs for what no single change brings."""
        single = [self._effect(change, None) for change in self._changes(self._answers)]
        found = [effect for effect in single if effect]
        reached = {
            name for each in found for name in (*each.added_organisations, *each.added_supports)
        }
        return (*found, *self._pairs(reached))

    def _pairs(self, reached: set[str]) -> Iterator[WouldChange]:
        """Two changes, each time for what nothing smaller has brought yet."""
        policy = self._policy
        wanted = {*policy.organisations, *policy.supports} - reached
        wanted -= {*self._base.organisations, *self._base.supports}
        for first in self._changes(self._answers):
            for second in self._changes(self._with(first)):
                if not wanted:
                    return
                effect = self._effect(first, second) if second[0] != first[0] else None
                if effect:
                    brought = wanted & {*effect.added_organisations, *effect.added_supports}
                    if brought:
                        wanted -= brought
                        yield effect

    def _changes(self, answers: Answers) -> Iterator[Change]:
        """Every other answer to a question that may be varied."""
        for name, given in answers.items():
            question = self._policy.questionnaire.by_id[name]
            if _may_vary(question, given):
                for option in question.option_ids:
                    if option not in (given, UNKNOWN):
                        yield name, option

    def _with(self, *changes: Change) -> Answers:
        return with_changes(self._policy, self._answers, *changes)

    def _effect(self, first: Change, second: Change | None) -> WouldChange | None:
        now = self._given(self._with(first, second) if second else self._with(first))
        if now == self._base:
            return None
        return WouldChange(
            *first,
            also=second,
            added_organisations=_without(now.organisations, self._base.organisations),
            removed_organisations=_without(self._base.organisations, now.organisations),
            added_supports=_without(now.supports, self._base.supports),
            removed_supports=_without(self._base.supports, now.supports),
        )

    def _given(self, answers: Answers) -> _Given:
        key = tuple(answers.items())
        if key not in self._known:
            self._known[key] = self._evaluate(answers)
        return self._known[key]

    def _evaluate(self, answers: Answers) -> _Given:
        organisations, supports = set(), set()
        for target in self._compiled.fired(answers, self._compiled.plain):
            match target.rule.then:
                case AssignRole(_, role) if self._policy.roles[role].gives:
                    organisations.add(target.organisation)
                case OfferSupport(support, _, _, _):
                    supports.add(support)
        return _Given(
            tuple(name for name in self._policy.organisations if name in organisations),
            tuple(name for name in self._policy.supports if name in supports),
        )


def _may_vary(question: Question, given: Answer) -> bool:
    if question.what_if is WhatIf.UNKNOWN:
        return given == UNKNOWN
    return question.what_if is WhatIf.ALWAYS


def _without(those: tuple[str, ...], these: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in those if each not in these)

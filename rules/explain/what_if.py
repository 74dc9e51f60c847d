"""What would change the result: other answers that the person can choose, or does not know yet.

Only questions that say so (`what_if` in the questionnaire) are varied. A question that only the
other answer brings up counts as `unknown` where the person can choose; where the answer is not
known, such an answer is not tried, for it would say too little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questions import UNKNOWN, Answer, Answers, Question, QuestionType, WhatIf
from rules.engine.ruleset import Ruleset
from rules.explain.assuming import with_changes
from rules.model import AdviseStep, AssignRole, OfferSupport


@dataclass(frozen=True)
class OtherRole:
    """An organisation that would have another role."""

    organisation: str
    role: str


@dataclass(frozen=True)
class WouldChange:
    """What follows from another answer. Organisations, kinds of help and steps by id."""

    question: str
    answer: Answer
    roles: tuple[OtherRole, ...]
    added_supports: tuple[str, ...]
    removed_supports: tuple[str, ...]
    added_steps: tuple[str, ...]
    removed_steps: tuple[str, ...]


@dataclass(frozen=True)
class _Result:
    """What is compared of two decisions, in the order of the data."""

    roles: Mapping[str, str]
    supports: tuple[str, ...]
    steps: tuple[str, ...]


class WhatIfs:
    """Tries other answers by the reference interpreter: a result asks for dozens of decisions."""

    def __init__(self, compiled: Ruleset, answers: Answers) -> None:
        """`answers` complete the questionnaire."""
        self._compiled = compiled
        self._policy = compiled.policy
        self._answers = answers

    def all(self) -> tuple[WouldChange, ...]:
        """Every other answer with an effect, in asking order."""
        before = self._result(self._answers)
        found = []
        for question, answer in self._others():
            changed = with_changes(self._policy, self._answers, (question.id, answer))
            if question.what_if is not WhatIf.ALWAYS and changed.keys() - self._answers.keys():
                continue
            after = self._result(changed)
            if after == before:
                continue
            if question.what_if is WhatIf.NO_MORE and self._is_more_help(before, after):
                continue
            found.append(_change(question.id, answer, before, after))
        return tuple(found)

    def _others(self) -> Iterator[tuple[Question, Answer]]:
        """Every other answer to a question that may be varied; of several options each alone."""
        for name, given in self._answers.items():
            question = self._policy.questionnaire.by_id[name]
            if _may_vary(question, given):
                several = question.type is QuestionType.SEVERAL
                for option in question.options:
                    answer: Answer = (option.id,) if several else option.id
                    if option.id != UNKNOWN and answer != given:
                        yield question, answer

    def _result(self, answers: Answers) -> _Result:
        roles: dict[str, str] = {}
        supports, steps = set(), set()
        for target in self._compiled.fired(answers, self._compiled.plain):
            match target.rule.then:
                case AssignRole(role=role) if target.organisation:
                    roles[target.organisation] = role
                case OfferSupport(support=support):
                    supports.add(support)
                case AdviseStep(step):
                    steps.add(step)
        return _Result(
            {name: roles[name] for name in self._policy.organisations if name in roles},
            tuple(name for name in self._policy.supports if name in supports),
            tuple(name for name in self._policy.steps if name in steps),
        )

    def _is_more_help(self, before: _Result, after: _Result) -> bool:
        """Whether somebody who helps has a better role, or there is one more kind of help."""
        order = list(self._policy.roles)
        better = any(
            self._policy.roles[role].helps
            and (
                not self._policy.roles[before.roles[name]].helps
                or order.index(role) < order.index(before.roles[name])
            )
            for name, role in after.roles.items()
            if role != before.roles[name]
        )
        return better or bool(_without(after.supports, before.supports))


def _change(question: str, answer: Answer, before: _Result, after: _Result) -> WouldChange:
    return WouldChange(
        question,
        answer,
        roles=tuple(
            OtherRole(name, role)
            for name, role in after.roles.items()
            if role != before.roles[name]
        ),
        added_supports=_without(after.supports, before.supports),
        removed_supports=_without(before.supports, after.supports),
        added_steps=_without(after.steps, before.steps),
        removed_steps=_without(before.steps, after.steps),
    )


def _may_vary(question: Question, given: Answer) -> bool:
    if any(option.settled and option.id == given for option in question.options):
        return False
    if question.what_if in (WhatIf.UNKNOWN, WhatIf.NO_MORE):
        return given in (UNKNOWN, (UNKNOWN,))
    return question.what_if is WhatIf.ALWAYS


def _without(those: tuple[str, ...], these: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in those if each not in these)

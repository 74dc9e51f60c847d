"""Why not: which answers exclude an organisation or a kind of help.

Read from the rules' own conditions: where a condition does not hold, the comparisons that keep it
from holding; where such a comparison reads a derived fact, the rule that derived it; and so on
down to answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from questions import Answers
from questions.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Facts,
    Is,
    Not,
    Value,
    holds,
)
from rules.compiled import Compiled
from rules.compiling import Target
from rules.model import AssignRole, OfferSupport

Questions = frozenset[str]
"""Ids of questions."""


class Blame:
    """Finds the answers behind one decision."""

    def __init__(self, compiled: Compiled, answers: Answers) -> None:
        """`answers` complete the questionnaire."""
        self._compiled = compiled
        self._policy = compiled.policy
        self._fired = compiled.fired(answers, compiled.plain)
        self._decided_by = {
            target.decides[0]: target for target in self._fired if target.decides is not None
        }
        derived: Mapping[str, Value] = {
            fact: target.decides[1]
            for fact, target in self._decided_by.items()
            if target.decides is not None
        }
        self._answers = answers
        self._facts: Facts = {**answers, **self._policy.lookup(answers), **derived}

    def excluded_organisations(self) -> Mapping[str, tuple[str, ...]]:
        """For each organisation whose role excludes it, the questions whose answers led to that."""
        return {
            name: self._in_asking_order(
                frozenset().union(*(self._why(target.rule.when, True) for target in targets))
            )
            for name in self._policy.organisations
            if (targets := self._excluding(name))
        }

    def _excluding(self, organisation: str) -> list[Target]:
        return [
            target
            for target in self._fired
            if target.organisation == organisation
            and isinstance(target.rule.then, AssignRole)
            and self._policy.roles[target.rule.then.role].excludes
        ]

    def missing_supports(self) -> Mapping[str, tuple[str, ...]]:
        """For each kind of help that is not offered, the questions whose answers exclude it."""
        offered = {
            target.rule.then.support
            for target in self._fired
            if isinstance(target.rule.then, OfferSupport)
        }
        return {
            support: self._in_asking_order(self._why_not_offered(support))
            for support in self._policy.supports
            if support not in offered
        }

    def _why_not_offered(self, support: str) -> Questions:
        """The answers behind the offer that is nearest: the one that fewest answers exclude."""
        conditions = [
            self._compiled.productions[target_id].condition
            for target_id, target in self._compiled.targets.items()
            if isinstance(target.rule.then, OfferSupport) and target.rule.then.support == support
        ]
        return self._fewest(self._why(condition, False) for condition in conditions)

    def _why(self, condition: Condition, outcome: bool) -> Questions:
        """The questions whose answers make the condition hold (`outcome`), or not hold."""
        match condition:
            case Is(fact, _):
                return self._behind(fact)
            case Not(part):
                return self._why(part, not outcome)
            case AllOf(parts):
                return self._why_parts(parts, outcome, all_needed=outcome)
            case AnyOf(parts):
                return self._why_parts(parts, outcome, all_needed=not outcome)
            case AtLeast(_, parts):
                return frozenset().union(
                    *(self._why(part, holds(part, self._facts)) for part in parts)
                )

    def _why_parts(
        self, parts: Sequence[Condition], outcome: bool, *, all_needed: bool
    ) -> Questions:
        found = [self._why(part, outcome) for part in parts if holds(part, self._facts) == outcome]
        return frozenset().union(*found) if all_needed else self._fewest(found)

    def _behind(self, fact: str) -> Questions:
        """The questions behind a fact: itself, what it was looked up for, or what derived it."""
        if fact in self._policy.questionnaire.by_id:
            # A question that was not asked says nothing; what kept it from being asked does.
            return frozenset({fact}) if fact in self._answers else self._why_not_asked(fact)
        if fact in self._policy.questionnaire.lookups:
            return frozenset({self._policy.looked_up_by})
        target = self._decided_by[fact]
        return self._why(self._compiled.productions[target.id].condition, True)

    def _why_not_asked(self, question: str) -> Questions:
        return self._why(self._policy.questionnaire.by_id[question].asked_when, False)

    @staticmethod
    def _fewest(candidates: Iterable[Questions]) -> Questions:
        return min(candidates, key=lambda each: (len(each), sorted(each)), default=frozenset())

    def _in_asking_order(self, questions: Questions) -> tuple[str, ...]:
        return tuple(name for name in self._policy.questionnaire.by_id if name in questions)

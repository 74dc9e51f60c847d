"""Why not: which answers exclude an organisation or a kind of help.

Read from the rules' own conditions, down to answers. For an organisation: the answers that made
the rule hold that excludes it. For a kind of help: the fewest answers that would all have to be
others for one of its offers to be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from questions import Answers, WhatIf
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
from rules.engine.compiler import Target
from rules.engine.ruleset import Ruleset
from rules.model import AssignRole, OfferSupport

Questions = frozenset[str]
"""Ids of questions."""


class WhyNot:
    """Finds the answers behind one decision."""

    def __init__(self, compiled: Ruleset, answers: Answers) -> None:
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
        return self._fewest(self._to_change(condition, True) for condition in conditions)

    def _to_change(self, condition: Condition, wanted: bool) -> Questions:
        """The questions of which other answers could make the condition hold (`wanted`), or not."""
        if holds(condition, self._facts) == wanted:
            return frozenset()
        match condition:
            case Is(fact, values):
                return self._to_change_fact(fact, values, wanted)
            case Not(part):
                return self._to_change(part, not wanted)
            case AllOf(parts):
                return self._to_change_parts(parts, wanted, all_needed=wanted)
            case AnyOf(parts):
                return self._to_change_parts(parts, wanted, all_needed=not wanted)
            case AtLeast(_, parts):
                return self._to_change_parts(parts, wanted, all_needed=True)

    def _to_change_parts(
        self, parts: Sequence[Condition], wanted: bool, *, all_needed: bool
    ) -> Questions:
        found = [self._to_change(part, wanted) for part in parts]
        return frozenset().union(*found) if all_needed else self._fewest(found)

    def _to_change_fact(self, fact: str, values: tuple[str, ...], wanted: bool) -> Questions:
        if fact in self._policy.questionnaire.by_id:
            if fact in self._answers:
                return frozenset({fact})
            # What keeps the question from being asked would have to be otherwise first.
            return self._why_not_asked(fact)
        if fact in self._policy.questionnaire.lookups:
            return frozenset({self._policy.looked_up_by})
        # A rule that concludes another value must fire.
        return self._fewest(
            self._to_change(production.condition, True)
            for production in self._compiled.productions.values()
            if fact in production.effect and (production.effect[fact] in values) == wanted
        )

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

    def _fewest(self, candidates: Iterable[Questions]) -> Questions:
        """The smallest set; of equal ones that with the earliest questions.

        What nobody should be led to say is named only where there is nothing else.
        """
        by_id = self._policy.questionnaire.by_id
        order = list(by_id)

        def rank(questions: Questions) -> tuple[int, int, list[int]]:
            unsaid = sum(by_id[name].what_if is WhatIf.NO_MORE for name in questions)
            return unsaid, len(questions), sorted(order.index(name) for name in questions)

        return min(candidates, key=rank, default=frozenset())

    def _in_asking_order(self, questions: Questions) -> tuple[str, ...]:
        return tuple(name for name in self._policy.questionnaire.by_id if name in questions)

"""Productions, and their conditions in the JSON of durable_rules."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questions.conditions import AllOf, AnyOf, AtLeast, Condition, Is, Not

Expression = dict[str, Any]
"""A condition on one message."""

LAYER = "layer"

_AND, _OR = "$and", "$or"
_MOST_JOINS = 15
"""In one rule. durable_rules keeps an entry for the beginning and one for the end of each of these,
has room for 32, and refuses the rule that fills it (MAX_SEQUENCE_EXPRESSIONS in its rete.h).
Comparisons take no room.
"""


@dataclass(frozen=True)
class Production:
    """What fires in `layer` when its condition holds, and the facts that follow from it."""

    id: str
    layer: int
    condition: Condition
    effect: Mapping[str, str]


class TooLargeError(Exception):
    """A condition with more parts within parts than durable_rules can take."""

    def __init__(self, production: str) -> None:
        super().__init__("the condition, with those of a lower rank, is too large for the engine")
        self.production = production


def member(fact: str, value: str) -> str:
    """The name of the fact that tells whether a fact with several values has this one."""
    return f"{fact}__{value}"


def yes(value: bool) -> str:
    """How such a fact says it."""
    return "yes" if value else "no"


def alternatives(production: Production, several: Mapping[str, Sequence[str]]) -> list[Expression]:
    """The ways in which the production can come to fire, each to become a rule of durable_rules.

    `several` names the facts with several values. Raises `TooLargeError` for what durable_rules
    would refuse, for it does not say which rule that is.
    """
    expression = _Writer(several).write(production.condition)
    ways = [{_AND: [{LAYER: production.layer}, way]} for way in expression.get(_OR, [expression])]
    if any(_joins(way) > _MOST_JOINS for way in ways):
        raise TooLargeError(production.id)
    return ways


def _joins(expression: Expression) -> int:
    """How many times parts are joined, in it and in its parts."""
    joined = expression.get(_AND) or expression.get(_OR)
    return 1 + sum(_joins(part) for part in joined) if joined else 0


class _Writer:
    def __init__(self, several: Mapping[str, Sequence[str]]) -> None:
        self._several = several

    def write(self, condition: Condition, *, negated: bool = False) -> Expression:
        """The condition or its opposite, with negations moved to the comparisons."""
        match condition:
            case Is(fact, values) if fact in self._several:
                parts = [_equals(member(fact, each), yes(True), negated) for each in values]
            case Is(fact, values):
                parts = [_equals(fact, each, negated) for each in values]
            case Not(part):
                return self.write(part, negated=not negated)
            case AllOf(conditions):
                parts = [self.write(each, negated=negated) for each in conditions]
                return _join(parts, conjunction=not negated)
            case AnyOf(conditions):
                parts = [self.write(each, negated=negated) for each in conditions]
            case AtLeast(count, conditions):
                groups = [AllOf(group) for group in itertools.combinations(conditions, count)]
                parts = [self.write(group, negated=negated) for group in groups]
        return _join(parts, conjunction=negated)


def _equals(fact: str, value: str, negated: bool) -> Expression:
    return {"$neq": {fact: value}} if negated else {fact: value}


def _join(expressions: list[Expression], *, conjunction: bool) -> Expression:
    if len(expressions) == 1:
        return expressions[0]
    if not expressions:
        # Nothing to satisfy: true for "all of none". Every message has a layer of at least 0.
        return {"$gte": {LAYER: 0}} if conjunction else {"$lt": {LAYER: 0}}
    return {_AND if conjunction else _OR: expressions}

"""Compile the rules into layers of productions, so that each reads only what is settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from questions import DataError
from questions.conditions import AllOf, AnyOf, Condition, Is, Not, facts_read
from rules.engine.productions import Production
from rules.model import AssignRole, DeriveFact, OfferSupport, Policy, Rule


@dataclass(frozen=True)
class Target:
    """One conclusion of one rule: a rule about four organisations has four."""

    rule: Rule
    organisation: str | None = None

    @property
    def id(self) -> str:
        """Unique among all targets."""
        return f"{self.rule.id}:{self.organisation}" if self.organisation else self.rule.id

    @cached_property
    def decides(self) -> tuple[str, str] | None:
        """The fact, with its value, that this conclusion settles for other rules."""
        match self.rule.then:
            case DeriveFact(fact, value):
                return fact, value
            case AssignRole(role=role) if self.organisation:
                return role_fact(self.organisation), role
        return None


def role_fact(organisation: str) -> str:
    """The fact under which conditions read the role of an organisation."""
    return f"{organisation}_role"


def targets_of(rules: Sequence[Rule]) -> list[Target]:
    """Every conclusion of the rules, in the order of the data."""
    return [target for rule in rules for target in _targets_of_rule(rule)]


def _targets_of_rule(rule: Rule) -> Iterator[Target]:
    match rule.then:
        case AssignRole(organisations=organisations) | OfferSupport(by=organisations):
            for organisation in organisations:
                yield Target(rule, organisation)
        case _:
            yield Target(rule)


def compile_rules(policy: Policy, rules: Sequence[Rule]) -> list[Production]:
    """The productions of the rules.

    Raises `DataError` where facts depend on each other in a circle.
    """
    targets = targets_of(rules)
    conditions = {target.id: _full_condition(policy, target, targets) for target in targets}
    layers = layer_by_fact(targets, conditions)
    return [
        Production(
            id=target.id,
            layer=_layer(target, conditions[target.id], layers),
            condition=conditions[target.id],
            effect=dict([target.decides]) if target.decides else {},
        )
        for target in targets
    ]


def _full_condition(policy: Policy, target: Target, targets: Sequence[Target]) -> Condition:
    """The condition of the rule, and what its place among the others adds to it."""
    parts: list[Condition] = [target.rule.when]
    stronger = tuple(
        other.rule.when
        for other in targets
        if target.decides
        and other.decides
        and other.decides[0] == target.decides[0]
        and other.rule.rank < target.rule.rank
    )
    if stronger:
        parts.append(Not(AnyOf(stronger)))
    if isinstance(target.rule.then, OfferSupport) and target.organisation:
        giving = tuple(role.id for role in policy.roles.values() if role.gives)
        in_role = target.rule.then.in_role or giving
        parts.append(Is(role_fact(target.organisation), in_role))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def layer_by_fact(
    targets: Sequence[Target], conditions: Mapping[str, Condition]
) -> Mapping[str, int]:
    """For each derived fact, the layer in which it is settled.

    Raises `DataError` where facts depend on each other in a circle.
    """
    reads: dict[str, set[str]] = {}
    for target in targets:
        if target.decides:
            reads.setdefault(target.decides[0], set()).update(facts_read(conditions[target.id]))
    try:
        order = tuple(TopologicalSorter(reads).static_order())
    except CycleError as error:
        raise DataError(_circle(error.args[1], targets)) from error
    layers: dict[str, int] = {}
    for fact in order:
        if fact in reads:
            layers[fact] = _first_layer(reads[fact], layers)
    return layers


def _circle(facts: Sequence[str], targets: Sequence[Target]) -> str:
    """What is wrong where each of the facts is read for the next one, and by which rule first."""
    rule = next(
        target.rule
        for target in targets
        if target.decides
        and target.decides[0] == facts[1]
        and facts[0] in facts_read(target.rule.when)
    )
    return f"{rule.place}.when: the facts go in a circle: {' → '.join(facts)}"


def _layer(target: Target, condition: Condition, layers: Mapping[str, int]) -> int:
    if target.decides:
        return layers[target.decides[0]]
    return _first_layer(facts_read(condition), layers)


def _first_layer(facts: set[str] | frozenset[str], layers: Mapping[str, int]) -> int:
    """The first layer in which all these facts are settled; answers are settled before layer 0."""
    return max((layers[fact] + 1 for fact in facts if fact in layers), default=0)

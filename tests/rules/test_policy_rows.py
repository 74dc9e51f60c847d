"""Every rule is needed: without it, somebody would be told something else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from questions import Answers
from rules import Decision
from rules.engine.compiler import compile_rules, targets_of
from rules.engine.conclude import conclude
from rules.engine.plain import PlainEngine
from rules.model import DeriveFact, Policy
from rules.proof.answer_classes import partitions_of
from rules.proof.diagrams import Truth
from rules.proof.space import Space
from tests.rules.deciders import ON, shipped, with_records, without_rule

RECORDS = {"GH": "assists", "ET": "unsafe", "PL": "assists"}
"""So that the rules that wait for a view of VWN have somebody too."""

FOR_ITS_REASON = {"lawyer_dublin"}
"""Whom these rules send to a lawyer, others send there too; the result then names this reason."""


@cache
def policy() -> Policy:
    return with_records(shipped(), RECORDS)


@cache
def space() -> Space:
    return Space(policy(), policy().rules, partitions_of([policy()]))


def changed_without(rule: str) -> Truth:
    """For whom something is concluded otherwise without the rule."""
    rules = without_rule(policy(), rule).rules
    other = Space(policy(), rules, space().partitions, space().diagrams)
    outcomes = {**space().outcomes, **other.outcomes}
    facts = [
        space().derived[fact].get(value, space().nothing)
        ^ other.derived.get(fact, {}).get(value, space().nothing)
        for fact, values in space().derived.items()
        for value in values
    ]
    return space().any_of(
        [*facts, *(space().outcome(*each) ^ other.outcome(*each) for each in outcomes)]
    )


def decision(of: Policy, answers: Answers) -> Decision:
    engine = PlainEngine(compile_rules(of, of.rules))
    fired = set(engine.run({**answers, **of.lookup(answers)}))
    return conclude(of, answers, [each for each in targets_of(of.rules) if each.id in fired])


def said(found: Decision) -> Iterator[object]:
    """Everything that a person sees."""
    for each in (*found.situation, *found.next_steps):
        yield each.id, each.variant
    for organisation in found.organisations:
        yield organisation.id, organisation.role, organisation.variant
    for offer in found.supports:
        yield offer.id, offer.by, offer.certainty, offer.max_eur, offer.variant, offer.amounts
    yield found.stage, found.country_view, found.nationality_group


@pytest.mark.parametrize("rule", [rule.id for rule in shipped().rules])
def test_without_a_rule_somebody_is_told_something_else(rule: str) -> None:
    where = changed_without(rule)
    assert where.any() or rule in FOR_ITS_REASON
    answers = space().example(where if where.any() else fired(rule))
    assert rule in decision(policy(), answers).fired
    if where.any() and not isinstance(policy().rule_by_id[rule].then, DeriveFact):
        without = decision(without_rule(policy(), rule), answers)
        assert list(said(without)) != list(said(decision(policy(), answers)))


def fired(rule: str) -> Truth:
    """For whom a rule fires."""
    targets = space().targets
    return space().any_of(
        truth for name, truth in space().fired.items() if targets[name].rule.id == rule
    )


def test_every_rule_holds_today() -> None:
    assert all(rule.is_valid(ON) for rule in shipped().rules)

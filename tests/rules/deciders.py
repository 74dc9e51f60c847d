"""Deciders of changed policies, and what a decision concludes in one flat form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rules import Decision, Policy, default_decider
from rules.model import CountryView, DeriveFact, Rule
from tests.rules.policy_rows import Conclusion
from tests.support.vocabulary import Records

ON = date(2026, 11, 30)
"""The day of all tests that do not test days."""


def shipped() -> Policy:
    """The policy of the program."""
    return default_decider().policy


def with_records(policy: Policy, records: Records) -> Policy:
    """The policy with views of VWN on record, by country."""
    source = policy.sources["seed"]
    views = {code: CountryView(view, source, ON) for code, view in records.items()}
    return replace(policy, countries=replace(policy.countries, views=views))


def without_rule(policy: Policy, rule_id: str) -> Policy:
    """The policy without one rule."""
    rules = tuple(rule for rule in policy.rules if rule.id != rule_id)
    assert len(rules) == len(policy.rules) - 1
    return replace(policy, rules=rules)


def with_rule(policy: Policy, changed: Rule) -> Policy:
    """The policy with another rule in the place of the one with that id."""
    rules = tuple(changed if rule.id == changed.id else rule for rule in policy.rules)
    assert changed in rules
    return replace(policy, rules=rules)


def conclusions(policy: Policy, decision: Decision) -> Mapping[Conclusion, tuple[str, ...]]:
    """Everything that the decision concludes, with the rules for it."""
    return {
        **_facts(policy, decision),
        **{("role", each.id, each.role): each.because for each in decision.organisations},
        **{("situation", each.id): each.because for each in decision.situation},
        **{("step", each.id): each.because for each in decision.next_steps},
        **_given(decision),
    }


def _facts(policy: Policy, decision: Decision) -> dict[Conclusion, tuple[str, ...]]:
    """Derived facts stand without reasons in a decision; its trace names their rules."""
    found: dict[Conclusion, tuple[str, ...]] = {
        ("fact", "stage", str(decision.stage)): (),
        ("fact", "country_view", str(decision.country_view)): (),
        ("fact", "nationality_group", str(decision.nationality_group)): (),
    }
    for rule in map(policy.rule_by_id.__getitem__, decision.fired):
        if isinstance(rule.then, DeriveFact):
            name = ("fact", rule.then.fact, rule.then.value)
            found[name] = (*found.get(name, ()), rule.id)
    return found


def _given(decision: Decision) -> dict[Conclusion, tuple[str, ...]]:
    return {
        (
            *("gives", organisation, offer.id),
            *("+".join(offer.form), offer.certainty),
            "" if offer.max_eur is None else str(offer.max_eur),
        ): offer.because
        for offer in decision.supports
        for organisation in offer.by
    }

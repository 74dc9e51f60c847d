"""Load the rules: one row of a rule file each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from questions.conditions import Vocabulary, parse_when
from questions.toml_reader import Table, read, refuse_duplicates
from rules.load.sources import source_of
from rules.model import (
    AdviseStep,
    Amount,
    AssignRole,
    Conclusion,
    DeriveFact,
    DescribeSituation,
    OfferSupport,
    Policy,
    Rule,
    SetCertainty,
)

FILES = ("facts.toml", "situation.toml", "roles.toml", "offers.toml", "steps.toml")
_KEYS = (
    *("id", "statement", "when", "then", "rank", "source", "valid_from", "valid_until"),
    "silent",
)


def load_rules(folder: Path, policy: Policy, vocabulary: Vocabulary) -> tuple[Rule, ...]:
    """The rules of the files in the folder, for a policy that has everything but these.

    Raises `DataError` with file and key for the first mistake.
    """
    amounts = {amount.id: amount for amount in policy.amounts}
    tables = [row for name in FILES for row in _rows(folder / name)]
    refuse_duplicates(tables, "rule")
    return tuple(_rule(table, policy, vocabulary, amounts) for table in tables)


def _rows(path: Path) -> list[Table]:
    table = read(path)
    table.only("rule")
    rows = list(table.rows("rule"))
    if not rows:
        table.fail("there are no rules", "rule")
    return rows


def _rule(
    table: Table, policy: Policy, vocabulary: Vocabulary, amounts: Mapping[str, Amount]
) -> Rule:
    table.only(*_KEYS)
    conclusion = _conclusion(table, policy, amounts)
    decides = isinstance(conclusion, DeriveFact | AssignRole)
    if "rank" in table.values and not decides:
        table.fail("means nothing here: only one fact or one role can win over another", "rank")
    silent = table.flag("silent")
    if silent and not (isinstance(conclusion, DeriveFact) and not table.table("when").values):
        table.fail("only a fact that holds where nothing else does (`when = {}`) can be", "silent")
    valid_from, valid_until = table.day("valid_from"), table.optional_day("valid_until")
    if valid_until is not None and valid_until < valid_from:
        table.fail(f"is before the first day, {valid_from}", "valid_until")
    return Rule(
        id=table.id(),
        statement=table.text("statement"),
        when=parse_when(table, vocabulary),
        then=conclusion,
        rank=table.whole_number("rank") if decides else 1,
        source=source_of(table, policy.sources),
        valid_from=valid_from,
        valid_until=valid_until,
        silent=silent,
        place=f"{table.file}: {table.key}",
    )


def _conclusion(table: Table, policy: Policy, amounts: Mapping[str, Amount]) -> Conclusion:
    then = table.table("then")
    if "supports" in then.values:
        return _set_certainty(then, policy)
    if {"support", "by", "certainty", "max_eur"} & then.values.keys():
        return _offer_support(then, policy, amounts)
    if {"role", "organisations"} & then.values.keys():
        return _assign_role(then, policy)
    if {"fact", "value"} & then.values.keys():
        return _derive_fact(then, policy)
    if "situation" in then.values:
        then.only("situation", "variant")
        situation = then.one_of("situation", tuple(policy.situations))
        variants = policy.situations[situation].variants
        variant = _variant(then, tuple(variants))
        if variant is None and not policy.situations[situation].text:
            then.fail("says which of the texts of this situation is meant", "variant")
        return DescribeSituation(situation, variant)
    then.only("step")
    return AdviseStep(then.one_of("step", tuple(policy.steps)))


def _derive_fact(then: Table, policy: Policy) -> DeriveFact:
    then.only("fact", "value")
    fact = then.one_of("fact", tuple(policy.facts))
    return DeriveFact(fact, then.one_of("value", policy.facts[fact]))


def _assign_role(then: Table, policy: Policy) -> AssignRole:
    then.only("organisations", "role", "variant")
    organisations = then.at_least_one_of("organisations", tuple(policy.organisations))
    role = then.one_of("role", tuple(policy.roles))
    variant = then.optional_text("variant")
    text = f"{role}.{variant}" if variant else role
    for name in organisations:
        if text not in policy.organisations[name].role_texts:
            key = "variant" if variant else "role"
            then.fail(f"organisations.toml has no text for role `{text}` of `{name}`", key)
    return AssignRole(organisations, role, variant)


def _variant(then: Table, known: tuple[str, ...]) -> str | None:
    return then.one_of("variant", known) if "variant" in then.values else None


def _set_certainty(then: Table, policy: Policy) -> SetCertainty:
    then.only("supports", "certainty")
    supports = then.at_least_one_of("supports", tuple(policy.supports))
    return SetCertainty(supports, then.one_of("certainty", tuple(policy.certainties)))


def _offer_support(then: Table, policy: Policy, amounts: Mapping[str, Amount]) -> OfferSupport:
    then.only("support", "by", "in_role", "certainty", "max_eur", "variant")
    support = then.one_of("support", tuple(policy.supports))
    by = then.at_least_one_of("by", tuple(policy.organisations))
    certainty = policy.supports[support].certainty
    if "certainty" in then.values:
        certainty = then.one_of("certainty", tuple(policy.certainties))
    in_role = _in_role(then, policy)
    variant = _variant(then, tuple(policy.supports[support].variants))
    if "max_eur" not in then.values:
        return OfferSupport(support, by, certainty, None, in_role, variant)
    amount = amounts[then.one_of("max_eur", tuple(amounts))]
    if amount.support != support or amount.organisation not in by:
        then.fail("this amount is for other help, or from another organisation", "max_eur")
    return OfferSupport(support, by, certainty, amount.up_to_eur, in_role, variant)


def _in_role(then: Table, policy: Policy) -> tuple[str, ...] | None:
    if "in_role" not in then.values:
        return None
    giving = tuple(role.id for role in policy.roles.values() if role.gives)
    return then.at_least_one_of("in_role", giving)

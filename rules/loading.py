"""Load the policy from its TOML files and refuse what cannot work.

What is checked here is what no start may survive: unknown ids, missing texts or sources,
duplicates, circles. What needs proof over all answers is in `rules/proof`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from questions import DataError, load_questionnaire
from questions.conditions import Vocabulary, parse
from questions.toml_data import Table, read
from rules import content
from rules.comparison import load_comparison
from rules.compiling import compile_rules, role_fact
from rules.fingerprint import fingerprint
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
)
from rules.notes import load_notes

ROOT = Path(__file__).parent.parent
"""The folder that holds `questions/` and `rules/`."""

_RULE_FILES = ("facts.toml", "situation.toml", "roles.toml", "offers.toml", "steps.toml")
_RULE_KEYS = ("id", "statement", "when", "then", "rank", "source", "valid_from", "valid_until")


def load_policy(root: Path = ROOT) -> Policy:
    """Load the policy and the questionnaire below `root`.

    Raises `DataError` with file and key for the first mistake.
    """
    folder = root / "rules" / "policy"
    head = read(folder / "policy.toml")
    head.only("version", "role", "fact", "lookup", "form", "certainty")
    lookup_tables = dict(head.table("lookup").tables())
    lookups = {name: table.texts("values") for name, table in lookup_tables.items()}
    facts = {name: table.texts("values") for name, table in head.table("fact").tables()}
    questionnaire = load_questionnaire(lookups, root / "questions")
    sources = content.load_sources(read(folder / "sources.toml"))
    roles = content.load_roles(head.table("role"))
    organisations = content.load_organisations(read(folder / "organisations.toml"), sources, roles)
    forms = content.load_words(head.table("form"))
    certainties = content.load_words(head.table("certainty"))
    supports = content.load_supports(
        read(folder / "supports.toml"), sources, tuple(forms), tuple(certainties)
    )
    amounts = content.load_amounts(
        read(folder / "amounts.toml"), sources, tuple(organisations), tuple(supports)
    )
    outcomes = read(folder / "outcomes.toml")
    policy = Policy(
        version=head.text("version"),
        sha256=fingerprint(root),
        questionnaire=questionnaire,
        rules=(),
        roles=roles,
        organisations=organisations,
        supports=supports,
        amounts=amounts,
        situations=content.load_outcomes(outcomes, "situation", tuple(organisations)),
        steps=content.load_outcomes(outcomes, "step", tuple(organisations)),
        countries=content.load_countries(
            read(folder / "countries.toml"),
            sources,
            questionnaire.by_id["country"].country_codes,
            lookups,
        ),
        sources=sources,
        facts=facts,
        forms=forms,
        certainties=certainties,
        lookup_words={
            name: content.load_words(table.table("words")) for name, table in lookup_tables.items()
        },
        notes=load_notes(folder / "notes.toml", sources, questionnaire),
        comparison=load_comparison(folder / "comparison.toml", questionnaire),
    )
    return _with_rules(policy, folder / "rules")


def _with_rules(policy: Policy, folder: Path) -> Policy:
    role_facts = {role_fact(name): tuple(policy.roles) for name in policy.organisations}
    vocabulary = {**policy.questionnaire.vocabulary, **policy.facts, **role_facts}
    amounts = {amount.id: amount for amount in policy.amounts}
    tables = [row for name in _RULE_FILES for row in _rows(folder / name)]
    _refuse_duplicates(tables)
    rules = tuple(_rule(table, policy, vocabulary, amounts) for table in tables)
    _refuse_unknown_rules(policy.amounts, rules)
    complete = replace(policy, rules=rules)
    compile_rules(complete, rules)
    return complete


def _rows(path: Path) -> list[Table]:
    table = read(path)
    table.only("rule")
    return list(table.rows("rule"))


def _refuse_duplicates(tables: list[Table]) -> None:
    seen: set[str] = set()
    for table in tables:
        name = table.text("id")
        if name in seen:
            table.fail("this rule stands twice", "id")
        seen.add(name)


def _refuse_unknown_rules(amounts: tuple[Amount, ...], rules: tuple[Rule, ...]) -> None:
    known = {rule.id for rule in rules}
    for amount in amounts:
        if amount.rule not in known:
            raise DataError(f"amounts.toml: {amount.id}.rule: there is no rule `{amount.rule}`")


def _rule(
    table: Table, policy: Policy, vocabulary: Vocabulary, amounts: Mapping[str, Amount]
) -> Rule:
    table.only(*_RULE_KEYS)
    if "when" not in table.values:
        table.fail("a condition is missing; write `when = {}` for always", "when")
    conclusion = _conclusion(table, policy, amounts)
    decides = isinstance(conclusion, DeriveFact | AssignRole)
    return Rule(
        id=table.text("id"),
        statement=table.text("statement"),
        when=parse(table.table("when"), vocabulary),
        then=conclusion,
        rank=table.whole_number("rank") if decides else 1,
        source=content.source_of(table, policy.sources),
        valid_from=content.day(table, "valid_from"),
        valid_until=content.day(table, "valid_until") if "valid_until" in table.values else None,
    )


def _conclusion(table: Table, policy: Policy, amounts: Mapping[str, Amount]) -> Conclusion:
    then = table.table("then")
    if "support" in then.values:
        return _offer_support(then, policy, amounts)
    if "role" in then.values:
        return _assign_role(then, policy)
    if "fact" in then.values:
        return _derive_fact(then, policy)
    if "situation" in then.values:
        then.only("situation")
        return DescribeSituation(then.one_of("situation", tuple(policy.situations)))
    then.only("step")
    return AdviseStep(then.one_of("step", tuple(policy.steps)))


def _derive_fact(then: Table, policy: Policy) -> DeriveFact:
    then.only("fact", "value")
    fact = then.one_of("fact", tuple(policy.facts))
    return DeriveFact(fact, then.one_of("value", policy.facts[fact]))


def _assign_role(then: Table, policy: Policy) -> AssignRole:
    then.only("organisations", "role")
    organisations = then.some_of("organisations", tuple(policy.organisations))
    if not organisations:
        then.fail("at least one organisation is needed", "organisations")
    role = then.one_of("role", tuple(policy.roles))
    for name in organisations:
        if role not in policy.organisations[name].role_texts:
            then.fail(f"organisations.toml has no text for role `{role}` of `{name}`", "role")
    return AssignRole(organisations, role)


def _offer_support(then: Table, policy: Policy, amounts: Mapping[str, Amount]) -> OfferSupport:
    then.only("support", "by", "certainty", "max_eur")
    support = then.one_of("support", tuple(policy.supports))
    by = then.some_of("by", tuple(policy.organisations))
    if not by:
        then.fail("at least one organisation is needed", "by")
    certainty = policy.supports[support].certainty
    if "certainty" in then.values:
        certainty = then.one_of("certainty", tuple(policy.certainties))
    amount = amounts[then.one_of("max_eur", tuple(amounts))] if "max_eur" in then.values else None
    return OfferSupport(support, by, certainty, amount.up_to_eur if amount else None)

"""The safety laws and the known findings, as data that a policy officer reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from questions import Condition
from questions.conditions import Vocabulary, parse
from questions.toml_data import Table, read, refuse_duplicates
from rules.loading import ROOT, vocabulary_of
from rules.model import Policy
from rules.proof.space import Outcome, Space, Truth


@dataclass(frozen=True)
class Law:
    """Whenever the condition holds, something is always, or never, concluded."""

    id: str
    statement: str
    when: Condition
    always: bool
    pattern: dict[str, str | int]


@dataclass(frozen=True)
class Laws:
    """All laws, and after how many months a checked source counts as stale."""

    stale_after_months: int
    laws: tuple[Law, ...]


@dataclass(frozen=True)
class KnownFinding:
    """Something that the check finds and that we keep, with the reason."""

    check: str
    subject: str
    when: Condition
    note: str


def load_laws(policy: Policy, root: Path = ROOT) -> Laws:
    """The laws of `rules/laws.toml`. Raises `DataError` with file and key."""
    file = read(root / "rules" / "laws.toml")
    file.only("stale_after_months", "law")
    vocabulary = vocabulary_of(policy)
    rows = list(file.rows("law"))
    if not rows:
        file.fail("there are no laws", "law")
    refuse_duplicates(rows, "law")
    laws = tuple(_law(row, vocabulary, policy) for row in rows)
    return Laws(file.whole_number("stale_after_months"), laws)


def _law(row: Table, vocabulary: Vocabulary, policy: Policy) -> Law:
    row.only("id", "statement", "when", "always", "never")
    if "when" not in row.values:
        row.fail("a condition is missing; write `when = {}` for always", "when")
    always = "always" in row.values
    if always == ("never" in row.values):
        row.fail("either `always` or `never` is needed, and not both")
    pattern = row.table("always" if always else "never")
    _check_pattern(pattern, policy)
    return Law(
        id=row.id(),
        statement=row.text("statement"),
        when=parse(row.table("when"), vocabulary),
        always=always,
        pattern=dict(pattern.values),
    )


_PATTERNS = (
    {"organisation", "role"},
    {"support"},
    {"support", "giver"},
    {"form"},
    {"situation"},
    {"step"},
    {"euros_above"},
)


def _check_pattern(pattern: Table, policy: Policy) -> None:
    if set(pattern.values) not in _PATTERNS:
        pattern.fail("a step, situation, form, support, organisation and role, ... is needed")
    known = {
        "organisation": policy.organisations,
        "giver": policy.organisations,
        "role": policy.roles,
        "support": policy.supports,
        "form": policy.forms,
        "situation": policy.situations,
        "step": policy.steps,
    }
    for key, names in known.items():
        if key in pattern.values:
            pattern.one_of(key, tuple(names))
    if "euros_above" in pattern.values:
        pattern.whole_number("euros_above")


def breaches(law: Law, space: Space) -> Truth:
    """For which answers the law is broken."""
    concluded = _concluded(law.pattern, space)
    return space.truth(law.when) & (~concluded if law.always else concluded)


def _concluded(pattern: dict[str, str | int], space: Space) -> Truth:
    match pattern:
        case {"organisation": str(organisation), "role": str(role)}:
            return space.outcome("role", organisation, role)
        case {"support": str(support), "giver": str(giver)}:
            return space.outcome("giver", support, giver)
        case {"form": str(form)}:
            supports = [each.id for each in space.policy.supports.values() if form in each.form]
            return space.any_of(space.outcome("support", each) for each in supports)
        case {"euros_above": int(limit)}:
            return _shows_more_than(limit, space)
    (outcome,) = ((key, str(value)) for key, value in pattern.items())
    return space.outcome(*outcome)


def _shows_more_than(limit: int, space: Space) -> Truth:
    """For which answers a figure above the limit (in euros) is shown."""
    shown = [
        space.outcome("giver", amount.support, amount.organisation)
        & space.any_of(
            truth
            for target_id, truth in space.fired.items()
            if space.targets[target_id].rule.id == amount.rule
        )
        for amount in space.policy.amounts
        if amount.up_to_eur > limit
    ]
    promised = [
        truth
        for outcome, truth in space.outcomes.items()
        if outcome[0] == "max_eur" and _euros(outcome) > limit
    ]
    return space.any_of([*shown, *promised])


def _euros(outcome: Outcome) -> int:
    return int(outcome[2]) if outcome[2].isdigit() else 0


def load_findings(policy: Policy, root: Path, checks: tuple[str, ...]) -> tuple[KnownFinding, ...]:
    """The known findings of `rules/findings.toml`, each of one of the checks.

    Raises `DataError` with file and key.
    """
    file = read(root / "rules" / "findings.toml")
    file.only("finding")
    vocabulary = vocabulary_of(policy)
    return tuple(_finding(row, vocabulary, checks) for row in file.rows("finding"))


def _finding(row: Table, vocabulary: Vocabulary, checks: tuple[str, ...]) -> KnownFinding:
    row.only("check", "subject", "when", "note")
    if "when" not in row.values:
        row.fail("a condition is missing; write `when = {}` for always", "when")
    return KnownFinding(
        check=row.one_of("check", checks),
        subject=row.text("subject"),
        when=parse(row.table("when"), vocabulary),
        note=row.text("note"),
    )

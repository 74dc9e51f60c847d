"""The safety laws and the known findings, as data that a policy officer reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from questions import Condition
from questions.conditions import AllOf, Is, Not, Vocabulary, parse_when
from questions.toml_reader import Table, read, refuse_duplicates
from rules.country_facts import every_situation, facts_behind, shows
from rules.load.policy import ROOT, vocabulary_of
from rules.model import Policy
from rules.proof.diagrams import Truth
from rules.proof.space import Outcome, Space

Pattern = dict[str, tuple[str, ...] | int]
"""What is concluded: of several names at least one."""


@dataclass(frozen=True)
class Law:
    """Whenever the condition holds, something is always, or never, concluded."""

    id: str
    statement: str
    when: Condition
    always: bool
    pattern: Pattern


@dataclass(frozen=True)
class Laws:
    """All laws, after how many months a checked source counts as stale, and how many questions
    nobody is asked more than.
    """

    stale_after_months: int
    longest_path: int
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
    file.only("stale_after_months", "longest_path", "law")
    vocabulary = vocabulary_of(policy)
    rows = list(file.rows("law"))
    if not rows:
        file.fail("there are no laws", "law")
    refuse_duplicates(rows, "law")
    laws = tuple(_law(row, vocabulary, policy) for row in rows)
    return Laws(file.whole_number("stale_after_months"), file.whole_number("longest_path"), laws)


def _law(row: Table, vocabulary: Vocabulary, policy: Policy) -> Law:
    row.only("id", "statement", "when", "always", "never")
    always = "always" in row.values
    if always == ("never" in row.values):
        row.fail("either `always` or `never` is needed, and not both")
    pattern = row.table("always" if always else "never")
    if always and "country_fact" in pattern.values:
        pattern.fail("of most countries nothing of a kind is known: it can only never be shown")
    return Law(
        id=row.id(),
        statement=row.text("statement"),
        when=parse_when(row, vocabulary),
        always=always,
        pattern=_read_pattern(pattern, policy),
    )


_PATTERNS = (
    {"organisation", "role"},
    {"role"},
    {"amount"},
    {"step", "within"},
    {"support"},
    {"support", "giver"},
    {"form"},
    {"situation"},
    {"step"},
    {"euros_above"},
    {"country_fact"},
)


def _read_pattern(pattern: Table, policy: Policy) -> Pattern:
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
        "amount": policy.amount_by_id,
        "country_fact": policy.reading.kinds,
    }
    return {
        key: _some_of(pattern, key, tuple(known[key]))
        if key in known
        else pattern.whole_number(key)
        for key in pattern.values
    }


def _some_of(pattern: Table, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(pattern.values[key], list):
        return pattern.at_least_one_of(key, known)
    return (pattern.one_of(key, known),)


def breaches(law: Law, space: Space) -> Truth:
    """For which answers the law is broken."""
    concluded = _concluded(law.pattern, space)
    return space.truth(law.when) & (~concluded if law.always else concluded)


def _concluded(pattern: Pattern, space: Space) -> Truth:
    match pattern:
        case {"euros_above": int(limit)}:
            return _shows_more_than(limit, space)
        case {"form": tuple(forms)}:
            supports = [
                each.id for each in space.policy.supports.values() if set(forms) & set(each.form)
            ]
            return space.any_of(space.outcome("support", each) for each in supports)
        case {"step": tuple(steps), "within": int(places)}:
            return space.any_of(_among_first(step, places, space) for step in steps)
        case {"role": tuple(roles)}:
            names = pattern.get("organisation", tuple(space.policy.organisations))
            return _any("role", names, roles, space)
        case {"support": tuple(supports), "giver": tuple(givers)}:
            return _any("giver", supports, givers, space)
        case {"country_fact": tuple(kinds)}:
            return _shows_of_a_country(kinds, space)
    ((kind, names),) = pattern.items()
    return space.any_of(space.outcome(kind, name) for name in _names(names))


def _shows_of_a_country(kinds: Iterable[str], space: Space) -> Truth:
    """For which answers a fact of one of these kinds is shown, about the country where there is one
    that has such a fact.
    """
    seen = []
    for situation in every_situation():
        if any(shows(space.policy, situation, kind) for kind in kinds):
            derived = (
                Is(fact, ("yes",)) if holds else Not(Is(fact, ("yes",)))
                for fact, holds in facts_behind(situation).items()
            )
            seen.append(space.truth(AllOf(tuple(derived))))
    return space.any_of(seen)


def _any(kind: str, ones: object, others: object, space: Space) -> Truth:
    return space.any_of(
        space.outcome(kind, one, other) for one in _names(ones) for other in _names(others)
    )


def _names(names: object) -> tuple[str, ...]:
    return names if isinstance(names, tuple) else ()


def _among_first(step: str, places: int, space: Space) -> Truth:
    """For which answers the step stands among the first so many."""
    steps = list(space.policy.steps)
    earlier = (space.outcome("step", each) for each in steps[: steps.index(step)])
    return space.outcome("step", step) & ~space.at_least(places, earlier)


def _shows_more_than(limit: int, space: Space) -> Truth:
    """For which answers a figure above the limit (in euros) is shown."""
    shown = [
        space.outcome("amount", amount.id)
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
    return KnownFinding(
        check=row.one_of("check", checks),
        subject=row.text("subject"),
        when=parse_when(row, vocabulary),
        note=row.text("note"),
    )

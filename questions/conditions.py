"""Conditions on facts: how they are written in TOML, what they read, whether they hold.

A fact is an answer (`appeal`), something looked up (`recorded_view`) or something that a rule
derived (`stage`). A fact without a value equals nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from questions.toml_reader import Table

Value = str | tuple[str, ...]
Facts = Mapping[str, Value]
"""Values by fact; a question that takes several answers has a tuple of them."""

Vocabulary = Mapping[str, tuple[str, ...]]
"""Every value that a fact can have, by fact."""


@dataclass(frozen=True)
class Is:
    """The fact has one of the values."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class AllOf:
    """Every part holds; without parts it always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True)
class AtLeast:
    """At least `count` of the parts hold."""

    count: int
    parts: tuple[Condition, ...]


Condition = Is | AllOf | AnyOf | Not | AtLeast

ALWAYS = AllOf(())
WORDS = ("any", "not", "at_least", "of")
"""What a condition is written with; no fact can have such a name."""


_DEEPEST = 20
"""Conditions within conditions. Nobody can read more, and Python cannot follow very many."""


def parse(table: Table, vocabulary: Vocabulary, depth: int = 1) -> Condition:
    """Read the condition that `table` holds.

    Raises `DataError` for a fact or a value that the vocabulary does not have, for a part that
    says nothing, and for one that stands too deep: `depth` says how many are around it.
    """
    if depth > _DEEPEST:
        table.fail("has too many conditions within conditions")
    parts: list[Condition] = [
        _leaf(table, fact, value, vocabulary)
        for fact, value in table.values.items()
        if fact not in WORDS
    ]
    if "any" in table.values:
        parts.append(AnyOf(_parts(table, "any", vocabulary, depth)))
    if "not" in table.values:
        parts.append(Not(_part(table.table("not"), vocabulary, depth)))
    if "at_least" in table.values or "of" in table.values:
        parts.append(_at_least(table, vocabulary, depth))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def parse_when(table: Table, vocabulary: Vocabulary) -> Condition:
    """The condition under `when`.

    Raises `DataError` as `parse` does, and where it is left out: what always holds says so.
    """
    if "when" not in table.values:
        table.fail("a condition is missing; write `when = {}` for always", "when")
    return parse(table.table("when"), vocabulary)


def _part(table: Table, vocabulary: Vocabulary, depth: int) -> Condition:
    if not table.values:
        table.fail("a condition is missing")
    return parse(table, vocabulary, depth + 1)


def _at_least(table: Table, vocabulary: Vocabulary, depth: int) -> AtLeast:
    count = table.whole_number("at_least")
    parts = _parts(table, "of", vocabulary, depth)
    if count > len(parts):
        table.fail(f"is more than the number of parts, {len(parts)}", "at_least")
    return AtLeast(count, parts)


def _parts(table: Table, key: str, vocabulary: Vocabulary, depth: int) -> tuple[Condition, ...]:
    parts = tuple(_part(row, vocabulary, depth) for row in table.rows(key))
    if not parts:
        table.fail("at least one condition is needed", key)
    return parts


def _leaf(table: Table, fact: str, value: Any, vocabulary: Vocabulary) -> Is:
    if fact not in vocabulary:
        table.fail("no question or fact has this name", fact)
    values = tuple(value) if isinstance(value, list) else (value,)
    if not values:
        table.fail("at least one value is needed", fact)
    for each in values:
        if each not in vocabulary[fact]:
            table.fail(f"`{each}` is not one of its values", fact)
    if len(set(values)) != len(values):
        table.fail("a value stands twice", fact)
    return Is(fact, values)


def as_data(condition: Condition) -> dict[str, Any]:
    """The condition as plain data, for readers outside; "all of nothing" always holds."""
    match condition:
        case Is(fact, values):
            return {"fact": fact, "is": list(values)}
        case Not(part):
            return {"not": as_data(part)}
        case AllOf(parts):
            return {"all": [as_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [as_data(part) for part in parts]}
        case AtLeast(count, parts):
            return {"at_least": count, "of": [as_data(part) for part in parts]}


def leaves(condition: Condition) -> Iterator[Is]:
    """Every comparison in the condition, from left to right."""
    match condition:
        case Is():
            yield condition
        case Not(part):
            yield from leaves(part)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)


def facts_read(condition: Condition) -> frozenset[str]:
    """The facts that the condition reads."""
    return frozenset(leaf.fact for leaf in leaves(condition))


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether the condition holds for the facts."""
    match condition:
        case Is(fact, values):
            return has_value(facts.get(fact, ()), values)
        case Not(part):
            return not holds(part, facts)
        case AllOf(parts):
            return all(holds(part, facts) for part in parts)
        case AnyOf(parts):
            return any(holds(part, facts) for part in parts)
        case AtLeast(count, parts):
            return sum(holds(part, facts) for part in parts) >= count


def could_hold(condition: Condition, facts: Facts, still_open: AbstractSet[str]) -> bool | None:
    """Whether the condition holds, or None where that depends on a fact that is still open."""
    match condition:
        case Is(fact, values):
            return None if fact in still_open else has_value(facts.get(fact, ()), values)
        case Not(part):
            inner = could_hold(part, facts, still_open)
            return None if inner is None else not inner
        case AllOf(parts):
            return _count_holds(len(parts), parts, facts, still_open)
        case AnyOf(parts):
            return _count_holds(1, parts, facts, still_open)
        case AtLeast(count, parts):
            return _count_holds(count, parts, facts, still_open)


def has_value(value: Value, wanted: tuple[str, ...]) -> bool:
    """Whether an answer is, or contains, one of the wanted values."""
    if isinstance(value, str):
        return value in wanted
    return any(each in wanted for each in value)


def _count_holds(
    needed: int, parts: tuple[Condition, ...], facts: Facts, still_open: AbstractSet[str]
) -> bool | None:
    results = [could_hold(part, facts, still_open) for part in parts]
    sure = results.count(True)
    if sure >= needed:
        return True
    return None if sure + results.count(None) >= needed else False

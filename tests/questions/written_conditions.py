"""Conditions as a policy officer writes them, over a small vocabulary, for Hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from hypothesis import strategies as st

from questions.conditions import Condition, Value, parse
from questions.toml_reader import Table

VOCABULARY: Mapping[str, tuple[str, ...]] = {
    "colour": ("red", "green", "blue"),
    "ready": ("yes", "no"),
    "tools": ("saw", "axe"),
}
SEVERAL = ("tools",)
"""Facts that have any number of their values."""

Written = dict[str, Any]

POSSIBLE: Mapping[str, tuple[Value, ...]] = {
    "colour": VOCABULARY["colour"],
    "ready": VOCABULARY["ready"],
    "tools": (("saw",), ("axe",), ("saw", "axe")),
}
NO_VALUE = ""

ALL_FACTS: tuple[dict[str, Value], ...] = tuple(
    {name: value for name, value in zip(POSSIBLE, values, strict=True) if value != NO_VALUE}
    for values in product(*((NO_VALUE, *possible) for possible in POSSIBLE.values()))
)
"""Every situation: each fact without a value, or with each of its values."""


def read(written: Written) -> Condition:
    """The condition as the program reads it."""
    return parse(Table("written.toml", "when", written), VOCABULARY)


def leaves() -> st.SearchStrategy[Written]:
    """`{ colour = "red" }` or `{ colour = ["red", "blue"] }`."""
    return st.sampled_from(tuple(VOCABULARY)).flatmap(_comparison)


def _comparison(fact: str) -> st.SearchStrategy[Written]:
    value = st.sampled_from(VOCABULARY[fact])
    either = st.lists(value, min_size=1, unique=True)
    return st.one_of(value, either).map(lambda wanted: {fact: wanted})


def written_conditions() -> st.SearchStrategy[Written]:
    """Any condition, nested at will; an empty one always holds."""
    return st.one_of(st.just({}), st.recursive(leaves(), _nested, max_leaves=6))


def _nested(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    parts = st.lists(inner, min_size=1, max_size=3)
    entries = st.one_of(
        leaves(),
        inner.map(lambda part: {"not": part}),
        parts.map(lambda of: {"any": of}),
        parts.flatmap(_at_least),
    )
    # Entries of one table must all hold; the same key cannot stand twice.
    return st.lists(entries, min_size=1, max_size=3).map(_together)


def _at_least(of: list[Written]) -> st.SearchStrategy[Written]:
    return st.integers(1, len(of)).map(lambda count: {"at_least": count, "of": of})


def _together(tables: list[Written]) -> Written:
    return {key: value for table in tables for key, value in table.items()}

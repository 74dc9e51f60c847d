"""What is too large for durable_rules is known beforehand: exactly what it refuses itself."""

from __future__ import annotations

import json

import durable_rules_engine  # type: ignore[import-not-found]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.conditions import AllOf, AnyOf, AtLeast, Condition, Is, Not
from rules.engine import productions
from rules.engine.productions import Production, TooLargeError, alternatives
from tests.questions.written_conditions import SEVERAL, VOCABULARY, read, written_conditions

MOST_PAIRS = 13
"""Each is a join; all of them together are one more, and that with the layer another."""


def pairs(number: int) -> Condition:
    """Of each of so many pairs, one must hold."""
    return AllOf(
        tuple(AnyOf((Is(f"a{each}", ("yes",)), Is(f"b{each}", ("yes",)))) for each in range(number))
    )


def ways(condition: Condition) -> list[productions.Expression]:
    several = {name: VOCABULARY[name] for name in SEVERAL}
    return alternatives(Production("this", 0, condition, {}), several)


def refused_by_us(condition: Condition) -> bool:
    try:
        ways(condition)
    except TooLargeError:
        return True
    return False


def refused_by_durable_rules(condition: Condition, monkeypatch: pytest.MonkeyPatch) -> bool:
    with monkeypatch.context() as patch:
        patch.setattr(productions, "_MOST_JOINS", 1_000)
        definition = {str(n): {"all": [{"m": way}]} for n, way in enumerate(ways(condition))}
    try:
        handle = durable_rules_engine.create_ruleset("one", json.dumps(definition))
    except durable_rules_engine.error:
        return True
    durable_rules_engine.delete_ruleset(handle)
    return False


@pytest.mark.parametrize(("number", "refused"), [(MOST_PAIRS, False), (MOST_PAIRS + 1, True)])
def test_the_largest_condition_is_taken_and_the_next_one_refused(
    number: int, refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused_by_durable_rules(pairs(number), monkeypatch) is refused
    assert refused_by_us(pairs(number)) is refused


def test_who_is_refused_is_told_which_production_it_was() -> None:
    with pytest.raises(TooLargeError) as caught:
        ways(pairs(MOST_PAIRS + 1))
    assert caught.value.production == "this"


conditions = written_conditions().map(read)
large_conditions = st.one_of(
    conditions,
    st.lists(conditions, min_size=4, max_size=9).map(lambda parts: AllOf(tuple(parts))),
    st.lists(conditions, min_size=4, max_size=9).map(lambda parts: Not(AllOf(tuple(parts)))),
    st.lists(conditions, min_size=3, max_size=6).map(lambda parts: Not(AtLeast(2, tuple(parts)))),
)


@settings(max_examples=400)
@given(condition=large_conditions)
def test_we_refuse_whatever_durable_rules_refuses_and_nothing_else(condition: Condition) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        refused = refused_by_durable_rules(condition, monkeypatch)
    assert refused_by_us(condition) is refused

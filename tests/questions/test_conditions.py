"""What a written condition means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.conditions import as_data, could_hold, facts_read, holds
from tests.questions.written_conditions import (
    ALL_FACTS,
    POSSIBLE,
    VOCABULARY,
    Written,
    read,
    written_conditions,
)
from tests.rules import oracle

RED = {"colour": "red"}
READY = {"ready": "yes"}
SAW = {"tools": "saw"}

RED_READY = {"colour": "red", "ready": "yes"}
RED_NOT_READY = {"colour": "red", "ready": "no"}
BLUE_READY = {"colour": "blue", "ready": "yes"}
BLUE_NOT_READY = {"colour": "blue", "ready": "no"}

TRUTH_TABLE = [
    # condition, facts for which it holds, facts for which it does not
    ({}, [{}, RED_READY], []),
    (RED, [RED_READY], [BLUE_READY, {}]),
    ({"colour": ["red", "green"]}, [RED_READY, {"colour": "green"}], [BLUE_READY, {}]),
    ({**RED, **READY}, [RED_READY], [RED_NOT_READY, BLUE_READY, BLUE_NOT_READY, {}]),
    ({"any": [RED, READY]}, [RED_READY, RED_NOT_READY, BLUE_READY], [BLUE_NOT_READY, {}]),
    ({"not": RED}, [BLUE_READY, {}], [RED_READY]),
    ({"not": {**RED, **READY}}, [RED_NOT_READY, BLUE_READY, {}], [RED_READY]),
    ({"not": {"any": [RED, READY]}}, [BLUE_NOT_READY, {}], [RED_READY, BLUE_READY]),
    ({**RED, "not": READY}, [RED_NOT_READY], [RED_READY, BLUE_NOT_READY]),
    (SAW, [{"tools": ("saw",)}, {"tools": ("saw", "axe")}], [{"tools": ("axe",)}, {}]),
    ({"tools": ["saw", "axe"]}, [{"tools": ("axe",)}], [{"tools": ()}, {}]),
    (
        {"at_least": 2, "of": [RED, READY, SAW]},
        [RED_READY, {**RED_READY, "tools": ("saw",)}, {**RED_NOT_READY, "tools": ("saw",)}],
        [RED_NOT_READY, BLUE_READY, {}],
    ),
]


@pytest.mark.parametrize(("written", "true", "false"), TRUTH_TABLE)
def test_a_condition_holds_as_its_truth_table_says(
    written: Written, true: list[dict[str, Any]], false: list[dict[str, Any]]
) -> None:
    condition = read(written)
    assert [holds(condition, facts) for facts in true] == [True] * len(true)
    assert [holds(condition, facts) for facts in false] == [False] * len(false)


@given(written=written_conditions())
def test_a_condition_means_what_the_oracle_reads_in_it(written: Written) -> None:
    condition = read(written)
    for facts in ALL_FACTS:
        expected = oracle.holds(written, lambda name, facts=facts: facts.get(name, ()))  # type: ignore[misc]
        assert holds(condition, facts) == expected, facts


@given(written=written_conditions())
def test_nobody_needs_to_know_what_it_does_not_read(written: Written) -> None:
    condition = read(written)
    read_by_it = facts_read(condition)
    for facts in ALL_FACTS:
        needed = {name: value for name, value in facts.items() if name in read_by_it}
        assert holds(condition, needed) == holds(condition, facts)


@given(written=written_conditions(), still_open=st.sets(st.sampled_from(tuple(VOCABULARY))))
def test_what_is_said_while_facts_are_open_holds_for_every_completion(
    written: Written, still_open: set[str]
) -> None:
    condition = read(written)
    for facts in ALL_FACTS:
        settled = {name: value for name, value in facts.items() if name not in still_open}
        said = could_hold(condition, settled, frozenset(still_open))
        if said is not None:
            # `facts` is one completion of `settled`; over the loop all of them come by.
            assert holds(condition, facts) == said


@given(written=written_conditions())
def test_with_nothing_open_it_is_always_settled(written: Written) -> None:
    condition = read(written)
    for facts in ALL_FACTS:
        assert could_hold(condition, facts, frozenset()) == holds(condition, facts)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({**RED, **READY}, None),
        ({"any": [RED, READY]}, True),
        ({"colour": "blue", **READY}, False),
        ({"not": READY}, None),
        ({"not": RED}, False),
        ({"at_least": 1, "of": [RED, READY]}, True),
        ({"at_least": 2, "of": [RED, READY, SAW]}, None),
        ({"at_least": 3, "of": [{"colour": "blue"}, READY, SAW]}, False),
    ],
)
def test_a_condition_is_settled_as_soon_as_it_can_be(written: Written, said: bool | None) -> None:
    assert could_hold(read(written), RED, frozenset({"ready", "tools"})) is said


@given(written=written_conditions())
def test_as_plain_data_a_condition_keeps_its_meaning(written: Written) -> None:
    condition = read(written)
    for facts in ALL_FACTS:
        assert _data_holds(as_data(condition), facts) == holds(condition, facts)


def _data_holds(data: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    if "fact" in data:
        value = facts.get(data["fact"], ())
        return bool({value} & {*data["is"]} if isinstance(value, str) else {*value} & {*data["is"]})
    if "not" in data:
        return not _data_holds(data["not"], facts)
    count = [_data_holds(part, facts) for part in data.get("all", data.get("any", data.get("of")))]
    needed = len(count) if "all" in data else data.get("at_least", 1)
    return sum(count) >= needed


def test_the_situations_tried_are_all_there_are() -> None:
    assert len(ALL_FACTS) == 4 * 3 * 4
    assert {name for facts in ALL_FACTS for name in facts} == set(POSSIBLE)

"""What a good counsellor would say stands in the result, line by line, or it is said why not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rules import default_decider
from rules.checklist import to_bring
from rules.country_facts import facts_for, situation_of
from tests.rules.deciders import ON
from tests.support.answers.situations import SITUATIONS

POLICY = default_decider().policy
LINES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("counsellor.toml").read_text(encoding="utf-8")
)["line"]


@cache
def said_to(name: str) -> frozenset[str]:
    """All that the result of a person says, as the lines name it."""
    return frozenset(_said(name))


def _said(name: str) -> Iterator[str]:
    answers, decider = SITUATIONS[name], default_decider()
    decision = decider.decide(answers, ON)
    assert decision.complete
    yield f"group.{decision.nationality_group}"
    yield from (f"situation.{each.id}" for each in decision.situation)
    yield from (f"step.{each.id}" for each in decision.next_steps)
    yield from (f"role.{each.id}.{each.role}" for each in decision.organisations)
    yield from (f"rule.{each}" for each in decision.fired if not POLICY.rule_by_id[each].silent)
    yield from (f"place.{each}" for each in decision.places)
    yield from (f"bring.{each.id}" for each in to_bring(POLICY, answers, decision))
    for offer in decision.supports:
        yield f"support.{offer.id}"
        yield from (f"amount.{each}" for each in offer.amounts)
        if offer.amounts and POLICY.supports[offer.id].amounts_note:
            yield f"note.{offer.id}"
    code = str(answers["country"])
    for shown in facts_for(POLICY, code, situation_of(POLICY, decision), ON):
        yield f"fact.{shown.fact.kind}"
        yield f"fact.{shown.fact.kind}.{shown.fact.organisation}"


def holds(name: str, wanted: str) -> bool:
    kind, _, rest = wanted.partition(".")
    if kind == "not":
        return rest not in said_to(name)
    if kind == "fold":
        step, _, words = rest.partition(".")
        return f"step.{step}" in said_to(name) and words in (POLICY.steps[step].fold or "")
    return wanted in said_to(name)


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['of']}: {line['says'][:40]}")
def test_a_line_of_a_good_counsellor_stands_where_it_is_said_to_stand(line: dict[str, Any]):
    assert line["by"] or line["why"]
    assert [each for each in line["by"] if not holds(line["of"], each)] == []


def test_every_situation_has_its_lines():
    assert {line["of"] for line in LINES} == set(SITUATIONS)
    assert len(LINES) == 93
    assert sum(not line["by"] for line in LINES) == 1

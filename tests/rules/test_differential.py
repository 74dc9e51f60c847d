"""durable_rules, a second evaluator of the same data, and the agreed policy say the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import pytest

from rules import Decider, Decision, load_policy
from tests.answer_sets import all_answers, random_answers
from tests.rules.oracle import Oracle
from tests.rules.policy_md import Agreed, Offer, agreed
from tests.vocabulary import Answers

ON = date(2026, 11, 24)
RANDOM_SETS = 20_000

TELLING: Mapping[str, tuple[Any, ...]] = {
    "withdraw": ("yes", "no"),
    "residence": ("rotterdam", "elsewhere"),
    "circumstances": (("trafficking",), ("none",)),
    "returned_before": ("yes", "no"),
    "other_provider": ("yes", "no"),
}
"""Of the answers that decide a role: one for each side."""


@dataclass
class Comparison:
    """How many sets of answers were compared, and where something differed."""

    compared: int = 0
    distinct: set[tuple[str, ...]] = field(default_factory=set)
    """The sets of rules that fired."""
    from_oracle: list[Answers] = field(default_factory=list)
    from_agreed: list[Answers] = field(default_factory=list)


def in_agreed_form(decision: Decision) -> Agreed:
    return Agreed(
        stage=str(decision.stage),
        country_view=str(decision.country_view),
        nationality_group=str(decision.nationality_group),
        situation=tuple(each.id for each in decision.situation),
        roles=tuple((each.id, each.role) for each in decision.organisations),
        supports={
            each.id: Offer(each.by, each.form, each.certainty, each.max_eur)
            for each in decision.supports
        },
        next_steps=tuple(each.id for each in decision.next_steps),
    )


def as_oracle_says(decision: Decision) -> dict[str, Any]:
    """All but the fingerprint of the files, which the oracle does not take."""
    return {name: value for name, value in asdict(decision).items() if name != "policy_sha256"}


def compare(answer_sets: Iterable[Answers]) -> Comparison:
    decider = Decider(load_policy())
    oracle = Oracle(ON)
    found = Comparison()
    for answers in answer_sets:
        decision = decider.decide(answers, ON)
        found.compared += 1
        found.distinct.add(decision.fired)
        if as_oracle_says(decision) != oracle.decide(answers):
            found.from_oracle.append(answers)
        if in_agreed_form(decision) != agreed(answers):
            found.from_agreed.append(answers)
    return found


@pytest.fixture(scope="module")
def random_sets() -> Comparison:
    rng = random.Random("twenty thousand people")
    return compare(random_answers(rng) for _ in range(RANDOM_SETS))


@pytest.fixture(scope="module")
def all_roles() -> Comparison:
    """Every combination of answers on which a role depends."""
    deciding = ("asylum_decision", "appeal", "return_choice", "country", "vwn_view", *TELLING)
    return compare(all_answers(deciding, TELLING))


def test_durable_rules_decides_as_the_oracle_for_random_people(random_sets: Comparison) -> None:
    assert random_sets.compared == RANDOM_SETS
    assert not random_sets.from_oracle, random_sets.from_oracle[0]


def test_random_people_get_what_was_agreed(random_sets: Comparison) -> None:
    assert random_sets.compared == RANDOM_SETS
    assert not random_sets.from_agreed, random_sets.from_agreed[0]


def test_random_people_are_not_all_alike(random_sets: Comparison) -> None:
    assert len(random_sets.distinct) > 1_000


def test_durable_rules_decides_as_the_oracle_wherever_a_role_turns(all_roles: Comparison) -> None:
    # 528 for who decided, 96 for who thinks, 96 forced, each with 4 combinations of residence
    # and circumstances; 32 for who stays.
    assert all_roles.compared == (528 + 96 + 96) * 4 + 32
    assert not all_roles.from_oracle, all_roles.from_oracle[0]


def test_what_was_agreed_is_decided_wherever_a_role_turns(all_roles: Comparison) -> None:
    assert not all_roles.from_agreed, all_roles.from_agreed[0]

"""durable_rules, the reference interpreter and the agreed policy, read by hand, say the same."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import pytest

from rules import Decider, Decision, default_decider
from rules.proof.answer_classes import partitions_of
from rules.proof.engines_agree import covering_answers
from rules.proof.space import Space
from tests.rules.policy_md import Agreed, Offer, agreed
from tests.support.answers.answer_sets import random_answers
from tests.support.vocabulary import Answers

ON = date(2026, 11, 30)
RANDOM_SETS = 1_200
SETS = [
    pytest.param(2_000, id="short"),
    pytest.param(20_000, id="long", marks=pytest.mark.slow),
]


@dataclass
class Comparison:
    """How many sets of answers were compared, and where something differed."""

    compared: int = 0
    distinct: set[tuple[str, ...]] = field(default_factory=set)
    """The sets of rules that fired."""
    engines_differ: list[Answers] = field(default_factory=list)
    from_agreed: list[Answers] = field(default_factory=list)


def in_agreed_form(decision: Decision, decider: Decider) -> Agreed:
    figures = decider.policy.amount_by_id
    return Agreed(
        stage=str(decision.stage),
        country_view=str(decision.country_view),
        nationality_group=str(decision.nationality_group),
        situation=tuple(each.id for each in decision.situation),
        roles=tuple((each.id, each.role) for each in decision.organisations),
        supports=tuple(
            (
                each.id,
                Offer(
                    *(each.by, each.form, each.certainty, each.max_eur),
                    frozenset(
                        (figures[name].organisation, figures[name].up_to_eur)
                        for name in each.amounts
                    ),
                ),
            )
            for each in decision.supports
        ),
        next_steps=tuple(each.id for each in decision.next_steps),
    )


def compare(answer_sets: Iterable[Answers], *, durable: bool) -> Comparison:
    decider = Decider(default_decider().policy)
    compiled = decider.compiled(ON)
    found = Comparison()
    for given in answer_sets:
        answers = decider.path(given).answers
        decision = compiled.conclude(answers, compiled.plain)
        found.compared += 1
        found.distinct.add(decision.fired)
        if durable and compiled.conclude(answers, compiled.engine) != decision:
            found.engines_differ.append(answers)
        if in_agreed_form(decision, decider) != agreed(given):
            found.from_agreed.append(answers)
    return found


@pytest.fixture(scope="module")
def random_sets() -> Comparison:
    rng = random.Random("people")
    return compare((random_answers(rng) for _ in range(RANDOM_SETS)), durable=True)


@pytest.fixture(scope="module")
def covering_sets() -> Comparison:
    """Answers that go through every branch of every rule."""
    policy = default_decider().policy
    space = Space(policy, policy.rules, partitions_of([policy]))
    return compare((answers for _, answers in covering_answers(space)), durable=True)


def test_durable_rules_decides_as_the_plain_engine(random_sets: Comparison) -> None:
    assert random_sets.compared == RANDOM_SETS
    assert not random_sets.engines_differ, random_sets.engines_differ[0]


def test_random_people_get_what_was_agreed(random_sets: Comparison) -> None:
    assert not random_sets.from_agreed, random_sets.from_agreed[0]


def test_random_people_are_not_all_alike(random_sets: Comparison) -> None:
    assert len(random_sets.distinct) > 1_000


def test_what_was_agreed_is_decided_in_every_branch_of_every_rule(
    covering_sets: Comparison,
) -> None:
    assert covering_sets.compared > 200
    assert not covering_sets.engines_differ, covering_sets.engines_differ[0]
    assert not covering_sets.from_agreed, covering_sets.from_agreed[0]


@pytest.mark.parametrize("sets", SETS)
def test_many_more_people_get_what_was_agreed(sets: int) -> None:
    rng = random.Random("more people")
    found = compare((random_answers(rng) for _ in range(sets)), durable=False)
    assert found.compared == sets
    assert not found.from_agreed, found.from_agreed[0]

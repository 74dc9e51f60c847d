"""Space, reference interpreter and durable_rules fire the same; what the space counts is right."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from questions.conditions import AllOf, Is, Not, holds
from rules import Decider, Finding, OrganisationRole, SupportOffer
from rules.engine.ruleset import Engine
from rules.proof.answer_classes import partitions_of
from rules.proof.engines_agree import fired_at
from rules.proof.space import Space
from tests.rules.deciders import ON, shipped, with_records
from tests.rules.proof.breaking import (
    RULES,
    compiled,
    copy_to,
    people,
    point_of,
    shipped_space,
    space_of,
)
from tests.support.answers.answer_sets import random_answers
from tests.support.vocabulary import Answers, kept

STAYS = Is("return_choice", ("stay",))
WAITS = Is("asylum_decision", ("waiting",))


def fired_by(answers: Answers, engine: Engine) -> set[str]:
    return {target.id for target in compiled().fired(answers, engine)}


def test_at_random_points_all_three_fire_the_same() -> None:
    found, space = compiled(), shipped_space()
    rng = random.Random("points")
    for answers in people("points", 500):
        point = point_of(space, answers, rng)
        expected = {name for name, truth in space.fired.items() if truth.holds_at(point)}
        assert fired_by(answers, found.plain) == expected
        assert fired_by(answers, found.engine) == expected


def test_what_fires_at_a_point_is_what_fires_for_its_answers() -> None:
    rng = random.Random("fired at")
    for answers in people("fired at", 200):
        point = point_of(shipped_space(), answers, rng)
        assert fired_at(shipped_space(), point) == fired_by(answers, compiled().plain)


def test_with_views_on_record_the_same_fires() -> None:
    records = {"GH": "unsafe", "GE": "assists", "RO": "unsafe"}
    policy = with_records(shipped(), records)
    decider = Decider(policy)
    space, plain = space_of(policy), decider.compiled(ON).plain
    rng = random.Random("records")
    for _ in range(300):
        given = {"vwn_view": "assists", **random_answers(rng)}
        answers = kept({**given, "country": rng.choice([*records, "SY"])}, records)
        if decider.path(answers).next_question:
            continue
        facts = {**answers, **policy.lookup(answers)}
        assert fired_at(space, point_of(space, answers, rng)) == set(plain.run(facts))


def test_a_condition_is_true_for_who_it_holds() -> None:
    space = shipped_space()
    rng = random.Random("conditions")
    conditions = [
        AllOf((WAITS, Not(STAYS))),
        Is("circumstances", ("health",)),
        Not(Is("appeal", ("pending",))),
        Is("country_group", ("eu_eea",)),
    ]
    for answers in people("conditions", 300):
        facts = {**answers, **shipped().lookup(answers)}
        point = point_of(space, answers, rng)
        for condition in conditions:
            assert space.truth(condition).holds_at(point) == holds(condition, facts)


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        (AllOf((WAITS, STAYS)), 244 * 3 * 4 * 5 * 7),
        (AllOf((WAITS, STAYS, Is("country", ("DE", "AF")))), 2 * 3 * 4 * 5 * 7),
        (
            AllOf((STAYS, Is("appeal", ("over",)), Is("residence", ("vbl",)))),
            244 * 3 * 2 * 5 * 4 * 5,
        ),
        (AllOf((STAYS, Is("travel_document", ("no",)))), 0),
    ],
)
def test_answer_sets_are_counted_exactly(condition: AllOf, count: int) -> None:
    space = Space(shipped(), shipped().rules, partitions_of([shipped()], [condition]))
    assert space.count(space.truth(condition)) == count


def test_a_condition_that_is_finer_than_the_axes_is_refused() -> None:
    finer = Not(Is("country", ("GH",)))
    with pytest.raises(ValueError, match="too coarse"):
        shipped_space().truth(finer)
    Space(shipped(), shipped().rules, partitions_of([shipped()], [finer])).truth(finer)


def test_an_example_is_somebody_for_whom_it_holds() -> None:
    space = shipped_space()
    for name, truth in space.fired.items():
        if truth.any():
            answers = space.example(truth)
            assert kept(answers) == answers
            assert name in fired_by(answers, compiled().plain)


def test_an_example_before_a_question_stops_there() -> None:
    example = shipped_space().example(shipped_space().fired["guardian"], before="household")
    assert list(example)[-1] == "country"


def text(name: str, said: Finding | OrganisationRole | SupportOffer) -> str:
    """Which of several texts is meant."""
    return f"{name}.{said.variant}" if said.variant else name


def test_outcomes_are_those_of_the_decision() -> None:
    space, found = shipped_space(), compiled()
    rng = random.Random("outcomes")
    for answers in people("outcomes", 300):
        point = point_of(space, answers, rng)
        decision = found.conclude(answers, found.plain)
        expected = {
            *(("role", each.id, each.role) for each in decision.organisations),
            *(("role text", each.id, text(each.role, each)) for each in decision.organisations),
            *(("situation", each.id) for each in decision.situation),
            *(("situation text", text(each.id, each)) for each in decision.situation),
            *(("support text", text(each.id, each)) for each in decision.supports),
            *(("amount", name) for each in decision.supports for name in each.amounts),
            *(("step", each.id) for each in decision.next_steps),
            *(("support", each.id) for each in decision.supports),
            *(("giver", each.id, name) for each in decision.supports for name in each.by),
            *(("certainty", each.id, each.certainty) for each in decision.supports),
            *(("max_eur", each.id, str(each.max_eur)) for each in decision.supports),
        }
        assert {name for name, truth in space.outcomes.items() if truth.holds_at(point)} == expected


def test_of_two_offers_of_one_help_the_first_in_the_data_says_the_terms(tmp_path: Path) -> None:
    copy = copy_to(tmp_path)
    copy.append(
        f"{RULES}/offers.toml",
        '[[rule]]\nid = "more_cash"\nstatement = "More."\nwhen = { arranged = "yes" }\n'
        'then = { support = "cash", by = ["iom", "vwn"], certainty = "unlikely" }\n'
        'source = "seed"\nvalid_from = 2024-09-25\n\n[[rule]]\nid = "even_more_cash"\n'
        'statement = "Even more."\nwhen = {}\n'
        'then = { support = "cash", by = ["vwn"], certainty = "possible" }\n'
        'source = "seed"\nvalid_from = 2024-09-25',
    )
    space, found = space_of(copy.policy()), Decider(copy.policy()).compiled(ON)
    rng = random.Random("terms")
    seen = set()
    for answers in people("terms", 300):
        point = point_of(space, answers, rng)
        offers = found.conclude(answers, found.plain).supports
        [certainty] = [each.certainty for each in offers if each.id == "cash"]
        seen.add(certainty)
        for name in ("possible", "limited", "unlikely"):
            assert space.outcome("certainty", "cash", name).holds_at(point) == (name == certainty)
    assert seen == {"possible", "limited", "unlikely"}

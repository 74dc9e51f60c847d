"""The comparison of durable_rules, the plain engine and the space finds what differs."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from questions.conditions import Facts
from rules.engine import Engine
from rules.plain import PlainEngine
from rules.proof.axes import axes_of
from rules.proof.differential import Comparison, Point, compare, covering_answers
from rules.proof.space import Space
from tests.rules.deciders import shipped
from tests.rules.proof.breaking import compiled, people, point_of, shipped_space
from tests.vocabulary import Answers, kept

FACTS = [rule for rule in shipped().rules if rule.id.startswith(("stage_", "procedure_"))]
"""A few rules, so that a comparison takes no time."""


def space_of_facts() -> Space:
    return Space(shipped(), FACTS, axes_of([shipped()]))


def comparison() -> Comparison:
    return compare(shipped(), FACTS, space_of_facts())


def without(
    run: Callable[[Engine, Facts], list[str]], production: str, when: Callable[[Facts], bool]
) -> Callable[[Engine, Facts], list[str]]:
    """The run of an engine, that forgets one production for some."""

    def forgetful(engine: Engine, facts: Facts) -> list[str]:
        return [name for name in run(engine, facts) if name != production or not when(facts)]

    return forgetful


def has_pending_appeal(answers: Facts) -> bool:
    return answers.get("appeal") == "pending"


def test_where_nothing_differs_every_point_is_compared() -> None:
    found = comparison()
    assert found.difference is None
    assert found.compared == len(list(covering_answers(space_of_facts()))) >= 8


@pytest.mark.parametrize("engine", [Engine, PlainEngine])
@pytest.mark.parametrize("production", ["procedure_runs", "stage_appeal_pending"])
def test_an_engine_that_forgets_a_production_for_some_is_found(
    engine: type, production: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "run", without(engine.run, production, has_pending_appeal))
    difference = comparison().difference
    assert difference is not None
    assert difference.productions == (production,)
    assert has_pending_appeal(difference.answers)
    monkeypatch.undo()
    assert production in _fired(difference.answers)


def test_a_space_that_differs_is_found() -> None:
    space = space_of_facts()
    space.fired["stage_permit"] = space.nothing
    difference = compare(shipped(), FACTS, space).difference
    assert difference is not None
    assert difference.productions == ("stage_permit",)
    assert difference.answers["asylum_decision"] == "permit"


def test_a_production_that_fires_too_often_is_found() -> None:
    space = space_of_facts()
    space.fired["stage_permit"] = ~space.fired["stage_permit"]
    difference = compare(shipped(), FACTS, space).difference
    assert difference is not None
    assert difference.productions == ("stage_permit",)


def _fired(answers: Answers) -> set[str]:
    return {target.id for target in compiled().fired(answers, compiled().plain)}


@cache
def covering() -> list[tuple[Point, Answers]]:
    return list(covering_answers(shipped_space()))


def test_every_combination_that_a_production_can_tell_apart_is_covered() -> None:
    space = shipped_space()
    covered = np.array([point for point, _ in covering()])
    rng = random.Random("covering")
    somebody = np.array([_first_if_not_asked(answers, rng) for answers in people("all", 2_000)])
    for truth in space.fired.values():
        cone = np.flatnonzero(np.array(truth.shape) > 1)
        reached = {tuple(row) for row in covered[:, cone].tolist()}
        assert {tuple(row) for row in somebody[:, cone].tolist()} <= reached


def _first_if_not_asked(answers: Answers, rng: random.Random) -> tuple[int, ...]:
    space = shipped_space()
    point = point_of(space, answers, rng)
    return tuple(
        number if axis.question in answers else 0
        for number, axis in zip(point, space.axes, strict=True)
    )


def test_the_answers_at_a_point_complete_the_questionnaire() -> None:
    rng = random.Random("points")
    for point, answers in covering():
        assert kept(answers) == answers
        assert _first_if_not_asked(answers, rng) == point


def test_every_answer_takes_its_turn() -> None:
    # A difference inside a class would be a mistake of the classes: the comparison sees it too.
    points = [answers for _, answers in covering()]
    seen = {(name, each) for answers in points for name, each in answers.items()}
    for axis in shipped_space().axes:
        if axis.question not in ("country", "help_wanted"):
            members = [each for one in axis.classes for each in one.members]
            assert {each for name, each in seen if name == axis.question} == set(members)

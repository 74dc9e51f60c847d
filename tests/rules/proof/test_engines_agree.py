"""The comparison of durable_rules, the reference interpreter and the space finds what differs."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import pytest

from questions.conditions import Facts
from rules.engine.durable import DurableEngine
from rules.engine.plain import PlainEngine
from rules.proof.answer_classes import partitions_of
from rules.proof.diagrams import Truth
from rules.proof.engines_agree import Comparison, Point, arcs, compare, covering_answers
from rules.proof.space import Space
from tests.rules.deciders import shipped
from tests.rules.proof.breaking import compiled, people, point_of, shipped_space
from tests.support.vocabulary import Answers, kept

FACTS = [rule for rule in shipped().rules if rule.id.startswith(("stage_", "may_run"))]
"""A few rules, so that a comparison takes no time."""


def space_of_facts() -> Space:
    return Space(shipped(), FACTS, partitions_of([shipped()]))


def comparison() -> Comparison:
    return compare(shipped(), FACTS, space_of_facts())


def without(
    run: Callable[[DurableEngine, Facts], list[str]], production: str, when: Callable[[Facts], bool]
) -> Callable[[DurableEngine, Facts], list[str]]:
    """The run of an engine, that forgets one production for some."""

    def forgetful(engine: DurableEngine, facts: Facts) -> list[str]:
        return [name for name in run(engine, facts) if name != production or not when(facts)]

    return forgetful


def has_pending_appeal(answers: Facts) -> bool:
    return answers.get("appeal") == "pending"


def test_where_nothing_differs_every_point_is_compared() -> None:
    found = comparison()
    assert found.difference is None
    assert found.compared == len(list(covering_answers(space_of_facts()))) >= 8


@pytest.mark.parametrize("engine", [DurableEngine, PlainEngine])
@pytest.mark.parametrize("production", ["may_run", "stage_appeal_pending"])
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


def test_every_branch_of_every_production_is_gone_through() -> None:
    space = shipped_space()
    diagrams = space.diagrams
    for truth in space.fired.values():
        gone = set()
        for point, _ in covering():
            node = truth.node
            while diagrams.children[node]:
                gone.add((node, point[diagrams.levels[node]]))
                node = diagrams.children[node][point[diagrams.levels[node]]]
        assert gone == {
            (node, class_)
            for node, class_ in arcs(diagrams, truth.node)
            if (node, class_) in gone or can_be_reached(truth, node, class_)
        }


def can_be_reached(truth: Truth, node: int, class_: int) -> bool:
    """Whether answers to questions that are asked lead through the arc."""
    space = shipped_space()
    rng = random.Random("arcs")
    level = space.diagrams.levels[node]
    for answers in people("arcs", 400):
        point = _first_if_not_asked(answers, rng)
        at = truth.node
        while space.diagrams.children[at] and at != node:
            at = space.diagrams.children[at][point[space.diagrams.levels[at]]]
        if at == node and point[level] == class_:
            return True
    return False


def _first_if_not_asked(answers: Answers, rng: random.Random) -> tuple[int, ...]:
    space = shipped_space()
    point = point_of(space, answers, rng)
    return tuple(
        number if partition.question in answers else 0
        for number, partition in zip(point, space.partitions, strict=True)
    )


def test_the_answers_at_a_point_complete_the_questionnaire() -> None:
    rng = random.Random("points")
    for point, answers in covering():
        assert kept(answers) == answers
        assert _first_if_not_asked(answers, rng) == point

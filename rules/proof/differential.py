"""Compare durable_rules, the plain engine and the space: they must fire the same.

A production depends only on the questions in its cone: the dimensions of its truth that are
longer than 1. So it is enough to evaluate, for every cone, each combination of the classes in it;
the questions outside the cone take each of their classes in turn, so that the points differ.
Together these points cover the whole factored space, for every production.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from questions import Answer, Answers
from rules.compiled import Compiled, Fires, compile_policy
from rules.model import Policy, Rule
from rules.proof.space import Space, Truth

Point = tuple[int, ...]
"""One class for each question, by number."""


@dataclass(frozen=True)
class Difference:
    """Answers for which two forms of the policy do not fire the same."""

    answers: Answers
    productions: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """How many sets of answers were compared, and the first that differs."""

    compared: int
    difference: Difference | None


def compare(policy: Policy, rules: Sequence[Rule], space: Space) -> Comparison:
    """Compare all three forms on points that cover every cone."""
    compiled = compile_policy(policy, rules)
    compared = 0
    for point, answers in covering_answers(space):
        compared += 1
        expected = fired_at(space, point)
        for engine in (compiled.engine, compiled.plain):
            different = expected ^ _fired(compiled, answers, engine)
            if different:
                return Comparison(compared, Difference(answers, tuple(sorted(different))))
    return Comparison(compared, None)


def _fired(compiled: Compiled, answers: Answers, by: Fires) -> set[str]:
    return {target.id for target in compiled.fired(answers, by)}


def fired_at(space: Space, point: Point) -> set[str]:
    """What the space says fires at one point."""
    return {name for name, truth in space.fired.items() if _holds_at(truth, point)}


def _holds_at(truth: Truth, point: Point) -> bool:
    return bool(truth[tuple(0 if n == 1 else i for i, n in zip(point, truth.shape, strict=True))])


def covering_answers(space: Space) -> Iterator[tuple[Point, Answers]]:
    """Points that cover every cone, each combination once, with answers that lead there."""
    turn = 0
    for cone in _largest_cones(space):
        seen: set[Point] = set()
        for classes in product(*(range(space.shape[number]) for number in cone)):
            point = _point(space, dict(zip(cone, classes, strict=True)), turn)
            combination = tuple(point[number] for number in cone)
            if combination not in seen:
                seen.add(combination)
                turn += 1
                yield point, _answers_at(space, point)


def _largest_cones(space: Space) -> list[tuple[int, ...]]:
    """The cones of all productions, without those that lie inside another one."""
    cones = {_cone(truth) for truth in space.fired.values()}
    return sorted(tuple(sorted(cone)) for cone in cones if not any(cone < other for other in cones))


def _cone(truth: Truth) -> frozenset[int]:
    return frozenset(int(number) for number in np.flatnonzero(np.array(truth.shape) > 1))


def _point(space: Space, fixed: dict[int, int], turn: int) -> Point:
    """The point with these classes; a question that is not asked there has its first class."""
    point = [
        fixed.get(number, (turn // (number + 1)) % size) for number, size in enumerate(space.shape)
    ]
    for number, axis in enumerate(space.axes):
        if not _holds_at(space.asked[axis.question], tuple(point)):
            point[number] = 0
    return tuple(point)


def _answers_at(space: Space, point: Point) -> Answers:
    """The answers at a point; within a class the members take turns."""
    answers: dict[str, Answer] = {}
    for number, axis in enumerate(space.axes):
        if _holds_at(space.asked[axis.question], point):
            members = axis.classes[point[number]].members
            answers[axis.question] = members[sum(point) % len(members)]
    return answers

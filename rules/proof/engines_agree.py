"""Compare durable_rules, the reference interpreter and the space: they must fire the same.

What the space says of a production is a diagram. The points that are compared go through every arc
of every diagram: whatever answer can make a difference to a production, after whatever others, is
decided by all three forms at least once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questions import Answer, Answers
from rules.engine.ruleset import Engine, Ruleset, compile_policy
from rules.model import Policy, Rule
from rules.proof.diagrams import FALSE, TRUE, Diagrams
from rules.proof.space import Space

Point = tuple[int, ...]
"""One class for each question, by number."""
Arc = tuple[int, int]
"""A node, and the class of answers that leads on from it."""

_SEED = 1


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
    """Compare all three forms on points that go through every arc."""
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


def _fired(compiled: Ruleset, answers: Answers, by: Engine) -> set[str]:
    return {target.id for target in compiled.fired(answers, by)}


def fired_at(space: Space, point: Point) -> set[str]:
    """What the space says fires at one point."""
    return {name for name, truth in space.fired.items() if truth.holds_at(point)}


def covering_answers(space: Space) -> Iterator[tuple[Point, Answers]]:
    """Points that together go through every arc of every diagram, with answers that lead there.

    Diagrams share nodes, so an arc counts for each production by itself.
    """
    roots = sorted({truth.node for truth in space.fired.values()})
    diagrams, rng = space.diagrams, random.Random(_SEED)
    left = {root: set(arcs(diagrams, root)) for root in roots}
    for root in roots:
        for arc in sorted(left[root]):
            if arc in left[root]:
                point = _point_through(space, root, arc, rng)
                for each in roots:
                    left[each].difference_update(_arcs_at(diagrams, each, point))
                yield point, _answers_at(space, point)


def arcs(diagrams: Diagrams, root: int) -> Iterator[Arc]:
    """Every arc of a diagram."""
    for node in diagrams.below([root]):
        for class_ in range(len(diagrams.children[node])):
            yield node, class_


def _arcs_at(diagrams: Diagrams, root: int, point: Point) -> Iterator[Arc]:
    """The arcs of a diagram through which the point goes."""
    node = root
    while node > TRUE:
        class_ = point[diagrams.levels[node]]
        yield node, class_
        node = diagrams.children[node][class_]


def _point_through(space: Space, root: int, arc: Arc, rng: random.Random) -> Point:
    """A point that goes through the arc; what does not matter for that is drawn."""
    fixed = _way(space.diagrams, root, arc[0], set()) or {}
    fixed[space.diagrams.levels[arc[0]]] = arc[1]
    drawn = [fixed.get(number, rng.randrange(size)) for number, size in enumerate(space.shape)]
    for number, partition in enumerate(space.partitions):
        if not space.asked[partition.question].holds_at(drawn):
            drawn[number] = 0
    return tuple(drawn)


def _way(diagrams: Diagrams, start: int, node: int, seen: set[int]) -> dict[int, int] | None:
    if start == node:
        return {}
    if start in seen or start in (FALSE, TRUE) or diagrams.levels[start] >= diagrams.levels[node]:
        return None
    seen.add(start)
    for class_, child in enumerate(diagrams.children[start]):
        way = _way(diagrams, child, node, seen)
        if way is not None:
            return {diagrams.levels[start]: class_, **way}
    return None


def _answers_at(space: Space, point: Point) -> Answers:
    """The answers at a point; within a class the members take turns."""
    answers: dict[str, Answer] = {}
    for number, partition in enumerate(space.partitions):
        if space.asked[partition.question].holds_at(point):
            members = partition.classes[point[number]].members
            answers[partition.question] = members[sum(point) % len(members)]
    return answers

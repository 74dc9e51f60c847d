"""Truths over all answers as decision diagrams: shared, reduced, ordered (Bryant 1986).

A node asks for one question and has a child for each class of its answers; equal nodes are one
node, and a question that makes no difference has none. So a truth takes as much room as it has
different ways to come out, however many sets of answers there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

FALSE, TRUE = 0, 1


class Diagrams:
    """All nodes over some questions, by number; each question has a number of classes."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        end = len(self.sizes)
        self.levels = [end, end]
        """The question of each node; that of the two truth values comes after all others."""
        self.children: list[tuple[int, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._and: dict[tuple[int, int], int] = {}
        self._not: dict[int, int] = {FALSE: TRUE, TRUE: FALSE}
        self._some: dict[tuple[int, frozenset[int]], int] = {}

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """The node with these children; where all are the same, that child."""
        if all(child == children[0] for child in children):
            return children[0]
        key = level, children
        if key not in self._known:
            self._known[key] = len(self.levels)
            self.levels.append(level)
            self.children.append(children)
        return self._known[key]

    def negation(self, node: int) -> int:
        """Where the node does not hold."""
        if node not in self._not:
            children = tuple(self.negation(child) for child in self.children[node])
            opposite = self.node(self.levels[node], children)
            self._not[node], self._not[opposite] = opposite, node
        return self._not[node]

    def conjunction(self, one: int, other: int) -> int:
        """Where both nodes hold."""
        if other in (one, TRUE):
            return one
        if one == TRUE:
            return other
        if FALSE in (one, other):
            return FALSE
        key = (one, other) if one < other else (other, one)
        if key not in self._and:
            level = min(self.levels[one], self.levels[other])
            self._and[key] = self.node(
                level,
                tuple(
                    self.conjunction(self.child(one, level, each), self.child(other, level, each))
                    for each in range(self.sizes[level])
                ),
            )
        return self._and[key]

    def disjunction(self, one: int, other: int) -> int:
        """Where at least one of the nodes holds."""
        return self.negation(self.conjunction(self.negation(one), self.negation(other)))

    def child(self, node: int, level: int, class_: int) -> int:
        """What is left of the node once the question of this level is answered."""
        return self.children[node][class_] if self.levels[node] == level else node

    def some(self, node: int, levels: frozenset[int]) -> int:
        """Where the node holds for at least one answer to these questions."""
        if node in (FALSE, TRUE):
            return node
        key = node, levels
        if key not in self._some:
            children = tuple(self.some(child, levels) for child in self.children[node])
            level = self.levels[node]
            self._some[key] = (
                reduce(self.disjunction, children)
                if level in levels
                else self.node(level, children)
            )
        return self._some[key]

    def below(self, nodes: Iterable[int]) -> set[int]:
        """The nodes and all below them, without the truth values."""
        found: set[int] = set()
        waiting = [node for node in nodes if node > TRUE]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(child for child in self.children[node] if child > TRUE)
        return found


@dataclass(frozen=True)
class Truth:
    """For which answers something holds."""

    diagrams: Diagrams
    node: int

    def __and__(self, other: Truth) -> Truth:
        return Truth(self.diagrams, self.diagrams.conjunction(self.node, other.node))

    def __or__(self, other: Truth) -> Truth:
        return Truth(self.diagrams, self.diagrams.disjunction(self.node, other.node))

    def __xor__(self, other: Truth) -> Truth:
        return (self & ~other) | (~self & other)

    def __invert__(self) -> Truth:
        return Truth(self.diagrams, self.diagrams.negation(self.node))

    def any(self) -> bool:
        """Whether it holds for anybody."""
        return self.node != FALSE

    @property
    def is_everywhere(self) -> bool:
        """Whether it holds for everybody."""
        return self.node == TRUE

    def some(self, levels: Iterable[int]) -> Truth:
        """Where it holds for at least one answer to these questions."""
        return Truth(self.diagrams, self.diagrams.some(self.node, frozenset(levels)))

    def where(self, level: int, class_: int) -> Truth:
        """Where it holds once this question is answered like this."""
        return Truth(self.diagrams, self._fixed(self.node, level, class_, {}))

    def _fixed(self, node: int, level: int, class_: int, known: dict[int, int]) -> int:
        here = self.diagrams.levels[node]
        if here > level:
            return node
        if here == level:
            return self.diagrams.children[node][class_]
        if node not in known:
            known[node] = self.diagrams.node(
                here,
                tuple(
                    self._fixed(child, level, class_, known)
                    for child in self.diagrams.children[node]
                ),
            )
        return known[node]

    def holds_at(self, point: Sequence[int]) -> bool:
        """Whether it holds for one class of answers to each question."""
        node = self.node
        while node > TRUE:
            node = self.diagrams.children[node][point[self.diagrams.levels[node]]]
        return node == TRUE

    def first_point(self) -> tuple[int, ...]:
        """The first point where it holds; what does not matter has its first class."""
        point = [0] * len(self.diagrams.sizes)
        node = self.node
        while node > TRUE:
            children = self.diagrams.children[node]
            class_ = next(n for n, child in enumerate(children) if child != FALSE)
            point[self.diagrams.levels[node]] = class_
            node = children[class_]
        return tuple(point)


def at_least(count: int, truths: Sequence[Truth], nothing: Truth) -> Truth:
    """Where at least so many of the truths hold."""
    # reached[n]: at least n of those seen so far.
    reached = [~nothing, *[nothing] * count]
    for truth in truths:
        reached = [
            reached[0],
            *(reached[n] | (reached[n - 1] & truth) for n in range(1, count + 1)),
        ]
    return reached[count]


def total(truth: Truth, asked: Sequence[Truth], weigh: Callable[[int, int], int]) -> int:
    """The weight of all points where it holds.

    A question that is not asked (`asked`, by its number) has its first class only, of weight 1.
    """
    diagrams = truth.diagrams
    known: dict[tuple[int, tuple[int, ...]], int] = {}

    def count(level: int, node: int, open_: tuple[int, ...]) -> int:
        if node == FALSE:
            return 0
        if level == len(diagrams.sizes):
            return 1
        key = node, (level, *open_)
        if key not in known:
            known[key] = sum(
                weight
                * count(
                    level + 1,
                    diagrams.child(node, level, class_),
                    tuple(diagrams.child(each, level, class_) for each in open_[1:]),
                )
                for class_, weight in weights(level, open_[0])
            )
        return known[key]

    def weights(level: int, is_asked: int) -> Iterable[tuple[int, int]]:
        if is_asked == FALSE:
            return [(0, 1)]
        return [(class_, weigh(level, class_)) for class_ in range(diagrams.sizes[level])]

    return count(0, truth.node, tuple(each.node for each in asked))

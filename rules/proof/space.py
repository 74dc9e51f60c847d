"""The policy over all answers at once.

Every condition becomes an array of truths with one dimension for each question. A dimension that
the condition does not depend on has length 1, so an array is as small as what it depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce

import numpy as np
import numpy.typing as npt

from questions import Answer, Answers, Condition
from questions.conditions import AllOf, AnyOf, AtLeast, Is, Not, has_value
from rules.compiling import Target, compile_rules, targets_of
from rules.model import AdviseStep, AssignRole, DescribeSituation, OfferSupport, Policy, Rule
from rules.proof.axes import Axis

Truth = npt.NDArray[np.bool_]
Outcome = tuple[str, ...]
"""What can be concluded: ("role", organisation, role), ("support", id), ("step", id) and more."""


class Space:
    """One policy, with the rules given, over all answers."""

    def __init__(self, policy: Policy, rules: Sequence[Rule], axes: Sequence[Axis]) -> None:
        self.policy = policy
        self.axes = tuple(axes)
        self.position = {axis.question: number for number, axis in enumerate(self.axes)}
        self.asked: dict[str, Truth] = {}
        self.derived: dict[str, dict[str, Truth]] = {}
        self.fired: dict[str, Truth] = {}
        self.targets: dict[str, Target] = {target.id: target for target in targets_of(rules)}
        for question in policy.questionnaire.questions:
            self.asked[question.id] = self.truth(question.asked_when)
        self._fire(rules)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many classes each question has."""
        return tuple(len(axis.classes) for axis in self.axes)

    def _fire(self, rules: Sequence[Rule]) -> None:
        productions = compile_rules(self.policy, rules)
        for production in sorted(productions, key=lambda each: each.layer):
            truth = self.truth(production.condition)
            self.fired[production.id] = truth
            for fact, value in production.effect.items():
                values = self.derived.setdefault(fact, {})
                values[value] = values.get(value, self.nothing) | truth

    @cached_property
    def nothing(self) -> Truth:
        """What never holds."""
        return np.zeros((1,) * len(self.axes), dtype=np.bool_)

    def truth(self, condition: Condition) -> Truth:
        """For which answers the condition holds.

        Raises `ValueError` for a condition that tells apart what the axes hold to be one class:
        it would be answered for an example only. `axes_of` takes such conditions as `more`.
        """
        match condition:
            case Is():
                return self._comparison(condition)
            case Not(part):
                return ~self.truth(part)
            case AllOf(parts):
                return ~self.any_of(~self.truth(part) for part in parts)
            case AnyOf(parts):
                return self.any_of(self.truth(part) for part in parts)
            case AtLeast(count, parts):
                return np.asarray(sum(self.truth(part).astype(np.int8) for part in parts) >= count)

    def any_of(self, truths: Iterable[Truth]) -> Truth:
        """For which answers at least one holds."""
        return reduce(np.logical_or, truths, self.nothing)

    def _comparison(self, leaf: Is) -> Truth:
        if leaf.fact in self.position:
            classes = self.axes[self.position[leaf.fact]].classes
            same = [_one({has_value(m, leaf.values) for m in each.members}) for each in classes]
            return self._along(leaf.fact, same) & self.asked[leaf.fact]
        if leaf.fact in self.policy.questionnaire.lookups:
            return self._looked_up(leaf)
        values = self.derived.get(leaf.fact, {})
        return self.any_of(values[value] for value in leaf.values if value in values)

    def _looked_up(self, leaf: Is) -> Truth:
        found = self.nothing
        for axis in self.axes:
            looked_up = [
                self.policy.lookup({axis.question: each.example}).get(leaf.fact)
                for each in axis.classes
            ]
            if any(looked_up):
                same = [has_value(value or (), leaf.values) for value in looked_up]
                found = found | (self._along(axis.question, same) & self.asked[axis.question])
        return found

    def _along(self, question: str, values: Sequence[bool]) -> Truth:
        dimensions = [1] * len(self.axes)
        dimensions[self.position[question]] = len(values)
        return np.array(values, dtype=np.bool_).reshape(dimensions)

    @cached_property
    def outcomes(self) -> dict[Outcome, Truth]:
        """For which answers each outcome is concluded; reasons and order left aside."""
        found: dict[Outcome, Truth] = {}
        offered: dict[str, Truth] = {}
        for target in self.targets.values():
            truth = self.fired[target.id]
            for outcome in _outcomes(target):
                found[outcome] = found.get(outcome, self.nothing) | truth
            if isinstance(target.rule.then, OfferSupport):
                # The first offer of a help, in the order of the data, says how certain it is.
                offer = target.rule.then
                first = truth & ~offered.get(offer.support, self.nothing)
                offered[offer.support] = offered.get(offer.support, self.nothing) | truth
                for outcome in _terms(offer):
                    found[outcome] = found.get(outcome, self.nothing) | first
        return found

    def outcome(self, *outcome: str) -> Truth:
        """For which answers this outcome is concluded."""
        return self.outcomes.get(outcome, self.nothing)

    def example(self, truth: Truth, before: str | None = None) -> Answers:
        """Answers for which it holds; only those asked `before` a question, where one is given."""
        index = np.unravel_index(int(np.argmax(truth)), truth.shape)
        last = self.position[before] if before else len(self.axes)
        answers: dict[str, Answer] = {}
        for number, axis in enumerate(self.axes[:last]):
            if axis.question in self.asked and _at(self.asked[axis.question], index):
                answers[axis.question] = axis.classes[index[number]].example
        return answers

    @cached_property
    def weights(self) -> npt.NDArray[np.int64]:
        """How many sets of answers stand behind each point; 0 where another point stands for it."""
        weights = np.ones(self.shape, dtype=np.int64)
        for number, axis in enumerate(self.axes):
            dimensions = [1] * len(self.axes)
            dimensions[number] = len(axis.classes)
            sizes = np.array([each.size for each in axis.classes]).reshape(dimensions)
            first = np.arange(len(axis.classes)).reshape(dimensions) == 0
            asked = self.asked.get(axis.question, self.nothing)
            weights *= np.where(asked, sizes, first)
        return weights

    def count(self, truth: Truth) -> int:
        """For how many sets of answers it holds."""
        return int((self.weights * truth).sum())


def _one(results: set[bool]) -> bool:
    """What all answers of one class have in common."""
    if len(results) != 1:
        raise ValueError("the axes are too coarse for a condition: name it to `axes_of`")
    return results.pop()


def _at(truth: Truth, index: Sequence[np.intp]) -> bool:
    return bool(truth[tuple(min(int(i), n - 1) for i, n in zip(index, truth.shape, strict=True))])


def _outcomes(target: Target) -> Iterable[Outcome]:
    match target.rule.then:
        case AssignRole(_, role):
            yield ("role", str(target.organisation), role)
        case DescribeSituation(situation):
            yield ("situation", situation)
        case AdviseStep(step):
            yield ("step", step)
        case OfferSupport(support, _, _, _):
            yield ("support", support)
            yield ("giver", support, str(target.organisation))


def _terms(offer: OfferSupport) -> Iterable[Outcome]:
    yield ("certainty", offer.support, offer.certainty)
    yield ("max_eur", offer.support, str(offer.max_eur))

"""The policy over all answers at once: every condition becomes a truth over classes of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce

from questions import Answer, Answers, Condition
from questions.conditions import AllOf, AnyOf, AtLeast, Is, Not, has_value
from rules.engine.compiler import Target, compile_rules, targets_of
from rules.model import (
    AdviseStep,
    AssignRole,
    DescribeSituation,
    OfferSupport,
    Policy,
    Rule,
    SetCertainty,
)
from rules.proof.answer_classes import Partition
from rules.proof.diagrams import FALSE, TRUE, Diagrams, Truth, at_least, total

Outcome = tuple[str, ...]
"""What can be concluded: ("role", organisation, role), ("support", id), ("step", id) and more."""


class Space:
    """One policy, with the rules given, over all answers."""

    def __init__(
        self,
        policy: Policy,
        rules: Sequence[Rule],
        partitions: Sequence[Partition],
        diagrams: Diagrams | None = None,
    ) -> None:
        """`diagrams` are those of another space over the same partitions, to compare it with."""
        self.policy = policy
        self.partitions = tuple(partitions)
        self._diagrams = diagrams or Diagrams(
            [len(partition.classes) for partition in self.partitions]
        )
        self.nothing = Truth(self._diagrams, FALSE)
        self.everything = Truth(self._diagrams, TRUE)
        self.position = {
            partition.question: number for number, partition in enumerate(self.partitions)
        }
        self.asked: dict[str, Truth] = {}
        self.derived: dict[str, dict[str, Truth]] = {}
        self.fired: dict[str, Truth] = {}
        self.targets: dict[str, Target] = {target.id: target for target in targets_of(rules)}
        for question in policy.questionnaire.questions:
            self.asked[question.id] = self.truth(question.asked_when)
        self._fire(rules)

    @property
    def diagrams(self) -> Diagrams:
        """The nodes of all its truths."""
        return self._diagrams

    @property
    def shape(self) -> tuple[int, ...]:
        """How many classes each question has."""
        return tuple(len(partition.classes) for partition in self.partitions)

    def _fire(self, rules: Sequence[Rule]) -> None:
        productions = compile_rules(self.policy, rules)
        for production in sorted(productions, key=lambda each: each.layer):
            truth = self.truth(production.condition)
            self.fired[production.id] = truth
            for fact, value in production.effect.items():
                values = self.derived.setdefault(fact, {})
                values[value] = values.get(value, self.nothing) | truth

    def truth(self, condition: Condition) -> Truth:
        """For which answers the condition holds.

        Raises `ValueError` for a condition that tells apart what a partition holds to be one class:
        it would be answered for an example only. `partitions_of` takes such conditions as `more`.
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
                return at_least(count, [self.truth(part) for part in parts], self.nothing)

    def any_of(self, truths: Iterable[Truth]) -> Truth:
        """For which answers at least one holds."""
        return reduce(lambda one, other: one | other, truths, self.nothing)

    def at_least(self, count: int, truths: Iterable[Truth]) -> Truth:
        """For which answers at least so many hold."""
        return at_least(count, list(truths), self.nothing)

    def _comparison(self, leaf: Is) -> Truth:
        if leaf.fact in self.position:
            classes = self.partitions[self.position[leaf.fact]].classes
            same = [_one({has_value(m, leaf.values) for m in each.members}) for each in classes]
            return self._along(leaf.fact, same) & self.asked.get(leaf.fact, self.nothing)
        if leaf.fact in self.policy.questionnaire.lookups:
            return self._looked_up(leaf)
        values = self.derived.get(leaf.fact, {})
        return self.any_of(values[value] for value in leaf.values if value in values)

    def _looked_up(self, leaf: Is) -> Truth:
        found = self.nothing
        for partition in self.partitions:
            looked_up = [
                self.policy.lookup({partition.question: each.example}).get(leaf.fact)
                for each in partition.classes
            ]
            if any(looked_up):
                same = [has_value(value or (), leaf.values) for value in looked_up]
                found = found | (
                    self._along(partition.question, same) & self.asked[partition.question]
                )
        return found

    def answered(self, number: int, class_: int) -> Truth:
        """Where question `number` has answers of this class."""
        size = len(self.partitions[number].classes)
        return self._along(
            self.partitions[number].question, [each == class_ for each in range(size)]
        )

    def _along(self, question: str, values: Sequence[bool]) -> Truth:
        children = tuple(TRUE if value else FALSE for value in values)
        return Truth(self._diagrams, self._diagrams.node(self.position[question], children))

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
                said = first & ~self._certainty_set(offer.support)
                for outcome, where in (*_terms(offer, first), (_certain(offer), said)):
                    found[outcome] = found.get(outcome, self.nothing) | where
        for support, certainty, truth in self._certainties():
            outcome = ("certainty", support, certainty)
            where = truth & offered.get(support, self.nothing)
            found[outcome] = found.get(outcome, self.nothing) | where
        for amount in self.policy.amounts:
            found["amount", amount.id] = self._shown(amount.id, found)
        return found

    def _certainties(self) -> Iterable[tuple[str, str, Truth]]:
        """For which answers a rule says how certain a help is, whatever its offers say."""
        for target in self.targets.values():
            if isinstance(target.rule.then, SetCertainty):
                for support in target.rule.then.supports:
                    yield support, target.rule.then.certainty, self.fired[target.id]

    def _certainty_set(self, support: str) -> Truth:
        return self.any_of(truth for name, _, truth in self._certainties() if name == support)

    def _shown(self, name: str, found: dict[Outcome, Truth]) -> Truth:
        """For which answers a figure is shown."""
        amount = self.policy.amount_by_id[name]
        given = found.get(("giver", amount.support, amount.organisation), self.nothing)
        if amount.rule is None:
            return given & self.truth(amount.when)
        return given & self.any_of(
            truth
            for target_id, truth in self.fired.items()
            if self.targets[target_id].rule.id == amount.rule
        )

    def outcome(self, *outcome: str) -> Truth:
        """For which answers this outcome is concluded."""
        return self.outcomes.get(outcome, self.nothing)

    def example(self, truth: Truth, before: str | None = None) -> Answers:
        """Answers for which it holds; only those asked `before` a question, where one is given."""
        point = truth.first_point()
        last = self.position[before] if before else len(self.partitions)
        answers: dict[str, Answer] = {}
        for number, partition in enumerate(self.partitions[:last]):
            if partition.question in self.asked and self.asked[partition.question].holds_at(point):
                answers[partition.question] = partition.classes[point[number]].example
        return answers

    def count(self, truth: Truth) -> int:
        """For how many sets of answers it holds."""
        return total(truth, self._asked_in_order, lambda n, i: self.partitions[n].classes[i].size)

    def points(self, truth: Truth) -> int:
        """For how many combinations of classes it holds."""
        return total(truth, self._asked_in_order, lambda _n, _i: 1)

    @cached_property
    def _asked_in_order(self) -> tuple[Truth, ...]:
        return tuple(
            self.asked.get(partition.question, self.nothing) for partition in self.partitions
        )


def _one(results: set[bool]) -> bool:
    """What all answers of one class have in common."""
    if len(results) != 1:
        raise ValueError(
            "the partitions are too coarse for a condition: name it to `partitions_of`"
        )
    return results.pop()


def _outcomes(target: Target) -> Iterable[Outcome]:
    match target.rule.then:
        case AssignRole(role=role, variant=variant):
            yield ("role", str(target.organisation), role)
            yield ("role text", str(target.organisation), _text(role, variant))
        case DescribeSituation(situation, variant):
            yield ("situation", situation)
            yield ("situation text", _text(situation, variant))
        case AdviseStep(step):
            yield ("step", step)
        case OfferSupport(support=support):
            yield ("support", support)
            yield ("giver", support, str(target.organisation))


def _text(name: str, variant: str | None) -> str:
    return f"{name}.{variant}" if variant else name


def _terms(offer: OfferSupport, where: Truth) -> Iterable[tuple[Outcome, Truth]]:
    yield ("max_eur", offer.support, str(offer.max_eur)), where
    yield ("support text", _text(offer.support, offer.variant)), where


def _certain(offer: OfferSupport) -> Outcome:
    return "certainty", offer.support, offer.certainty

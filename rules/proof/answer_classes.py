"""Factor the answers: answers that no condition can tell apart form one class.

Conditions only compare an answer with values, so answers that agree in every comparison lead to
the same result. What is left of some hundred thousand million sets of answers are some ten million
combinations of classes, of which each is then decided exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from questions import Answer, Condition, Question, QuestionType, as_options
from questions.conditions import Is, has_value, leaves
from rules.model import Policy


@dataclass(frozen=True)
class AnswerClass:
    """Answers to one question that no condition tells apart."""

    members: tuple[Answer, ...]

    @property
    def example(self) -> Answer:
        """One of them."""
        return self.members[0]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.members)


@dataclass(frozen=True)
class Partition:
    """The answers to one question in their classes: each is in one, and in no other."""

    question: str
    classes: tuple[AnswerClass, ...]


def partitions_of(
    policies: Sequence[Policy], more: Iterable[Condition] = ()
) -> tuple[Partition, ...]:
    """The partitions of all answers, in asking order, fine enough for every policy given.

    `more` are further conditions that the classes must be able to tell apart.
    """
    comparisons = [
        leaf for condition in (*_conditions(policies), *more) for leaf in leaves(condition)
    ]
    questions: dict[str, list[Question]] = {}
    for policy in policies:
        for question in policy.questionnaire.questions:
            questions.setdefault(question.id, []).append(question)
    return tuple(_axis(name, same, policies, comparisons) for name, same in questions.items())


def _conditions(policies: Iterable[Policy]) -> Iterator[Condition]:
    for policy in policies:
        yield from (rule.when for rule in policy.rules)
        yield from (question.asked_when for question in policy.questionnaire.questions)
        yield from (amount.when for amount in policy.amounts)


def _axis(
    name: str, same: Sequence[Question], policies: Sequence[Policy], comparisons: Sequence[Is]
) -> Partition:
    read = [leaf for leaf in comparisons if leaf.fact == name]
    groups: dict[object, list[Answer]] = {}
    for answer in dict.fromkeys(each for question in same for each in answers_of(question)):
        told_apart = (
            tuple(has_value(answer, leaf.values) for leaf in read),
            tuple(tuple(policy.lookup({name: answer}).items()) for policy in policies),
            tuple(_exists(answer, policy, name) for policy in policies),
        )
        groups.setdefault(told_apart, []).append(answer)
    return Partition(name, tuple(AnswerClass(tuple(members)) for members in groups.values()))


def _exists(answer: Answer, policy: Policy, name: str) -> bool:
    question = policy.questionnaire.by_id.get(name)
    return question is not None and set(as_options(answer)) <= set(question.option_ids)


def answers_of(question: Question) -> Iterator[Answer]:
    """Every canonical answer to a question."""
    if question.type is not QuestionType.SEVERAL:
        yield from question.option_ids
        return
    specific = [option.id for option in question.options if not option.exclusive]
    for size in range(1, len(specific) + 1):
        yield from combinations(specific, size)
    yield from ((option.id,) for option in question.options if option.exclusive)

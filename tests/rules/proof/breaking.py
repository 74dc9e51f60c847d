"""A copy of the shipped data that a test may break, and people to decide about."""

from __future__ import annotations

import random
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from questions import Answers
from rules import Decider, Decision, Policy, load_policy
from rules.engine.ruleset import Ruleset
from rules.proof import Problem, Report, prove
from rules.proof.answer_classes import partitions_of
from rules.proof.engines_agree import Point
from rules.proof.space import Space
from tests.rules.deciders import ON, shipped
from tests.support.answers.answer_sets import random_answers
from tests.support.broken.data import copy_everything
from tests.support.vocabulary import ASKED_WHEN, Answer, kept

POLICY = "rules/policy"
RULES = "rules/policy/rules"


@dataclass
class Copy:
    """The data in a folder of its own."""

    root: Path
    _policy: Policy | None = None

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands in the file once."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} has this {text.count(old)} times: {old}"
        self._write(file, text.replace(old, new))

    def change_rule(self, file: str, rule: str, old: str, new: str) -> None:
        """Replace a text in one rule of a file."""
        head, mark, rest = (self.root / RULES / file).read_text().partition(f'id = "{rule}"\n')
        body, end, tail = rest.partition("\n\n[[rule]]")
        assert mark and body.count(old) == 1, f"{rule} has this {body.count(old)} times: {old}"
        self._write(f"{RULES}/{file}", "".join([head, mark, body.replace(old, new), end, tail]))

    def append(self, file: str, text: str) -> None:
        """Write more at the end of a file."""
        self._write(file, f"{(self.root / file).read_text(encoding='utf-8')}\n{text}\n")

    def _write(self, file: str, text: str) -> None:
        (self.root / file).write_text(text, encoding="utf-8")
        self._policy = None

    def policy(self) -> Policy:
        """The policy of the copy. Raises `DataError` where it cannot be loaded."""
        self._policy = self._policy or load_policy(self.root)
        return self._policy

    def report(self, on: date = ON) -> Report:
        """The proof of the copy."""
        return prove(self.policy(), on, self.root)

    def failures(self, check: str) -> Mapping[str, Problem]:
        """What one check finds that fails, by subject."""
        return {each.subject: each for each in self.report().failures if each.check == check}

    def decide(self, answers: Answers) -> Decision:
        """The decision of durable_rules, with the policy of the copy."""
        decision = Decider(self.policy()).decide(answers, ON)
        assert decision.complete
        return decision


def copy_to(folder: Path) -> Copy:
    """A copy of the data as it is shipped."""
    return Copy(copy_everything(folder))


@cache
def shipped_decider() -> Decider:
    """The decider of the shipped policy."""
    return Decider(shipped())


@cache
def shipped_space() -> Space:
    """The space of the shipped policy."""
    return space_of(shipped())


def compiled() -> Ruleset:
    """The shipped policy, compiled."""
    return shipped_decider().compiled(ON)


def space_of(policy: Policy) -> Space:
    """The space of a policy, with the rules of the day of the tests."""
    return Space(
        policy, [rule for rule in policy.rules if rule.is_valid(ON)], partitions_of([policy])
    )


def people(seed: str, count: int) -> Iterator[dict[str, Answer]]:
    """Random complete answers, without any to questions that are not asked."""
    rng = random.Random(seed)
    for _ in range(count):
        yield kept(random_answers(rng))


def completed(answers: Answers, seed: str, count: int) -> Iterator[dict[str, Answer]]:
    """The answers with random ones to the questions that they leave open."""
    rng = random.Random(seed)
    for _ in range(count):
        yield kept({**_all_random(rng), **answers})


def _all_random(rng: random.Random) -> dict[str, Answer]:
    """An answer to every question, asked or not."""
    found: dict[str, Answer] = {}
    while len(found) < len(ASKED_WHEN):
        found = {**random_answers(rng), **found}
    return found


def point_of(space: Space, answers: Answers, rng: random.Random) -> Point:
    """Where the answers are in the space; a question that is not asked has any class."""
    return tuple(
        next(
            i
            for i, each in enumerate(partition.classes)
            if answers[partition.question] in each.members
        )
        if partition.question in answers
        else rng.randrange(len(partition.classes))
        for partition in space.partitions
    )


def concluded(decision: Decision, without: Container[str] = ()) -> object:
    """All that a decision concludes, reasons left aside; supports in their order."""
    return (
        tuple(each.id for each in decision.situation),
        tuple((each.id, each.role) for each in decision.organisations),
        tuple((each.id, each.by, each.certainty, each.max_eur) for each in decision.supports),
        tuple(each.id for each in decision.next_steps),
    )

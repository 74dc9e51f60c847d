"""The one entrance: answers in, a Decision out. Pure, and safe for many threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from questions import Answer, Answers, Facts, Path, QuestionType, replay
from rules.compiling import Target, compile_rules, role_fact, targets_of
from rules.concluding import conclude
from rules.decision import Decision
from rules.engine import Engine, Production
from rules.model import Policy, Rule
from rules.plain import PlainEngine

CACHED_DECISIONS = 4096
"""Bounds the memory of a worker: about 10 KB for each decision."""

CanonicalAnswers = tuple[tuple[str, Answer], ...]


class Fires(Protocol):
    """Says which productions fire for facts."""

    def run(self, facts: Facts) -> list[str]:
        """The ids of the productions that fire."""


@dataclass(frozen=True)
class Compiled:
    """A set of rules, ready to be evaluated."""

    policy: Policy
    targets: Mapping[str, Target]
    """Every conclusion by its id, in the order of the data."""
    productions: Mapping[str, Production]
    engine: Engine
    plain: PlainEngine

    def fired(self, answers: Answers, by: Fires) -> list[Target]:
        """What fires for the answers, in the order of the data."""
        ids = set(by.run({**answers, **self.policy.lookup(answers)}))
        return [target for target_id, target in self.targets.items() if target_id in ids]

    def conclude(self, answers: Answers, by: Fires) -> Decision:
        """The decision for answers that complete the questionnaire."""
        return conclude(self.policy, answers, self.fired(answers, by))


def compile_policy(policy: Policy, rules: Sequence[Rule]) -> Compiled:
    """Compile these rules of the policy."""
    productions = compile_rules(policy, rules)
    return Compiled(
        policy=policy,
        targets={target.id: target for target in targets_of(rules)},
        productions={production.id: production for production in productions},
        engine=Engine(productions, *_shape(policy)),
        plain=PlainEngine(productions),
    )


class Decider:
    """Decides by one policy.

    Keeps one compiled engine for each set of rules that is valid on a day, and the latest
    decisions by their canonical answers; neither says anything about who asked.
    """

    def __init__(self, policy: Policy, cached_decisions: int = CACHED_DECISIONS) -> None:
        self.policy = policy
        self._compiled = lru_cache(maxsize=8)(self._compile)
        self._decided = lru_cache(maxsize=cached_decisions)(self._decide)

    def path(self, answers: Answers) -> Path:
        """The way through the questionnaire for these (valid) answers."""
        return replay(self.policy.questionnaire, answers, self.policy.lookup)

    def decide(self, answers: Answers, on: date) -> Decision:
        """The decision for valid answers, with the rules that hold on that day."""
        path = self.path(answers)
        if path.next_question:
            return self._unfinished(path)
        decision = self._decided(tuple(path.answers.items()), self._valid_rules(on))
        if path.ignored:
            return replace(decision, ignored=path.ignored)
        return decision

    def prepare(self, on: date) -> None:
        """Compile before the first person asks."""
        self.compiled(on)

    def _valid_rules(self, on: date) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.policy.rules if rule.is_valid(on))

    def compiled(self, on: date) -> Compiled:
        """The rules that hold on that day, compiled."""
        return self._compiled(self._valid_rules(on))

    def _compile(self, rule_ids: tuple[str, ...]) -> Compiled:
        return compile_policy(self.policy, [self.policy.rule_by_id[each] for each in rule_ids])

    def _decide(self, answers: CanonicalAnswers, rule_ids: tuple[str, ...]) -> Decision:
        compiled = self._compiled(rule_ids)
        return compiled.conclude(dict(answers), compiled.engine)

    def _unfinished(self, path: Path) -> Decision:
        return Decision(
            complete=False,
            next_question=path.next_question.id if path.next_question else None,
            ignored=path.ignored,
            stage=None,
            country_view=None,
            nationality_group=None,
            situation=(),
            organisations=(),
            supports=(),
            next_steps=(),
            fired=(),
            policy_version=self.policy.version,
            policy_sha256=self.policy.sha256,
        )


def _shape(policy: Policy) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """The facts with one value, and those with several, as the engine needs to know them."""
    questions = policy.questionnaire.questions
    several = {
        question.id: question.option_ids
        for question in questions
        if question.type is QuestionType.SEVERAL
    }
    single = [question.id for question in questions if question.id not in several]
    roles = [role_fact(organisation) for organisation in policy.organisations]
    return [*single, *policy.questionnaire.lookups, *policy.facts, *roles], several

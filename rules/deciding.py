"""The one entrance: answers in, a Decision out. Pure, and safe for many threads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from questions import Answer, Answers, Path, QuestionType, replay
from rules.compiling import Target, compile_rules, role_fact, targets_of
from rules.concluding import conclude
from rules.decision import Decision
from rules.engine import Engine
from rules.model import Policy

CACHED_DECISIONS = 4096
"""Bounds the memory of a worker: about 10 KB for each decision."""

CanonicalAnswers = tuple[tuple[str, Answer], ...]


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
        self._compiled(self._valid_rules(on))

    def _valid_rules(self, on: date) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.policy.rules if rule.is_valid(on))

    def _compile(self, rule_ids: tuple[str, ...]) -> tuple[Engine, dict[str, Target]]:
        rules = [self.policy.rule_by_id[rule_id] for rule_id in rule_ids]
        engine = Engine(compile_rules(self.policy, rules), *_shape(self.policy))
        return engine, {target.id: target for target in targets_of(rules)}

    def _decide(self, answers: CanonicalAnswers, rule_ids: tuple[str, ...]) -> Decision:
        engine, targets = self._compiled(rule_ids)
        given = dict(answers)
        fired = set(engine.run({**given, **self.policy.lookup(given)}))
        ordered = [target for target_id, target in targets.items() if target_id in fired]
        return conclude(self.policy, given, ordered)

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

"""A set of rules, compiled and ready to be evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from questions import Answers, DataError, Facts, QuestionType
from rules.decision import Decision
from rules.engine.compiler import Target, compile_rules, role_fact, targets_of
from rules.engine.conclude import conclude
from rules.engine.durable import DurableEngine
from rules.engine.plain import PlainEngine
from rules.engine.productions import Production, TooLargeError, alternatives
from rules.model import Policy, Rule


class Engine(Protocol):
    """Says which productions fire for facts."""

    def run(self, facts: Facts) -> list[str]:
        """The ids of the productions that fire."""


@dataclass(frozen=True)
class Ruleset:
    """A set of rules, ready to be evaluated."""

    policy: Policy
    targets: Mapping[str, Target]
    """Every conclusion by its id, in the order of the data."""
    productions: Mapping[str, Production]
    engine: DurableEngine
    plain: PlainEngine

    def fired(self, answers: Answers, by: Engine) -> list[Target]:
        """What fires for the answers, in the order of the data."""
        ids = set(by.run({**answers, **self.policy.lookup(answers)}))
        return [target for target_id, target in self.targets.items() if target_id in ids]

    def conclude(self, answers: Answers, by: Engine) -> Decision:
        """The decision for answers that complete the questionnaire."""
        return conclude(self.policy, answers, self.fired(answers, by))


def compile_policy(policy: Policy, rules: Sequence[Rule]) -> Ruleset:
    """Compile these rules of the policy.

    Raises `TooLargeError` for a condition that `refuse_too_large` would have refused.
    """
    productions = compile_rules(policy, rules)
    targets = {target.id: target for target in targets_of(rules)}
    engine = DurableEngine(productions, *_shape(policy))
    return Ruleset(
        policy=policy,
        targets=targets,
        productions={production.id: production for production in productions},
        engine=engine,
        plain=PlainEngine(productions),
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


def refuse_too_large(policy: Policy, rules: Sequence[Rule]) -> None:
    """Raises `DataError` where a condition of these rules is too large for the engine.

    What the engine is given is written, and nothing compiled: that would take more time, and
    memory that is not used again.
    """
    _, several = _shape(policy)
    try:
        for production in compile_rules(policy, rules):
            alternatives(production, several)
    except TooLargeError as error:
        targets = {target.id: target for target in targets_of(rules)}
        place = targets[error.production].rule.place
        raise DataError(f"{place}.when: {error}") from error

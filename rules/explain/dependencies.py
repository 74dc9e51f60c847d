"""Which questions each rule reads: from its own condition, and through other rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questions.conditions import facts_read
from rules.engine.compiler import compile_rules, targets_of
from rules.engine.productions import Production
from rules.model import Policy

Questions = frozenset[str]
"""Ids of questions."""


@dataclass(frozen=True)
class Reads:
    """The questions whose answers a rule reads, in asking order; none stands in both."""

    directly: tuple[str, ...]
    """Its condition compares the answer, or what is on record for the answer."""
    through_rules: tuple[str, ...]
    """Only rules that it depends on read the answer: they derive a fact that it reads, go before
    it, or decide whether an organisation gives help at all."""


def questions_read(policy: Policy) -> Mapping[str, Reads]:
    """What each rule reads, by rule id in the order of the data."""
    productions = compile_rules(policy, policy.rules)
    behind = _Behind(policy, productions)
    needed: dict[str, Questions] = {}
    for target, production in zip(targets_of(policy.rules), productions, strict=True):
        questions = behind.all_of(facts_read(production.condition))
        needed[target.rule.id] = needed.get(target.rule.id, frozenset()) | questions
    reads: dict[str, Reads] = {}
    for rule in policy.rules:
        directly = behind.directly(facts_read(rule.when))
        through = needed[rule.id] - directly
        reads[rule.id] = Reads(_in_order(policy, directly), _in_order(policy, through))
    return reads


class _Behind:
    """Finds the questions behind facts."""

    def __init__(self, policy: Policy, productions: Sequence[Production]) -> None:
        self._policy = policy
        self._derived: dict[str, set[str]] = {}
        for production in productions:
            for fact in production.effect:
                self._derived.setdefault(fact, set()).update(facts_read(production.condition))

    def directly(self, facts: Iterable[str]) -> Questions:
        """The questions among the facts, and those for whose answer a fact is looked up."""
        return frozenset(self._question(fact) for fact in facts if fact not in self._derived)

    def all_of(self, facts: Iterable[str]) -> Questions:
        """The questions behind the facts, through as many rules as it takes."""
        found: set[str] = set()
        for fact in facts:
            found |= (
                self.all_of(self._derived[fact])
                if fact in self._derived
                else {self._question(fact)}
            )
        return frozenset(found)

    def _question(self, fact: str) -> str:
        return self._policy.looked_up_by if fact in self._policy.questionnaire.lookups else fact


def _in_order(policy: Policy, questions: Questions) -> tuple[str, ...]:
    return tuple(name for name in policy.questionnaire.by_id if name in questions)

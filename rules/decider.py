"""The one entrance: answers in, a Decision out. Pure, and safe for many threads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from questions import Answers, Path, replay
from rules.decision import Decision
from rules.engine.ruleset import Ruleset, compile_policy
from rules.explain.explanation import Explanation
from rules.model import Policy


class Decider:
    """Decides by one policy.

    Keeps one compiled engine for each set of rules that is valid on a day, and nothing by answers:
    what was decided before would be decided sooner, and tell whoever asks that somebody had these
    answers.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._compiled = lru_cache(maxsize=8)(self._compile)
        self._valid_rules = lru_cache(maxsize=8)(self._find_valid_rules)

    def path(self, answers: Answers) -> Path:
        """The way through the questionnaire for these (valid) answers."""
        return replay(self.policy.questionnaire, answers, self.policy.lookup)

    def decide(self, answers: Answers, on: date) -> Decision:
        """The decision for valid answers, with the rules that hold on that day."""
        return self.decide_at(self.path(answers), on)

    def decide_at(self, path: Path, on: date) -> Decision:
        """The decision for whoever has come this way."""
        if path.next_question:
            return self._unfinished(path)
        compiled = self.compiled(on)
        decision = compiled.conclude(path.answers, compiled.engine)
        if path.ignored:
            return replace(decision, ignored=path.ignored)
        return decision

    def explain(self, answers: Answers, on: date) -> Explanation:
        """Why not, and what would change it, for valid answers that complete the questionnaire."""
        return self.explain_at(self.path(answers), on)

    def explain_at(self, path: Path, on: date) -> Explanation:
        """The explanation for whoever has come this way to the end."""
        return Explanation(self.compiled(on), path.answers)

    def prepare(self, on: date) -> None:
        """Compile before the first person asks."""
        self.compiled(on)

    def _find_valid_rules(self, on: date) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.policy.rules_on(on))

    def compiled(self, on: date) -> Ruleset:
        """The rules that hold on that day, compiled."""
        return self._compiled(self._valid_rules(on))

    def _compile(self, rule_ids: tuple[str, ...]) -> Ruleset:
        return compile_policy(self.policy, [self.policy.rule_by_id[each] for each in rule_ids])

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
            places=(),
            fired=(),
            policy_version=self.policy.version,
            policy_sha256=self.policy.sha256,
        )

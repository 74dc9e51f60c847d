"""The same productions evaluated directly, without durable_rules.

For what-if questions, of which a result page asks many, and as one of the forms that the proof
compares with durable_rules. `rules.proof` shows that both fire the same, for all answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from questions.conditions import Facts, Value, holds
from rules.engine.productions import Production


class PlainEngine:
    """Evaluates productions layer by layer; has no state, so any thread may use it."""

    def __init__(self, productions: Sequence[Production]) -> None:
        self._productions = sorted(productions, key=lambda production: production.layer)

    def run(self, facts: Facts) -> list[str]:
        """The ids of the productions that fire for the facts."""
        known: dict[str, Value] = dict(facts)
        fired = []
        for production in self._productions:
            # What a production derives is read in later layers only.
            if holds(production.condition, known):
                fired.append(production.id)
                known.update(production.effect)
        return fired

"""The only module that knows durable_rules: productions in, what fired out.

Productions stand in layers. A layer reads one flat fact, which holds the answers and all that
the layers below derived; its last production (by durable_rules' own priority) asserts the fact of
the next layer. So conclusions follow from derived facts by forward chaining inside the engine.

`Ruleset` is used without durable_rules' `Host`: a host starts threads that take up waiting
actions of any session, and these would race with the thread that evaluates.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import finalize

import durable_rules_engine  # type: ignore[import-not-found]
from durable.engine import Ruleset

from questions.conditions import Facts
from rules.engine.productions import LAYER, Production, alternatives, member, yes

RESERVED = (LAYER, "sid", "id")
"""What a message holds beside the facts: no fact can have such a name."""
_LAST = 1_000
"""The priority of what closes a layer: durable_rules runs low numbers first."""


def _ruleset(definition: Mapping[str, Any], of: object) -> Ruleset:
    """The ruleset. durable_rules never gives back its memory, some 2 MB, by itself: here it goes
    with the object that it was made for.
    """
    made = Ruleset("policy", None, definition)
    finalize(of, durable_rules_engine.delete_ruleset, made._handle).atexit = False
    return made


@dataclass
class _Run:
    """One evaluation under way."""

    facts: dict[str, str]
    fired: list[str] = field(default_factory=list)
    error: Exception | None = None


class DurableEngine:
    """A compiled set of productions; `run` may be called by many threads at once."""

    def __init__(
        self,
        productions: Sequence[Production],
        single: Iterable[str],
        several: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Compile the productions.

        `single` names the facts with one value, `several` those with a set of values, and
        what these can be. Raises `TooLargeError` for a condition that durable_rules refuses.
        """
        self._single = tuple(single)
        self._several = several
        self._runs: dict[str, _Run] = {}
        self._session_ids = itertools.count()
        self._ruleset = _ruleset(self._definition(productions), of=self)

    def run(self, facts: Facts) -> list[str]:
        """The ids of the productions that fire for the facts, layer by layer.

        Raises whatever an action raised: durable_rules itself would swallow it.
        """
        sid = str(next(self._session_ids))
        run = self._runs[sid] = _Run(self._flat(facts))
        errors: list[object] = []
        try:
            handle = self._ruleset.assert_fact(_message(sid, 0, run.facts))
            self._ruleset.do_actions(handle, lambda error, _state: errors.append(error))
        finally:
            self._ruleset.delete_state(sid)
            del self._runs[sid]
        if run.error:
            raise run.error
        if any(errors):
            raise RuntimeError(f"durable_rules failed: {errors}")
        return list(dict.fromkeys(run.fired))

    def _flat(self, facts: Facts) -> dict[str, str]:
        """Every fact as a string, the missing ones empty: durable_rules must always find it."""
        flat = {name: str(facts.get(name, "")) for name in self._single}
        for name, options in self._several.items():
            chosen = facts.get(name, ())
            flat |= {member(name, option): yes(option in chosen) for option in options}
        return flat

    def _definition(self, productions: Sequence[Production]) -> dict[str, Any]:
        rules = {
            f"{production.id}:{number}": {
                "all": [{"m": alternative}],
                "run": self._action(_fire(production)),
            }
            for production in productions
            for number, alternative in enumerate(alternatives(production, self._several))
        }
        last = max((production.layer for production in productions), default=0)
        for layer in range(last + 1):
            rules[f"close:{layer}"] = {
                "all": [{"m": {LAYER: layer}}],
                "pri": _LAST,
                "run": self._action(_advance(layer) if layer < last else _stop),
            }
        return rules

    def _action(self, act: Callable[[_Run, Any], None]) -> Callable[[Any], None]:
        # Not the engine itself: what holds it would be held by it, and stay until Python looks
        # for such circles.
        runs = self._runs

        def action(context: Any) -> None:
            run = runs[context.s.sid]
            try:
                act(run, context)
            except Exception as error:
                run.error = error

        return action


def _fire(production: Production) -> Callable[[_Run, Any], None]:
    def act(run: _Run, _context: Any) -> None:
        run.fired.append(production.id)
        run.facts.update(production.effect)

    return act


def _advance(layer: int) -> Callable[[_Run, Any], None]:
    def act(run: _Run, context: Any) -> None:
        context.assert_fact(_message(context.s.sid, layer + 1, run.facts))

    return act


def _stop(_run: _Run, _context: Any) -> None:
    """The last layer asserts nothing more."""


def _message(sid: str, layer: int, facts: Mapping[str, str]) -> dict[str, Any]:
    return {**facts, "sid": sid, "id": f"layer{layer}", LAYER: layer}

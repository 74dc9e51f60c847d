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

from questions.conditions import AllOf, AnyOf, AtLeast, Condition, Facts, Is, Not

Expression = dict[str, Any]
"""A condition on one message, in durable_rules' own JSON."""

_LAYER = "layer"
RESERVED = (_LAYER, "sid", "id")
"""What a message holds beside the facts: no fact can have such a name."""
_LAST = 1_000
"""The priority of what closes a layer: durable_rules runs low numbers first."""


class TooLargeError(Exception):
    """A condition with more comparisons than durable_rules can take."""

    def __init__(self, production: str) -> None:
        super().__init__("the condition, with those of a lower rank, is too large for the engine")
        self.production = production


@dataclass(frozen=True)
class Production:
    """What fires in `layer` when its condition holds, and the facts that follow from it."""

    id: str
    layer: int
    condition: Condition
    effect: Mapping[str, str]


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


class Engine:
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
        try:
            self._ruleset = _ruleset(self._definition(productions), of=self)
        except durable_rules_engine.error:
            for production in productions:
                self._refuse_too_large(production)
            raise

    def _refuse_too_large(self, production: Production) -> None:
        """durable_rules names no rule: see what it says of this one alone."""
        try:
            _ruleset(self._definition([production]), of=self)
        except durable_rules_engine.error as error:
            raise TooLargeError(production.id) from error

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
            flat |= {_member(name, option): _yes(option in chosen) for option in options}
        return flat

    def _definition(self, productions: Sequence[Production]) -> dict[str, Any]:
        rules = {
            f"{production.id}:{number}": {
                "all": [{"m": _in_layer(production.layer, alternative)}],
                "run": self._action(_fire(production)),
            }
            for production in productions
            for number, alternative in enumerate(_alternatives(self._express(production.condition)))
        }
        last = max((production.layer for production in productions), default=0)
        for layer in range(last + 1):
            rules[f"close:{layer}"] = {
                "all": [{"m": {_LAYER: layer}}],
                "pri": _LAST,
                "run": self._action(_advance(layer) if layer < last else _stop),
            }
        return rules

    def _action(self, act: Callable[[_Run, Any], None]) -> Callable[[Any], None]:
        def action(context: Any) -> None:
            run = self._runs[context.s.sid]
            try:
                act(run, context)
            except Exception as error:
                run.error = error

        return action

    def _express(self, condition: Condition, *, negated: bool = False) -> Expression:
        """The condition in durable_rules' JSON, with negations moved to the comparisons."""
        match condition:
            case Is(fact, values) if fact in self._several:
                alternatives = [
                    _equals(_member(fact, each), _yes(True), negated) for each in values
                ]
            case Is(fact, values):
                alternatives = [_equals(fact, each, negated) for each in values]
            case Not(part):
                return self._express(part, negated=not negated)
            case AllOf(parts):
                return _join([self._express(each, negated=negated) for each in parts], not negated)
            case AnyOf(parts):
                alternatives = [self._express(each, negated=negated) for each in parts]
            case AtLeast(count, parts):
                groups = [AllOf(group) for group in itertools.combinations(parts, count)]
                alternatives = [self._express(group, negated=negated) for group in groups]
        return _join(alternatives, negated)


def _alternatives(expression: Expression) -> list[Expression]:
    """The parts of a disjunction, each to become a rule: durable_rules takes no more than 32
    comparisons in one (error 113). A production that fires by two of them counts once.
    """
    parts: list[Expression] = expression.get("$or", [expression])
    return parts


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
    return {**facts, "sid": sid, "id": f"layer{layer}", _LAYER: layer}


def _member(fact: str, value: str) -> str:
    return f"{fact}__{value}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _equals(fact: str, value: str, negated: bool) -> Expression:
    return {"$neq": {fact: value}} if negated else {fact: value}


def _join(expressions: list[Expression], conjunction: bool) -> Expression:
    if len(expressions) == 1:
        return expressions[0]
    if not expressions:
        # Nothing to satisfy: true for "all of none". Every message has a layer of at least 0.
        return {"$gte": {_LAYER: 0}} if conjunction else {"$lt": {_LAYER: 0}}
    return {"$and" if conjunction else "$or": expressions}


def _in_layer(layer: int, expression: Expression) -> Expression:
    return {"$and": [{_LAYER: layer}, expression]}

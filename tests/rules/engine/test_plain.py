"""The engine without durable_rules."""

from __future__ import annotations

import random

from questions.conditions import ALWAYS, Is, Not
from rules.engine.plain import PlainEngine
from rules.engine.productions import Production
from tests.rules.deciders import shipped
from tests.rules.proof.breaking import compiled, people

FIRST = Production("first", 0, Is("appeal", ("over",)), {"stage": "final"})
SECOND = Production("second", 1, Is("stage", ("final",)), {"end": "yes"})
THIRD = Production("third", 2, Not(Is("end", ("yes",))), {})


def test_a_layer_reads_what_the_layers_below_derived() -> None:
    engine = PlainEngine([FIRST, SECOND, THIRD])
    assert engine.run({"appeal": "over"}) == ["first", "second"]
    assert engine.run({"appeal": "pending"}) == ["third"]


def test_the_order_in_which_productions_are_given_does_not_count() -> None:
    assert set(PlainEngine([THIRD, SECOND, FIRST]).run({"appeal": "over"})) == {"first", "second"}
    shuffled = list(compiled().productions.values())
    random.Random("shuffled").shuffle(shuffled)
    for answers in people("shuffled", 300):
        facts = {**answers, **shipped().lookup(answers)}
        assert set(PlainEngine(shuffled).run(facts)) == set(compiled().plain.run(facts))


def test_nothing_is_left_of_an_earlier_run() -> None:
    facts = {"appeal": "over"}
    engine = PlainEngine([FIRST, SECOND])
    assert engine.run(facts) == engine.run(facts)
    assert engine.run({}) == []
    assert facts == {"appeal": "over"}


def test_what_always_holds_fires_without_facts() -> None:
    assert PlainEngine([Production("always", 0, ALWAYS, {})]).run({}) == ["always"]

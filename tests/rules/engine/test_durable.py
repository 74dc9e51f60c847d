"""durable_rules fires what holds, says when it fails, and leaves nothing behind."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, product
from typing import NoReturn

import durable_rules_engine  # type: ignore[import-not-found]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.conditions import ALWAYS, AllOf, AnyOf, AtLeast, Condition, Facts, Is, Not, holds
from rules import Decider
from rules.engine import durable as engine
from rules.engine.durable import DurableEngine
from rules.engine.plain import PlainEngine
from rules.engine.productions import Production, TooLargeError
from tests.questions.written_conditions import (
    ALL_FACTS,
    SEVERAL,
    VOCABULARY,
    Written,
    read,
    written_conditions,
)
from tests.rules.deciders import ON, shipped
from tests.rules.policy_rows import person
from tests.support.answers.answer_sets import random_answers
from tests.support.vocabulary import Answers

SINGLE = [name for name in VOCABULARY if name not in SEVERAL]
THREADS = 8
RED = Is("colour", ("red",))


def engine_of(*productions: Production, single: tuple[str, ...] = ()) -> DurableEngine:
    several = {name: VOCABULARY[name] for name in SEVERAL}
    return DurableEngine(productions, [*SINGLE, *single], several)


def engine_for(*conditions: Condition) -> DurableEngine:
    return engine_of(
        *(Production(str(number), 0, each, {}) for number, each in enumerate(conditions))
    )


def fits(written: Written) -> bool:
    """Whether durable_rules takes the condition, and its opposite; about one in 700 is too much.

    That it refuses what is too much, and never misreads it, has a test of its own.
    """
    condition = read(written)
    try:
        engine_for(condition, Not(condition))
    except TooLargeError:
        return False
    return True


class TestConditions:
    @given(written=written_conditions().filter(fits))
    def test_a_production_fires_exactly_when_its_condition_holds(self, written: Written) -> None:
        condition = read(written)
        compiled = engine_for(condition, Not(condition))
        for facts in ALL_FACTS:
            expected = ["0"] if holds(condition, facts) else ["1"]
            assert compiled.run(facts) == expected, facts

    @given(several=st.lists(written_conditions().filter(fits), min_size=2, max_size=8))
    def test_productions_do_not_disturb_each_other(self, several: list[Written]) -> None:
        conditions = [read(written) for written in several]
        compiled = engine_for(*conditions)
        for facts in ALL_FACTS:
            expected = {str(n) for n, each in enumerate(conditions) if holds(each, facts)}
            assert set(compiled.run(facts)) == expected, facts

    @pytest.mark.parametrize(
        ("condition", "fires"),
        [
            (AllOf(()), True),
            (AnyOf(()), False),
            (Not(AllOf(())), False),
            (Not(AnyOf(())), True),
            (AtLeast(3, (RED, ALWAYS)), False),
            (Not(AtLeast(3, (RED, ALWAYS))), True),
        ],
    )
    def test_conditions_without_enough_parts_are_settled_beforehand(
        self, condition: Condition, fires: bool
    ) -> None:
        assert bool(engine_for(condition).run({"colour": "red"})) == fires

    def test_a_production_that_holds_in_several_ways_fires_once(self) -> None:
        either = AnyOf((RED, Is("ready", ("yes",)), Is("tools", ("saw", "axe"))))
        facts: Facts = {"colour": "red", "ready": "yes", "tools": ("saw", "axe")}
        assert engine_for(either).run(facts) == ["0"]

    @pytest.mark.parametrize("size", [2, 31, 32, 33, 40])
    def test_a_condition_may_be_long(self, size: int) -> None:
        # durable_rules has a limit for the comparisons in one disjunction.
        names = tuple(f"fact{number}" for number in range(size))
        both = tuple(Is(name, ("yes",)) for name in names)
        productions = [Production("all", 0, AllOf(both), {}), Production("any", 0, AnyOf(both), {})]
        compiled = engine_of(*productions, single=names)
        assert set(compiled.run(dict.fromkeys(names, "yes"))) == {"all", "any"}
        assert compiled.run({names[-1]: "yes"}) == ["any"]
        assert compiled.run(dict.fromkeys(names[1:], "yes")) == ["any"]
        assert compiled.run({}) == []

    def test_two_of_six_roles_are_counted_right(self) -> None:
        # The largest "at least" of the policy.
        names = tuple(f"role{number}" for number in range(6))
        condition = AtLeast(2, tuple(Is(name, ("supports",)) for name in names))
        compiled = engine_of(Production("two", 0, condition, {}), single=names)
        for size in range(7):
            for supporting in combinations(names, size):
                fired = compiled.run(dict.fromkeys(supporting, "supports"))
                assert fired == (["two"] if size > 1 else []), supporting

    def test_what_is_too_much_for_durable_rules_is_refused_before_anybody_asks(self) -> None:
        # Never silently misread. "At most one of six" has 15 pairs, each in two ways.
        names = tuple(f"role{number}" for number in range(6))
        at_most_one = Not(AtLeast(2, tuple(Is(name, ("supports",)) for name in names)))
        small, large = Production("red", 0, RED, {}), Production("fewer", 0, at_most_one, {})
        with pytest.raises(TooLargeError) as caught:
            engine_of(small, large, single=names)
        assert caught.value.production == "fewer"


class TestLayers:
    CHAIN = (
        Production("first", 0, RED, {"warm": "yes"}),
        Production("second", 1, Is("warm", ("yes",)), {"hot": "yes"}),
        Production("third", 2, AllOf((Is("hot", ("yes",)), Not(Is("ready", ("yes",))))), {}),
    )

    def test_what_one_layer_derives_the_next_one_reads(self) -> None:
        chain = engine_of(*self.CHAIN, single=("warm", "hot"))
        assert chain.run({"colour": "red"}) == ["first", "second", "third"]
        assert chain.run({"colour": "red", "ready": "yes"}) == ["first", "second"]
        assert chain.run({"colour": "blue"}) == []

    def test_nothing_is_left_from_the_one_before(self) -> None:
        chain = engine_of(*self.CHAIN, single=("warm", "hot"))
        for _ in range(3):
            assert chain.run({"colour": "red"}) == ["first", "second", "third"]
            assert chain.run({"colour": "green"}) == []

    def test_the_plain_engine_fires_the_same_for_the_whole_policy(self) -> None:
        compiled = Decider(shipped()).compiled(ON)
        rng = random.Random("plain")
        for _ in range(300):
            answers = random_answers(rng)
            facts = {**answers, **shipped().lookup(answers)}
            plain = PlainEngine(list(compiled.productions.values()))
            assert set(compiled.engine.run(facts)) == set(plain.run(facts))


class Refused(Exception):
    """What a broken effect raises."""


class BrokenEffect(Mapping[str, str]):
    """An effect that cannot be read."""

    def __getitem__(self, _key: str) -> NoReturn:
        raise Refused

    def __iter__(self) -> Iterator[str]:
        raise Refused

    def __len__(self) -> int:
        return 1


class TestFailures:
    def with_broken(self, layer: int) -> DurableEngine:
        return engine_of(
            Production("fine", 0, ALWAYS, {"warm": "yes"}),
            Production("broken", layer, RED, BrokenEffect()),
            Production("last", 2, ALWAYS, {}),
            single=("warm",),
        )

    @pytest.mark.parametrize("layer", [0, 1, 2])
    def test_what_an_action_raises_reaches_the_caller(self, layer: int) -> None:
        with pytest.raises(Refused):
            self.with_broken(layer).run({"colour": "red"})

    def test_after_a_failure_the_engine_still_works(self) -> None:
        broken = self.with_broken(1)
        for _ in range(3):
            with pytest.raises(Refused):
                broken.run({"colour": "red"})
            assert broken.run({"colour": "blue"}) == ["fine", "last"]

    def test_a_failure_in_the_policy_is_no_decision(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_run: object, _context: object) -> NoReturn:
            raise Refused

        monkeypatch.setattr(engine, "_fire", lambda _production: refuse)
        with pytest.raises(Refused):
            Decider(shipped()).decide(person(), ON)

    def test_a_layer_that_cannot_be_closed_is_no_decision(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_run: object, _context: object) -> NoReturn:
            raise Refused

        monkeypatch.setattr(engine, "_advance", lambda _layer: refuse)
        with pytest.raises(Refused):
            Decider(shipped()).decide(person(), ON)


class TestSessions:
    """A session is deleted after each evaluation: durable_rules would keep 2 MB for each."""

    def sessions(self, compiled: DurableEngine, count: int) -> list[str]:
        return [sid for sid in map(str, range(count)) if self._is_there(compiled, sid)]

    @staticmethod
    def _is_there(compiled: DurableEngine, sid: str) -> bool:
        try:
            compiled._ruleset.get_state(sid)
        except durable_rules_engine.error:
            return False
        return True

    def test_after_an_evaluation_nothing_is_kept(self) -> None:
        compiled = engine_for(RED)
        for _ in range(3):
            compiled.run({"colour": "red"})
        assert self.sessions(compiled, 3) == []
        assert not compiled._runs

    def test_after_a_failure_nothing_is_kept(self) -> None:
        compiled = engine_of(Production("broken", 0, ALWAYS, BrokenEffect()))
        with pytest.raises(Refused):
            compiled.run({})
        assert self.sessions(compiled, 1) == []
        assert not compiled._runs

    def test_what_is_kept_would_be_seen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        compiled = engine_for(RED)
        monkeypatch.setattr(compiled._ruleset, "delete_state", lambda _sid: None)
        for _ in range(3):
            compiled.run({"colour": "red"})
        assert self.sessions(compiled, 3) == ["0", "1", "2"]

    def test_every_evaluation_has_a_session_of_its_own(self) -> None:
        compiled = engine_for(RED)
        for colour, fired in (("red", ["0"]), ("blue", []), ("red", ["0"]), ("green", [])):
            assert compiled.run({"colour": colour}) == fired


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads take turns a thousand times as often as they would."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1_000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
class TestThreads:
    PEOPLE = 150

    def people(self) -> list[Answers]:
        rng = random.Random("threads")
        return [random_answers(rng) for _ in range(self.PEOPLE)]

    def test_eight_at_once_decide_as_one(self) -> None:
        people = self.people()
        one = Decider(shipped())
        alone = [one.decide(answers, ON) for answers in people]
        # Fresh, so that they also compile at once.
        shared = Decider(shipped())

        def decide_all(start: int) -> list[bool]:
            turned = [*range(start, self.PEOPLE), *range(start)]
            return [shared.decide(people[number], ON) == alone[number] for number in turned]

        with ThreadPoolExecutor(THREADS) as pool:
            starts = [thread * self.PEOPLE // THREADS for thread in range(THREADS)]
            results = list(pool.map(decide_all, starts))
        assert [len(each) for each in results] == [self.PEOPLE] * THREADS
        assert all(map(all, results))
        assert not shared.compiled(ON).engine._runs

    def test_a_failure_reaches_only_the_thread_that_caused_it(self) -> None:
        compiled = engine_of(Production("broken", 0, RED, BrokenEffect()))

        def run(number: int) -> str:
            try:
                compiled.run({"colour": "red" if number % 2 else "blue"})
            except Refused:
                return "refused"
            return "fine"

        with ThreadPoolExecutor(THREADS) as pool:
            assert list(pool.map(run, range(400))) == ["fine", "refused"] * 200


def test_all_facts_are_tried_with_every_option() -> None:
    tried = {facts.get("tools", ()) for facts in ALL_FACTS}
    assert tried == {(), ("saw",), ("axe",), ("saw", "axe")}
    assert len(ALL_FACTS) == len(list(product(range(4), range(3), range(4))))

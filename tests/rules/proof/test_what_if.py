"""What would change the result: compared with trying every other answer, by durable_rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest

from rules.what_if import WhatIfs, WouldChange
from tests.rules.deciders import ON
from tests.rules.proof.breaking import compiled, people, shipped_decider
from tests.vocabulary import ASKED_WHEN, OPTIONS, ORGANISATIONS, SEVERAL, SUPPORTS, Answer, Answers

Change = tuple[str, str]

VARIED = frozenset(
    {
        *("appeal", "return_choice", "vwn_view", "withdraw", "residence", "dublin"),
        *("travel_document", "returned_before", "other_provider"),
    }
)
"""What a person can choose or have wrong, as agreed: not nationality, household, illness,
what is new in the case, or the help wanted."""
VARIED_IF_UNKNOWN = "asylum_decision"
"""What is on a letter: only who does not know it can have it wrong."""

GIVING = ("supports", "refers", "ask", "arranges", "informs")


@dataclass(frozen=True)
class Given:
    """Who can do something, and what is offered."""

    organisations: frozenset[str]
    supports: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.organisations | self.supports


def given(answers: Answers) -> Given:
    """As durable_rules decides."""
    decision = shipped_decider().decide(answers, ON)
    assert decision.complete
    return Given(
        frozenset(each.id for each in decision.organisations if each.role in GIVING),
        frozenset(each.id for each in decision.supports),
    )


def changed(answers: Answers, *changes: tuple[str, Answer]) -> dict[str, Answer]:
    """The answers after the changes, one by one; to what is newly asked the answer is unknown."""
    for change in changes:
        wanted = {**answers, change[0]: change[1]}
        answers = {}
        for question, asked in ASKED_WHEN.items():
            if asked(answers, {}):
                answers[question] = wanted.get(question, unknown(question))
    return dict(answers)


def unknown(question: str) -> Answer:
    return ("unknown",) if question in SEVERAL else "unknown"


def other_answers(answers: Answers) -> Iterator[Change]:
    """Every other answer to what may be varied; "I do not know" changes nothing in reality."""
    for question, answer in answers.items():
        if question in VARIED or (question == VARIED_IF_UNKNOWN and answer == "unknown"):
            for option in OPTIONS[question]:
                if option not in (answer, "unknown"):
                    yield question, option


@dataclass(frozen=True)
class Tried:
    """One person, what the program reports, and what is true."""

    answers: Answers
    reported: tuple[WouldChange, ...]
    base: Given
    single: Mapping[Change, Given]
    """What every other answer gives."""

    @property
    def pairs(self) -> list[WouldChange]:
        return [each for each in self.reported if each.also]

    @property
    def brought_by_one(self) -> frozenset[str]:
        """What some single change adds."""
        return frozenset().union(*(each.all for each in self.single.values())) - self.base.all


@cache
def everybody() -> tuple[Tried, ...]:
    return tuple(tried(answers) for answers in people("what if", 40))


def tried(answers: Answers) -> Tried:
    return Tried(
        answers,
        WhatIfs(compiled(), answers).all(),
        given(answers),
        {change: given(changed(answers, change)) for change in other_answers(answers)},
    )


def changes_of(effect: WouldChange) -> list[tuple[str, Answer]]:
    return [(effect.question, effect.answer), *([effect.also] if effect.also else [])]


def test_every_reported_change_has_exactly_the_reported_effect() -> None:
    for person in everybody():
        for effect in person.reported:
            now = given(changed(person.answers, *changes_of(effect)))
            assert set(effect.added_organisations) == now.organisations - person.base.organisations
            assert set(effect.added_supports) == now.supports - person.base.supports
            assert (
                set(effect.removed_organisations) == person.base.organisations - now.organisations
            )
            assert set(effect.removed_supports) == person.base.supports - now.supports


def test_every_single_change_with_an_effect_is_reported_and_no_other() -> None:
    for person in everybody():
        reported = {(each.question, each.answer) for each in person.reported if not each.also}
        assert reported == {change for change, now in person.single.items() if now != person.base}


def test_nobody_is_told_twice() -> None:
    for person in everybody():
        told = [tuple(changes_of(effect)) for effect in person.reported]
        assert len(set(told)) == len(told)


def test_only_what_a_person_can_choose_or_have_wrong_is_varied() -> None:
    for person in everybody():
        for effect in person.reported:
            for question, answer in changes_of(effect):
                was = person.answers.get(question, "unknown")
                assert question in VARIED or (question, was) == (VARIED_IF_UNKNOWN, "unknown")
                assert answer not in (was, "unknown")


def test_a_pair_changes_two_questions_and_brings_what_no_single_change_brings() -> None:
    pairs = [(person, effect) for person in everybody() for effect in person.pairs]
    assert pairs
    for person, effect in pairs:
        first, second = changes_of(effect)
        assert first[0] != second[0]
        added = {*effect.added_organisations, *effect.added_supports}
        assert added - person.brought_by_one


def test_each_pair_brings_something_that_no_pair_before_it_brings() -> None:
    for person in everybody():
        reached = set(person.brought_by_one)
        for effect in person.pairs:
            added = {*effect.added_organisations, *effect.added_supports}
            assert added - reached
            reached |= added


def test_what_some_pair_can_bring_and_no_single_change_is_brought() -> None:
    for person in everybody()[:15]:
        told = {
            name
            for effect in person.pairs
            for name in (*effect.added_organisations, *effect.added_supports)
        }
        missing = {*ORGANISATIONS, *SUPPORTS} - person.base.all - person.brought_by_one
        possible = {
            name
            for first in person.single
            for second in other_answers(changed(person.answers, first))
            if second[0] != first[0]
            for name in given(changed(person.answers, first, second)).all & missing
        }
        assert told & missing == possible


def test_single_changes_stand_before_pairs_and_in_asking_order() -> None:
    order = list(OPTIONS)
    for person in everybody():
        pairs = [bool(each.also) for each in person.reported]
        assert pairs == sorted(pairs)
        single = [order.index(each.question) for each in person.reported if not each.also]
        assert single == sorted(single)


@pytest.mark.parametrize(("decision", "may_change"), [("unknown", True), ("permit", False)])
def test_the_decision_of_the_ind_changes_only_for_who_does_not_know_it(
    decision: str, may_change: bool
) -> None:
    answers = {"asylum_decision": decision, "return_choice": "thinking", "country": "SY"}
    person = tried(changed(answers, ("new_facts", "no")))
    asked = {each.question for each in person.reported}
    assert (VARIED_IF_UNKNOWN in asked) == may_change


def test_who_is_forced_to_leave_is_told_what_choosing_would_bring() -> None:
    forced = {"asylum_decision": "rejected", "appeal": "over", "return_choice": "forced"}
    person = tried(changed({**forced, "country": "SY"}, ("vwn_view", "assists")))
    [decided] = [each for each in person.reported if each.answer == "decided"]
    assert {"solid_road", "ros", "goedwerk", "wereldwijd"} == {*decided.added_organisations}
    assert {"travel", "cash"} < {*decided.added_supports}


def test_the_second_change_may_answer_a_question_that_the_first_brings_up() -> None:
    waiting = {"asylum_decision": "waiting", "return_choice": "thinking", "country": "DE"}
    person = tried(changed(waiting, ("vwn_view", "assists")))
    [pair] = [each for each in person.pairs if "travel_documents" in each.added_supports]
    assert changes_of(pair) == [("return_choice", "decided"), ("withdraw", "yes")]
    assert "withdraw" not in person.answers

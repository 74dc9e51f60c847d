"""What would change the result: compared with trying every other answer, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rules.explain.what_if import WhatIfs, WouldChange
from tests.rules.policy_md import Agreed, agreed
from tests.rules.policy_rows import person
from tests.rules.proof.breaking import compiled, people
from tests.support.vocabulary import ASKED_WHEN, OPTIONS, ROLES, SEVERAL, Answer, Answers

NO_MORE = ("arranged", "dublin", "household", "circumstances")
"""Nobody is led to say these."""
HELPS = ("continues", "supports", "fits", "refers", "ask", "informs")
"""The roles that give help that people ask for."""


@dataclass(frozen=True)
class Tried:
    """One person, what the program reports, and what should be told."""

    answers: Answers
    reported: tuple[WouldChange, ...]
    expected: dict[tuple[str, Answer], Agreed]


def changed(answers: Answers, question: str, answer: Answer) -> dict[str, Answer]:
    """The answers after the change; to what is newly asked the answer is unknown."""
    wanted = {**answers, question: answer}
    found: dict[str, Answer] = {}
    for name, asked in ASKED_WHEN.items():
        if asked(found, {}):
            found[name] = wanted.get(name, ("unknown",) if name in SEVERAL else "unknown")
    return found


def tellable(now: Agreed) -> object:
    """What is compared: roles, kinds of help, steps."""
    return dict(now.roles), {name for name, _ in now.supports}, now.next_steps


def more_help(before: Agreed, after: Agreed) -> bool:
    roles = dict(before.roles)
    better = any(
        role in HELPS
        and role != roles[name]
        and (roles[name] not in HELPS or ROLES.index(role) < ROLES.index(roles[name]))
        for name, role in after.roles
    )
    return better or bool({s for s, _ in after.supports} - {s for s, _ in before.supports})


def others(answers: Answers) -> Iterator[tuple[str, Answer]]:
    for question, given in answers.items():
        choice = question == "return_choice" and given != "stay"
        if choice or given in ("unknown", ("unknown",)):
            for option in OPTIONS[question]:
                if option not in (given, "unknown"):
                    yield question, (option,) if question in SEVERAL else option


def expected(answers: Answers) -> dict[tuple[str, Answer], Agreed]:
    before = agreed(answers)
    found = {}
    for question, answer in others(answers):
        then = changed(answers, question, answer)
        if question != "return_choice" and set(then) - set(answers):
            continue
        after = agreed(then)
        if tellable(after) == tellable(before):
            continue
        if question in NO_MORE and more_help(before, after):
            continue
        found[question, answer] = after
    return found


@cache
def everybody() -> tuple[Tried, ...]:
    return tuple(
        Tried(answers, WhatIfs(compiled(), answers).all(), expected(answers))
        for answers in people("what if", 150)
    )


def test_exactly_what_was_agreed_is_told() -> None:
    for tried in everybody():
        told = {(each.question, each.answer) for each in tried.reported}
        assert told == set(tried.expected), tried.answers


def test_every_change_is_told_as_it_is() -> None:
    for tried in everybody():
        before = agreed(tried.answers)
        for each in tried.reported:
            after = tried.expected[each.question, each.answer]
            roles = dict(before.roles)
            now = {(other.organisation, other.role) for other in each.roles}
            assert now == {(name, role) for name, role in after.roles if role != roles[name]}
            was = {name for name, _ in before.supports}
            will = {name for name, _ in after.supports}
            assert (set(each.added_supports), set(each.removed_supports)) == (
                will - was,
                was - will,
            )
            steps = set(before.next_steps), set(after.next_steps)
            assert set(each.added_steps) == steps[1] - steps[0]
            assert set(each.removed_steps) == steps[0] - steps[1]


def test_nobody_is_told_twice_and_all_in_asking_order() -> None:
    order = list(OPTIONS)
    for tried in everybody():
        told = [(each.question, each.answer) for each in tried.reported]
        assert len(set(told)) == len(told)
        places = [order.index(each.question) for each in tried.reported]
        assert places == sorted(places)


def test_who_wants_to_stay_is_not_told_what_returning_would_bring() -> None:
    found = WhatIfs(compiled(), person(return_choice="stay")).all()
    assert "return_choice" not in {each.question for each in found}


def test_who_does_not_know_is_told_of_staying_too() -> None:
    found = WhatIfs(compiled(), person(return_choice="unknown")).all()
    told = {each.answer for each in found if each.question == "return_choice"}
    assert told >= {"thinking", "stay"}


def test_nobody_is_led_to_say_that_there_was_trafficking() -> None:
    found = WhatIfs(compiled(), person(circumstances=("unknown",))).all()
    assert ("circumstances", ("trafficking",)) not in {(e.question, e.answer) for e in found}

"""Why not: which answers exclude an organisation or a kind of help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

import pytest

from rules.explain.why_not import Blame
from rules.model import AssignRole
from rules.proof.diagrams import Truth
from rules.proof.space import Space
from tests.rules.deciders import ON
from tests.rules.policy_rows import at, person
from tests.rules.proof.breaking import compiled, people, shipped_decider, shipped_space
from tests.support.vocabulary import OPTIONS, SEVERAL, SUPPORTS, Answers

Blamed = Mapping[str, tuple[str, ...]]


@cache
def everybody() -> tuple[tuple[Answers, Blamed, Blamed], ...]:
    """People with what is blamed for their missing supports, and for excluded organisations."""
    found = ((answers, Blame(compiled(), answers)) for answers in people("blame", 400))
    return tuple(
        (answers, blame.missing_supports(), blame.excluded_organisations())
        for answers, blame in found
    )


def whoever_answers(space: Space, answers: Answers, questions: Iterable[str]) -> Truth:
    """All people with the same answers to these questions."""
    truth = ~space.nothing
    for question in questions:
        number = space.position[question]
        classes = space.axes[number].classes
        same = [n for n, each in enumerate(classes) if answers[question] in each.members]
        truth = truth & space.answered(number, same[0]) & space.asked[question]
    assert truth.any()
    return truth


def test_exactly_the_supports_that_are_not_offered_have_a_reason() -> None:
    for answers, missing, _ in everybody():
        offered = {each.id for each in shipped_decider().decide(answers, ON).supports}
        assert set(missing) == set(SUPPORTS) - offered


def test_exactly_the_organisations_that_are_not_for_you_have_a_reason() -> None:
    for answers, _, excluded in everybody():
        organisations = shipped_decider().decide(answers, ON).organisations
        assert set(excluded) == {each.id for each in organisations if each.role == "not_for_you"}


def test_every_reason_is_answers_that_were_given_in_asking_order() -> None:
    for answers, missing, excluded in everybody():
        for questions in (*missing.values(), *excluded.values()):
            assert questions
            assert list(questions) == [name for name in OPTIONS if name in questions]
            assert set(questions) <= set(answers)


def with_others(answers: Answers, questions: tuple[str, ...]) -> Iterable[Answers]:
    """Other answers to these questions only; a question that they bring up is unknown."""
    space = shipped_space()
    classes = [space.axes[space.position[name]].classes for name in questions]
    for others in product(*classes):
        given = dict(answers)
        for name, other in zip(questions, others, strict=True):
            given[name] = other.example
        path = shipped_decider().path(given)
        while path.next_question:
            several = path.next_question.id in SEVERAL
            unknown = ("unknown",) if several else "unknown"
            path = shipped_decider().path({**path.answers, path.next_question.id: unknown})
        yield path.answers


def offered(answers: Answers) -> set[str]:
    decision = compiled().conclude(answers, compiled().plain)
    return {offer.id for offer in decision.supports}


def test_other_answers_to_the_blamed_questions_bring_the_help() -> None:
    """Except where a question that only the other answer brings up keeps it away: these are few."""
    total, unreachable = 0, 0
    for answers, missing, _ in everybody()[:120]:
        for support, questions in missing.items():
            if "arranged" in questions:
                # Whom the government takes away is asked nothing of the choice.
                continue
            total += 1
            others = with_others(answers, questions)
            unreachable += not any(support in offered(other) for other in others)
    assert total > 300
    assert unreachable <= 0.1 * total


def test_who_wants_to_stay_and_comes_from_italy_is_told_both_reasons() -> None:
    answers = at("in_procedure", return_choice="stay", country="IT")
    missing = Blame(compiled(), answers).missing_supports()
    assert missing["goods"] == ("return_choice", "country")


def test_the_rules_that_exclude_an_organisation_hold_for_whoever_gives_the_blamed_answers() -> None:
    space = shipped_space()
    for answers, _, excluded in everybody():
        because = {
            each.id: each.because for each in shipped_decider().decide(answers, ON).organisations
        }
        for organisation, questions in excluded.items():
            same = whoever_answers(space, answers, questions)
            for name in because[organisation]:
                rule = space.policy.rule_by_id[name]
                assert isinstance(rule.then, AssignRole)
                assert not (same & ~space.truth(rule.when)).any()


@pytest.mark.parametrize(
    ("answers", "support", "blamed"),
    [
        (person(arranged="yes"), "travel", ("arranged",)),
        (person(return_choice="stay"), "cash", ("return_choice",)),
        (person(return_choice="stay"), "reintegration_in_kind", ("return_choice",)),
        (person(promised_by="ros"), "care", ("promised_by",)),
        (person(country="DE"), "goods", ("country",)),
    ],
)
def test_a_missing_support_names_what_rules_it_out(
    answers: Answers, support: str, blamed: tuple[str, ...]
) -> None:
    assert Blame(compiled(), answers).missing_supports()[support] == blamed


@pytest.mark.parametrize(
    ("answers", "organisation", "blamed"),
    [
        (person(return_choice="stay"), "iom", ("return_choice",)),
        (person(returned_before="yes"), "iom", ("returned_before",)),
        (person(country="DE"), "iom", ("country",)),
        (person(arranged="yes"), "goedwerk", ("arranged",)),
        (person(promised_by="iom"), "goedwerk", ("promised_by",)),
        (person(country="DE"), "ros", ("country",)),
        (person(residence="vbl"), "ros", ("residence",)),
        (at("permit", return_choice="stay"), "dtv", ("asylum_decision",)),
        (at("undocumented", return_choice="stay"), "dtv", ("asylum_decision",)),
    ],
)
def test_an_excluded_organisation_names_the_answers_of_all_rules_that_exclude_it(
    answers: Answers, organisation: str, blamed: tuple[str, ...]
) -> None:
    assert Blame(compiled(), answers).excluded_organisations()[organisation] == blamed


def test_who_gets_everything_has_nothing_to_explain() -> None:
    blame = Blame(compiled(), person())
    assert set(blame.missing_supports()) == {"victim_help"}
    assert blame.excluded_organisations() == {}

"""Why not: which answers exclude an organisation or a kind of help.

What holds of the answers blamed for a missing help: by themselves they keep one of its offers (a
rule with one giver) from being made, whatever the other answers are. It does not follow that
another answer to these questions alone would bring the help: for who wants to stay, and would go
to Italy, either answer rules money out, and one of them is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pytest

from rules.blame import Blame
from rules.model import AssignRole, OfferSupport
from rules.proof.space import Space, Truth
from tests.rules.deciders import ON
from tests.rules.policy_rows import at, person
from tests.rules.proof.breaking import compiled, people, shipped_decider, shipped_space
from tests.vocabulary import OPTIONS, SUPPORTS, Answers

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
        shape = [-1 if each == number else 1 for each in range(len(space.axes))]
        same = [answers[question] in each.members for each in space.axes[number].classes]
        truth = truth & np.reshape(same, shape) & space.asked[question]
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


def test_whoever_gives_the_blamed_answers_does_not_get_one_of_the_offers() -> None:
    space = shipped_space()
    for answers, missing, _ in everybody():
        for support, questions in missing.items():
            same = whoever_answers(space, answers, questions)
            assert any(
                not (space.fired[target.id] & same).any()
                for target in space.targets.values()
                if isinstance(target.rule.then, OfferSupport)
                and target.rule.then.support == support
            )


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
        (person(return_choice="forced"), "counselling", ("return_choice",)),
        (person(return_choice="forced"), "travel", ("return_choice",)),
        (person(return_choice="stay"), "cash", ("return_choice",)),
        (person(return_choice="stay"), "reintegration_in_kind", ("return_choice",)),
        (person(other_provider="yes"), "care", ("other_provider",)),
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
        (person(country="DE", returned_before="yes"), "iom", ("country", "returned_before")),
        (person(return_choice="forced"), "ros", ("return_choice",)),
        (person(other_provider="yes"), "goedwerk", ("other_provider",)),
        (person(country="DE", other_provider="yes"), "ros", ("country", "other_provider")),
        (at("in_procedure"), "dtv", ("asylum_decision",)),
        (at("permit", return_choice="stay"), "dtv", ("asylum_decision", "return_choice")),
        (at("undocumented", return_choice="stay"), "dtv", ("return_choice",)),
    ],
)
def test_an_excluded_organisation_names_the_answers_of_all_rules_that_exclude_it(
    answers: Answers, organisation: str, blamed: tuple[str, ...]
) -> None:
    assert Blame(compiled(), answers).excluded_organisations()[organisation] == blamed


def test_who_gets_everything_has_nothing_to_explain() -> None:
    blame = Blame(compiled(), person())
    assert blame.missing_supports() == {}
    assert blame.excluded_organisations() == {}

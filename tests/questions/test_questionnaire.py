"""The questionnaire is the one that was agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from questions import Lookup, Questionnaire, QuestionType, replay
from questions.conditions import facts_read
from rules import default_decider
from tests.support.vocabulary import (
    ASKED_WHEN,
    COUNTRIES,
    EU_EEA,
    EXCLUSIVE,
    OPTIONS,
    OTHER_COUNTRIES,
    SEVERAL,
    Answers,
    kept,
    nationality_group,
)

ONE_OF_EACH_GROUP = ("PL", "VA", "GB", "GH", "unknown")
"""One of each group."""

READ_BY_CONDITIONS = (
    *("asylum_decision", "arranged", "return_choice", "recorded_view", "country_group"),
)


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return default_decider().policy.questionnaire


def test_the_questions_stand_in_asking_order(questionnaire: Questionnaire) -> None:
    assert tuple(questionnaire.by_id) == tuple(OPTIONS)


def test_every_question_offers_the_agreed_options(questionnaire: Questionnaire) -> None:
    for name, options in OPTIONS.items():
        assert tuple(option.id for option in questionnaire.by_id[name].options) == options


def test_three_questions_take_several_answers_and_one_takes_a_country(
    questionnaire: Questionnaire,
) -> None:
    types = {name: question.type for name, question in questionnaire.by_id.items()}
    several = {name for name, kind in types.items() if kind is QuestionType.SEVERAL}
    country = {name for name, kind in types.items() if kind is QuestionType.COUNTRY}
    assert (several, country) == (set(SEVERAL), {"country"})


def test_only_none_and_unknown_stand_alone(questionnaire: Questionnaire) -> None:
    for name, question in questionnaire.by_id.items():
        alone = {option.id for option in question.options if option.exclusive}
        expected = set(EXCLUSIVE) & set(OPTIONS[name]) if name in SEVERAL else set()
        assert alone == expected, name


def test_every_question_can_be_left_unsaid(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions:
        assert "unknown" in question.option_ids, question.id


def test_every_country_where_people_live_can_be_chosen_but_the_netherlands(
    questionnaire: Questionnaire,
) -> None:
    codes = questionnaire.by_id["country"].country_codes
    assert len(codes) == len(set(codes)) == COUNTRIES
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert {*EU_EEA, *OTHER_COUNTRIES, "SS", "PS", "TW", "EH"} <= set(codes)
    # Used by agreement only, and chosen by people from there.
    assert "XK" in codes
    # Reserved or withdrawn; then where nobody lives.
    assert not {"NL", "EU", "UK", "YU"} & set(codes)
    assert not {"AQ", "BV", "GS", "HM", "IO", "TF", "UM"} & set(codes)


def test_only_countries_have_codes(questionnaire: Questionnaire) -> None:
    others = [each for each in questionnaire.questions if each.id != "country"]
    assert not any(question.country_codes for question in others)


def test_nothing_else_decides_what_is_asked(questionnaire: Questionnaire) -> None:
    # The next test varies only these.
    read = frozenset().union(*(facts_read(each.asked_when) for each in questionnaire.questions))
    assert read == set(READ_BY_CONDITIONS)


def combinations() -> Iterator[tuple[Answers, str]]:
    for decision, arranged, choice, country, recorded in product(
        OPTIONS["asylum_decision"],
        OPTIONS["arranged"],
        OPTIONS["return_choice"],
        ONE_OF_EACH_GROUP,
        ("none", "assists", "unsafe"),
    ):
        answers = {name: options[0] for name, options in OPTIONS.items()}
        for name in SEVERAL:
            answers[name] = (OPTIONS[name][0],)  # type: ignore[assignment]
        answers |= {"asylum_decision": decision, "arranged": arranged}
        answers |= {"return_choice": choice, "country": country}
        yield answers, recorded


def looked_up(recorded: str) -> Lookup:
    return lambda answers: (
        {"recorded_view": recorded, "country_group": nationality_group(answers["country"])}
        if "country" in answers
        else {}
    )


def test_each_question_is_asked_exactly_when_agreed(questionnaire: Questionnaire) -> None:
    compared = 0
    for answers, recorded in combinations():
        records = {} if recorded == "none" else {str(answers["country"]): recorded}
        expected = kept(answers, records)
        path = replay(questionnaire, answers, looked_up(recorded))
        assert path.answers == expected, answers
        assert path.ignored == tuple(name for name in ASKED_WHEN if name not in expected)
        compared += 1
    assert compared == 7 * 3 * 4 * len(ONE_OF_EACH_GROUP) * 3


def test_every_question_is_sometimes_asked_and_some_always() -> None:
    asked = [set(kept(answers, {})) for answers, _ in combinations()]
    assert set.union(*asked) == set(OPTIONS)
    assert set.intersection(*asked) == {
        *("asylum_decision", "country", "household", "circumstances", "residence"),
    }

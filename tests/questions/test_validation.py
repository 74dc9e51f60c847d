"""Which answers are taken, and the one form in which they are kept."""

from __future__ import annotations

from itertools import chain, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import (
    AnswerError,
    Questionnaire,
    QuestionType,
    validate_answer,
    validate_answers,
)
from rules import default_decider
from tests.support.answers.answer_sets import any_answers
from tests.support.vocabulary import EXCLUSIVE, OPTIONS, Answer, canonical_choices


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return default_decider().policy.questionnaire


def canonical(question: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """What names a problem or a wish counts; else the first of "none" and "unknown"."""
    in_order = [option for option in OPTIONS[question] if option in chosen]
    specific = [option for option in in_order if option not in EXCLUSIVE]
    return tuple(specific) or tuple(in_order[:1])


def every_choice(question: str, longest: int) -> list[tuple[str, ...]]:
    sizes = range(1, longest + 1)
    return list(chain.from_iterable(permutations(OPTIONS[question], size) for size in sizes))


@pytest.mark.parametrize(
    ("question", "longest", "choices"), [("circumstances", 4, 64), ("help_wanted", 3, 820)]
)
def test_several_options_in_any_order_have_one_form(
    questionnaire: Questionnaire, question: str, longest: int, choices: int
) -> None:
    given_choices = every_choice(question, longest)
    assert len(given_choices) == choices
    for chosen in given_choices:
        answer = validate_answer(questionnaire.by_id[question], list(chosen))
        assert answer == canonical(question, chosen), chosen
        assert answer in canonical_choices(question)


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (["none", "health"], ("health",)),
        (["unknown", "trafficking", "health"], ("health", "trafficking")),
        (["none"], ("none",)),
        (["unknown"], ("unknown",)),
    ],
)
def test_who_names_a_problem_has_it_whatever_else_was_ticked(
    questionnaire: Questionnaire, chosen: list[str], kept: tuple[str, ...]
) -> None:
    assert validate_answer(questionnaire.by_id["circumstances"], chosen) == kept


@given(answers=any_answers())
def test_a_valid_answer_is_kept_as_it_is(
    questionnaire: Questionnaire, answers: dict[str, Answer]
) -> None:
    once = validate_answers(questionnaire, answers)
    assert once == answers
    assert validate_answers(questionnaire, once) == once


@given(answers=any_answers(), rng=st.randoms())
def test_answers_come_back_in_asking_order(
    questionnaire: Questionnaire, answers: dict[str, Answer], rng: Any
) -> None:
    shuffled = list(answers.items())
    rng.shuffle(shuffled)
    assert list(validate_answers(questionnaire, dict(shuffled))) == list(answers)


SECRET = "zzz-my-private-words"


@pytest.mark.parametrize(
    ("answers", "field", "problem"),
    [
        ({"appeal": SECRET}, "appeal", "does not exist"),
        ({"appeal": ""}, "appeal", "does not exist"),
        ({"appeal": ["over"]}, "appeal", "one option"),
        ({"appeal": None}, "appeal", "one option"),
        ({"appeal": 1}, "appeal", "one option"),
        ({"appeal": {"over": True}}, "appeal", "one option"),
        ({"country": "nl"}, "country", "does not exist"),
        ({"country": "XX"}, "country", "does not exist"),
        ({"country": "Netherlands"}, "country", "does not exist"),
        ({"circumstances": "health"}, "circumstances", "a list"),
        ({"circumstances": {"health": 1}}, "circumstances", "a list"),
        ({"circumstances": []}, "circumstances", "at least one"),
        ({"circumstances": ["health", 1]}, "circumstances", "a list"),
        ({"circumstances": ["health", "health"]}, "circumstances", "twice"),
        ({"circumstances": ["health", SECRET]}, "circumstances", "does not exist"),
        ({SECRET: "yes"}, "answers", "question does not exist"),
        ({1: "yes"}, "answers", "question does not exist"),
        ([], "answers", "an object"),
        (None, "answers", "an object"),
        (SECRET, "answers", "an object"),
    ],
)
def test_what_the_questionnaire_does_not_know_is_refused_and_not_repeated(
    questionnaire: Questionnaire, answers: object, field: str, problem: str
) -> None:
    with pytest.raises(AnswerError, match=problem) as caught:
        validate_answers(questionnaire, answers)
    assert caught.value.field == field
    assert SECRET not in str(caught.value)


def test_every_option_of_every_question_is_taken(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions:
        for option in question.option_ids:
            chosen: object = [option] if question.type is QuestionType.SEVERAL else option
            assert validate_answer(question, chosen) in (option, (option,))

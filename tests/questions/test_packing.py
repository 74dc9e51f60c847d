"""Answers become one number, and the number becomes the same answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import Answers, Option, Question, Questionnaire, QuestionType, validate_answers
from questions.packing import pack, packings, shape, unpack
from rules import default_decider

OURS = default_decider().policy.questionnaire

names = st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=2, max_size=7, unique=True)


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    """Any question: also one in which every option excludes the others, or none does."""
    options = tuple(Option(each, each, draw(st.booleans())) for each in draw(names))
    kind = draw(st.sampled_from(QuestionType))
    codes = ("AA", "BB", "CC") if kind is QuestionType.COUNTRY else ()
    return Question(name, kind, name, name, name, options, country_codes=codes)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Any questionnaire of up to six questions."""
    ids = draw(st.lists(st.text("qrst", min_size=1), min_size=1, max_size=6, unique=True))
    return Questionnaire(tuple(draw(questions(name)) for name in ids))


@st.composite
def answers_to(draw: st.DrawFn, questionnaire: Questionnaire) -> Answers:
    """Valid answers to any of the questions, in any order."""
    given_answers: dict[str, object] = {}
    for question in draw(st.permutations(questionnaire.questions)):
        if draw(st.booleans()):
            options = st.sampled_from(question.option_ids)
            if question.type is QuestionType.SEVERAL:
                given_answers[question.id] = draw(st.lists(options, min_size=1, unique=True))
            else:
                given_answers[question.id] = draw(options)
    return validate_answers(questionnaire, given_answers)


@given(st.data())
def test_any_answers_to_any_questionnaire_come_back_as_they_were(data: st.DataObject):
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_to(questionnaire))
    number = pack(questionnaire, answers)
    assert 0 <= number < packings(questionnaire)
    assert unpack(questionnaire, number) == answers
    assert list(unpack(questionnaire, number)) == list(answers)


@given(st.data())
def test_in_every_order_of_our_questions_answers_come_back_as_they_were(data: st.DataObject):
    questionnaire = Questionnaire(tuple(data.draw(st.permutations(OURS.questions))))
    answers = data.draw(answers_to(questionnaire))
    assert unpack(questionnaire, pack(questionnaire, answers)) == answers


@given(st.integers(min_value=0, max_value=packings(OURS) - 1))
def test_every_number_stands_for_other_valid_answers(number: int):
    answers = unpack(OURS, number)
    assert validate_answers(OURS, dict(answers)) == answers
    assert pack(OURS, answers) == number


@pytest.mark.parametrize("number", [-1, packings(OURS), 2**80])
def test_a_number_that_stands_for_no_answers_is_refused(number: int):
    with pytest.raises(ValueError, match="no set of answers"):
        unpack(OURS, number)


def test_no_answers_are_zero():
    assert pack(OURS, {}) == 0
    assert unpack(OURS, 0) == {}


def changed(**values: object) -> Questionnaire:
    """Our questionnaire, with one thing of its country question changed."""
    return Questionnaire(
        tuple(
            replace(each, **values) if each.type is QuestionType.COUNTRY else each  # type: ignore[arg-type]
            for each in OURS.questions
        )
    )


COUNTRY = next(each for each in OURS.questions if each.type is QuestionType.COUNTRY)


@pytest.mark.parametrize(
    "other",
    [
        Questionnaire(OURS.questions[:-1]),
        Questionnaire(tuple(reversed(OURS.questions))),
        changed(country_codes=COUNTRY.country_codes[:-1]),
        changed(country_codes=tuple(reversed(COUNTRY.country_codes))),
        changed(options=tuple(reversed(COUNTRY.options))),
        changed(options=tuple(replace(each, exclusive=True) for each in COUNTRY.options)),
        changed(type=QuestionType.ONE),
    ],
    ids=["fewer", "order", "country gone", "countries", "options", "exclusive", "type"],
)
def test_what_would_change_the_number_has_another_shape(other: Questionnaire):
    assert shape(other) != shape(OURS)


def test_texts_and_conditions_leave_the_shape_as_it_is():
    other = changed(text="Other words", help="Other help", why="Other reason")
    assert shape(other) == shape(OURS)

"""Answers as one whole number, and back: each question is a digit of its own radix.

Digit 0 is a question without an answer; the others are its canonical answers (see `answering`) in
the order of the data. So the number depends on the shape of the questionnaire, and on nothing else.
"""

from __future__ import annotations

import hashlib
import json
from math import prod

from questions.model import Answer, Answers, Question, Questionnaire, QuestionType


def shape(questionnaire: Questionnaire) -> bytes:
    """SHA-256 over all that the number depends on: questions, types and options, in their order.

    Only with a questionnaire of the same shape does a number give the same answers back.
    """
    described = [
        [question.id, question.type, question.option_ids, _ids(question, exclusive=True)]
        for question in questionnaire.questions
    ]
    return hashlib.sha256(json.dumps(described).encode()).digest()


def packings(questionnaire: Questionnaire) -> int:
    """How many sets of answers there are; every packed number is smaller."""
    return prod(_radix(question) for question in questionnaire.questions)


def pack(questionnaire: Questionnaire, answers: Answers) -> int:
    """The number of canonical answers, also of an unfinished case."""
    number = 0
    for question in questionnaire.questions:
        digit = _digit(question, answers[question.id]) if question.id in answers else 0
        number = number * _radix(question) + digit
    return number


def unpack(questionnaire: Questionnaire, number: int) -> Answers:
    """The answers of a number, in asking order. Raises `ValueError` where it is none of ours."""
    if not 0 <= number < packings(questionnaire):
        raise ValueError("no set of answers has this number")
    digits = {}
    for question in reversed(questionnaire.questions):
        number, digits[question.id] = divmod(number, _radix(question))
    return {
        question.id: _answer(question, digits[question.id])
        for question in questionnaire.questions
        if digits[question.id]
    }


def _radix(question: Question) -> int:
    if question.type is not QuestionType.SEVERAL:
        return 1 + len(question.option_ids)
    alone, together = _ids(question, exclusive=True), _ids(question, exclusive=False)
    return len(alone) + (1 << len(together))


def _digit(question: Question, answer: Answer) -> int:
    if isinstance(answer, str):
        return 1 + question.option_ids.index(answer)
    alone, together = _ids(question, exclusive=True), _ids(question, exclusive=False)
    if answer[0] in alone:
        return 1 + alone.index(answer[0])
    # Of the sets of options that can stand together, the empty one is no answer.
    return len(alone) + sum(1 << place for place, name in enumerate(together) if name in answer)


def _answer(question: Question, digit: int) -> Answer:
    if question.type is not QuestionType.SEVERAL:
        return question.option_ids[digit - 1]
    alone, together = _ids(question, exclusive=True), _ids(question, exclusive=False)
    if digit <= len(alone):
        return (alone[digit - 1],)
    chosen = digit - len(alone)
    return tuple(name for place, name in enumerate(together) if chosen >> place & 1)


def _ids(question: Question, *, exclusive: bool) -> tuple[str, ...]:
    return tuple(option.id for option in question.options if option.exclusive is exclusive)

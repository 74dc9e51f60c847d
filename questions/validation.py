"""Validate an answer, and bring it into its one canonical form."""

from __future__ import annotations

from questions.model import Answer, Answers, Question, Questionnaire, QuestionType


class AnswerError(ValueError):
    """An answer that the questionnaire does not know.

    `field` names the question. The message never repeats what was given: it may be private.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field
        self.problem = problem


def validate_answer(question: Question, given: object) -> Answer:
    """The canonical form of one given answer.

    An exclusive option ("none of these") beside other options is dropped: who names a problem
    has it, whatever else was ticked. Raises `AnswerError`.
    """
    if question.type is QuestionType.SEVERAL:
        return _validate_several(question, given)
    if not isinstance(given, str):
        raise AnswerError(question.id, "one option is needed, as a string")
    if given not in question.option_ids:
        raise AnswerError(question.id, "this option does not exist")
    return given


def _validate_several(question: Question, given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
        raise AnswerError(question.id, "a list of options is needed")
    if not given:
        raise AnswerError(question.id, "at least one option is needed")
    if len(set(given)) != len(given):
        raise AnswerError(question.id, "an option stands twice")
    if not set(given) <= set(question.option_ids):
        raise AnswerError(question.id, "this option does not exist")
    chosen = [option for option in question.options if option.id in given]
    specific = [option for option in chosen if not option.exclusive]
    return tuple(option.id for option in specific or chosen[:1])


def validate_answers(questionnaire: Questionnaire, given: object) -> Answers:
    """The canonical form of all given answers, in asking order.

    Raises `AnswerError` for the first question or option that does not exist.
    """
    if not isinstance(given, dict):
        raise AnswerError("answers", "an object of answers by question is needed")
    for name in given:
        if name not in questionnaire.by_id:
            raise AnswerError("answers", "this question does not exist")
    return {
        question.id: validate_answer(question, given[question.id])
        for question in questionnaire.questions
        if question.id in given
    }

"""The form of one question, built from its data."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from questions import AnswerError, Question, QuestionType, validate_answer

FIELD = "answer"


class AnswerForm(Form):
    """A form with the one field `answer`."""

    answer: Field

    @property
    def given(self) -> Any:
        """What was chosen, as the questionnaire wants it."""
        return self.answer.data

    @property
    def error(self) -> str:
        """What is wrong with it, to be translated where it is shown; empty where nothing is."""
        return str(self.answer.errors[0]) if self.answer.errors else ""


def N_(text: str) -> str:
    """Mark a text for translation where it is shown: there it can stand in two languages."""
    return text


class _Exists:
    """The questionnaire itself says what an answer may be; messages are ours in every language."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def __call__(self, _form: Form, field: Field) -> None:
        if not field.data:
            raise ValidationError(_nothing_chosen(self._question))
        try:
            # From here on in its canonical form: so it decides what is asked next, and is sealed.
            field.data = validate_answer(self._question, field.data)
        except AnswerError as error:
            raise ValidationError(N_("Choose one of the answers below.")) from error


def _nothing_chosen(question: Question) -> str:
    if question.type is QuestionType.SEVERAL:
        return N_("Choose one or more answers.")
    if question.type is QuestionType.COUNTRY:
        return N_("Choose a country, or one of the other answers.")
    return N_("Choose an answer.")


_FIELDS: dict[QuestionType, Callable[..., Field]] = {
    QuestionType.ONE: RadioField,
    QuestionType.SEVERAL: SelectMultipleField,
    QuestionType.COUNTRY: SelectField,
}


@lru_cache(maxsize=64)
def _form_class(question: Question) -> type[AnswerForm]:
    # `validate_choice` is off: its message exists in few languages, `_Exists` checks the same.
    field = _FIELDS[question.type](validators=[_Exists(question)], validate_choice=False)
    return type("QuestionForm", (AnswerForm,), {FIELD: field})


def question_form(question: Question, posted: MultiDict[str, str], prefix: str = "") -> AnswerForm:
    """The form of a question, filled with what was posted; `prefix` stands before its name."""
    return _form_class(question)(posted, prefix=prefix)

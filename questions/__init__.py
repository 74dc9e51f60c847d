"""The questionnaire as data: load it, validate answers, say what comes next.

Knows neither Flask nor the rules.
"""

from questions.conditions import Condition, Facts
from questions.loading import load_questionnaire
from questions.model import (
    UNKNOWN,
    Answer,
    Answers,
    Option,
    Question,
    Questionnaire,
    QuestionType,
    WhatIf,
    as_options,
)
from questions.path import Lookup, Path, replay
from questions.text_files import DataError
from questions.validation import AnswerError, validate_answer, validate_answers

__all__ = [
    "UNKNOWN",
    "Answer",
    "AnswerError",
    "Answers",
    "Condition",
    "DataError",
    "Facts",
    "Lookup",
    "Option",
    "Path",
    "Question",
    "QuestionType",
    "Questionnaire",
    "WhatIf",
    "as_options",
    "load_questionnaire",
    "replay",
    "validate_answer",
    "validate_answers",
]

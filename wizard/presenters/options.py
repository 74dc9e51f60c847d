"""The options of a question in words."""

from __future__ import annotations

from collections.abc import Iterable

from questions import Question, QuestionType
from wizard.i18n.countries import country_names
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of


def choices(question: Question, language: Language) -> Iterable[tuple[str, str]]:
    """Every option with its text in this language; countries in the order that it has."""
    if question.type is QuestionType.COUNTRY:
        yield from country_names(question.country_codes, language)
    for option in question.options:
        yield option.id, texts_of(language).gettext(option.text)

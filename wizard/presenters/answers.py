"""The answers given so far, as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from questions import Answer, Path, Question, QuestionType, as_options
from wizard.i18n.countries import country_name
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.session.answers import decider


@dataclass(frozen=True)
class SummaryRow:
    """One question with what was answered."""

    question_id: str
    text: str
    answers: tuple[str, ...]


def summary(path: Path, language: Language) -> list[SummaryRow]:
    """Every answer on the way, in asking order."""
    said, by_id = texts_of(language), decider().policy.questionnaire.by_id
    return [
        SummaryRow(
            name, said.gettext(by_id[name].text), tuple(answer_texts(by_id[name], given, language))
        )
        for name, given in path.answers.items()
    ]


def answer_texts(question: Question, given: Answer, language: Language) -> Iterator[str]:
    """Each option of an answer, in words."""
    said = texts_of(language)
    texts = {option.id: option.text for option in question.options}
    for option_id in as_options(given):
        if option_id in texts:
            yield said.gettext(texts[option_id])
        elif question.type is QuestionType.COUNTRY:
            yield country_name(option_id, language)

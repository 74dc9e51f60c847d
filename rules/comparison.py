"""Which two answers to one question are compared, and how each column is called."""

from __future__ import annotations

from pathlib import Path

from questions import Questionnaire, QuestionType
from questions.toml_data import Table, read
from rules.model import Comparison, ComparisonSide

_SIDES = 2


def load_comparison(path: Path, questionnaire: Questionnaire) -> Comparison | None:
    """The comparison; None where the file does not exist, as in a policy of before there was one.

    Raises `DataError` for an unknown question or option, and where there are not two sides.
    """
    if not path.exists():
        return None
    file = read(path)
    file.only("question", "label", "text", "side")
    name = file.one_of("question", tuple(questionnaire.by_id))
    question = questionnaire.by_id[name]
    if question.type is not QuestionType.ONE:
        file.fail(f"only a question of type `{QuestionType.ONE}` can be compared", "question")
    sides = tuple(_side(row, question.option_ids) for row in file.rows("side"))
    if len({side.option for side in sides}) != _SIDES or len(sides) != _SIDES:
        file.fail("two sides with different options are needed", "side")
    return Comparison(name, file.text("label"), file.text("text"), sides)


def _side(row: Table, options: tuple[str, ...]) -> ComparisonSide:
    row.only("option", "text")
    return ComparisonSide(row.one_of("option", options), row.text("text"))

"""Which answers are compared, and how each column is called."""

from __future__ import annotations

from pathlib import Path

from questions import Answer, AnswerError, DataError, Questionnaire, validate_answers
from questions.toml_reader import Table, read
from rules.model import Comparison, ComparisonSide

_FEWEST = 2


def load_comparison(path: Path, questionnaire: Questionnaire) -> Comparison | None:
    """The comparison; None where the file does not exist, as in a policy of before there was one.

    Raises `DataError` for an unknown question or option, and where sides are missing or the same.
    """
    if not path.exists():
        return None
    file = read(path)
    # `question` and `option` are how sides were written when there was one question: a former
    # policy has them.
    file.only("question", "label", "text", "side")
    sides = tuple(_side(row, file, questionnaire) for row in file.rows("side"))
    different = {tuple(side.answers.items()) for side in sides}
    if len(sides) < _FEWEST or len(different) != len(sides):
        file.fail("at least two sides with different answers are needed", "side")
    return Comparison(file.text("label"), file.text("text"), sides)


def _side(row: Table, file: Table, questionnaire: Questionnaire) -> ComparisonSide:
    if "option" in row.values:
        row.only("option", "text")
        given: dict[str, object] = {file.text("question"): row.text("option")}
    else:
        row.only("answers", "text")
        row.table("answers").only(*questionnaire.by_id)
        given = dict(row.table("answers").values)
    try:
        answers: dict[str, Answer] = dict(validate_answers(questionnaire, given))
    except AnswerError as error:
        place = f"{row.key}.answers.{error.field}"
        raise DataError(f"{row.file}: {place}: {error.problem}") from error
    if not answers:
        row.fail("at least one answer is needed", "answers")
    return ComparisonSide(answers, row.text("text"))

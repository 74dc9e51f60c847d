"""Load the questionnaire from TOML and refuse what cannot work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from questions.conditions import ALWAYS, facts_read, parse
from questions.model import Option, Question, Questionnaire, QuestionType, WhatIf
from questions.toml_data import Table, read

FOLDER = Path(__file__).parent
_FEWEST_OPTIONS = 2
_QUESTION_KEYS = ("id", "type", "text", "help", "why", "what_if", "asked_when", "option")


def load_questionnaire(
    lookups: Mapping[str, tuple[str, ...]], folder: Path = FOLDER
) -> Questionnaire:
    """Load the questionnaire.

    `lookups` names the facts, with their values, that conditions may read beside the answers.
    Raises `DataError` with file and key for a duplicate, an unknown id or option, a circle, or a
    condition that reads a later question.
    """
    codes = _country_codes(folder / "countries.toml")
    file = read(folder / "questions.toml")
    file.only("question")
    rows = list(file.rows("question"))
    if not rows:
        file.fail("there are no questions", "question")
    _refuse_duplicates(rows, "question")
    vocabulary = {row.text("id"): _values(row, codes) for row in rows} | dict(lookups)
    questions = tuple(_question(row, codes, vocabulary) for row in rows)
    _refuse_circles(questions, file)
    _refuse_looking_ahead(questions, file)
    return Questionnaire(questions, lookups)


def _country_codes(path: Path) -> tuple[str, ...]:
    table = read(path)
    codes = table.texts("codes")
    for code in codes:
        if not re.fullmatch("[A-Z]{2}", code):
            table.fail(f"`{code}` is no ISO 3166-1 alpha-2 code", "codes")
    return codes


def _refuse_duplicates(rows: list[Table], what: str) -> None:
    seen: set[str] = set()
    for row in rows:
        name = row.text("id")
        if name in seen:
            row.fail(f"this {what} stands twice", "id")
        seen.add(name)


def _values(row: Table, codes: tuple[str, ...]) -> tuple[str, ...]:
    own = tuple(option.text("id") for option in row.rows("option"))
    return codes + own if row.values.get("type") == QuestionType.COUNTRY else own


def _question(
    row: Table, codes: tuple[str, ...], vocabulary: Mapping[str, tuple[str, ...]]
) -> Question:
    row.only(*_QUESTION_KEYS)
    kind = QuestionType(row.one_of("type", tuple(QuestionType)))
    condition = row.table("asked_when")
    return Question(
        id=row.text("id"),
        type=kind,
        text=row.text("text"),
        help=row.text("help"),
        why=row.text("why"),
        options=_options(row),
        asked_when=parse(condition, vocabulary) if condition.values else ALWAYS,
        country_codes=codes if kind is QuestionType.COUNTRY else (),
        what_if=_what_if(row),
    )


def _what_if(row: Table) -> WhatIf:
    if "what_if" not in row.values:
        return WhatIf.NEVER
    return WhatIf(row.one_of("what_if", tuple(WhatIf)))


def _options(row: Table) -> tuple[Option, ...]:
    rows = list(row.rows("option"))
    if len(rows) < _FEWEST_OPTIONS:
        row.fail("a question needs at least two options", "option")
    _refuse_duplicates(rows, "option")
    return tuple(_option(option) for option in rows)


def _option(row: Table) -> Option:
    row.only("id", "text", "exclusive")
    return Option(row.text("id"), row.text("text"), row.flag("exclusive"))


def _refuse_circles(questions: tuple[Question, ...], file: Table) -> None:
    reads = {question.id: facts_read(question.asked_when) for question in questions}
    try:
        TopologicalSorter(reads).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        file.fail(f"the conditions go in a circle: {circle}", f"question.{error.args[1][0]}")


def _refuse_looking_ahead(questions: tuple[Question, ...], file: Table) -> None:
    later = {question.id for question in questions}
    for question in questions:
        for fact in sorted(facts_read(question.asked_when) & later):
            file.fail(f"reads `{fact}`, which is asked later", f"question.{question.id}.asked_when")
        later.discard(question.id)

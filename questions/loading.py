"""Load the questionnaire from TOML and refuse what cannot work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from questions.conditions import ALWAYS, WORDS, Condition, Vocabulary, facts_read, parse
from questions.model import UNKNOWN, Option, Question, Questionnaire, QuestionType, WhatIf
from questions.toml_reader import Table, read, refuse_duplicates

FOLDER = Path(__file__).parent
_FEWEST_OPTIONS = 2
_QUESTION_KEYS = ("id", "type", "text", "help", "why", "what_if", "asked_when", "option")


def load_questionnaire(
    lookups: Mapping[str, tuple[str, ...]], folder: Path = FOLDER
) -> Questionnaire:
    """Load the questionnaire.

    `lookups` names the facts, with their values, that conditions may read beside the answers.
    Raises `DataError` with file and key for a duplicate, an unknown id or option, a circle, a
    condition that reads a later question, or something that could mean nothing.
    """
    codes = _country_codes(folder / "countries.toml")
    file = read(folder / "questions.toml")
    file.only("question")
    rows = list(file.rows("question"))
    if not rows:
        file.fail("there are no questions", "question")
    refuse_duplicates(rows, "question")
    for row in rows:
        if row.id() in (*WORDS, *lookups):
            row.fail("this name has another meaning in a condition", "id")
    vocabulary = {row.id(): _values(row, codes) for row in rows} | dict(lookups)
    questions = tuple(_question(row, codes, vocabulary) for row in rows)
    _refuse_circles(questions, file)
    _refuse_looking_ahead(questions, file)
    return Questionnaire(questions, lookups)


def _country_codes(path: Path) -> tuple[str, ...]:
    table = read(path)
    table.only("codes")
    codes = table.some_texts("codes")
    for code in codes:
        if not re.fullmatch("[A-Z]{2}", code):
            table.fail(f"`{code}` is no ISO 3166-1 alpha-2 code", "codes")
    return codes


def _values(row: Table, codes: tuple[str, ...]) -> tuple[str, ...]:
    own = _option_ids(row)
    return codes + own if row.values.get("type") == QuestionType.COUNTRY else own


def _option_ids(row: Table) -> tuple[str, ...]:
    return tuple(option.id() for option in row.rows("option"))


def _question(
    row: Table, codes: tuple[str, ...], vocabulary: Mapping[str, tuple[str, ...]]
) -> Question:
    row.only(*_QUESTION_KEYS)
    kind = QuestionType(row.one_of("type", tuple(QuestionType)))
    return Question(
        id=row.id(),
        type=kind,
        text=row.text("text"),
        help=row.text("help"),
        why=row.text("why"),
        options=_options(row, kind),
        asked_when=_asked_when(row, vocabulary),
        country_codes=codes if kind is QuestionType.COUNTRY else (),
        what_if=_what_if(row, kind),
    )


def _asked_when(row: Table, vocabulary: Vocabulary) -> Condition:
    """The condition of a question: one that another answer brings up counts as unknown then."""
    if "asked_when" not in row.values:
        return ALWAYS
    condition = row.table("asked_when")
    if not condition.values:
        condition.fail("a condition is missing; leave `asked_when` out for always")
    if UNKNOWN not in _option_ids(row):
        row.fail(f"a question with a condition needs the option `{UNKNOWN}`", "option")
    return parse(condition, vocabulary)


def _what_if(row: Table, kind: QuestionType) -> WhatIf:
    """When another answer may be tried: one option for another, or for the unknown one."""
    if "what_if" not in row.values:
        return WhatIf.NEVER
    what_if = WhatIf(row.one_of("what_if", tuple(WhatIf)))
    if what_if is WhatIf.ALWAYS and kind is not QuestionType.ONE:
        row.fail(f"only a question of type `{QuestionType.ONE}` can say it", "what_if")
    if what_if in (WhatIf.UNKNOWN, WhatIf.NO_MORE) and UNKNOWN not in _option_ids(row):
        row.fail(f"there is no option `{UNKNOWN}`", "what_if")
    return what_if


def _options(row: Table, kind: QuestionType) -> tuple[Option, ...]:
    rows = list(row.rows("option"))
    if len(rows) < _FEWEST_OPTIONS:
        row.fail("a question needs at least two options", "option")
    refuse_duplicates(rows, "option")
    return tuple(_option(option, kind) for option in rows)


def _option(row: Table, kind: QuestionType) -> Option:
    row.only("id", "text", "hint", "exclusive", "neutral", "settled")
    option = Option(
        id=row.id(),
        text=row.text("text"),
        exclusive=row.flag("exclusive"),
        hint=row.optional_text("hint"),
        neutral=row.flag("neutral"),
        settled=row.flag("settled"),
    )
    if "exclusive" in row.values and kind is not QuestionType.SEVERAL:
        row.fail("means nothing where only one option can be chosen", "exclusive")
    if option.id == UNKNOWN and kind is QuestionType.SEVERAL and not option.exclusive:
        row.fail("who does not know cannot choose more: write `exclusive = true`", "exclusive")
    return option


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

"""Cases that a policy officer writes in a spreadsheet: a person, and what must follow.

The file is CSV with one case in a row. `name` says who it is, `seed` which sentence of the seed
page it covers (may be empty). Then one column for each question; several answers stand with a
space or `+` between them, and a question that is not asked stays empty. The last four columns say
what to expect, with spaces between; what they do not name is not checked:

    roles             vwn=supports iom=ask
    supports          cash            is offered            !cash       is not offered
                      cash=iom+vwn    by exactly these      cash<=1000  names a limit, at most this
    steps, situation  talk_lawyer     is there              !guardian   is not there

What a spreadsheet writes around the same cells changes nothing: quotes, its own delimiter, a line
`sep=;`, empty rows and columns, spaces.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import NoReturn

from questions import AnswerError, Answers, DataError, Question, QuestionType, validate_answer
from questions.text_files import read_text
from rules.model import Policy

_DELIMITERS = ",;\t"
"""What spreadsheets put between columns, depending on their language."""
_GIVEN_DELIMITER = re.compile(r'"?sep=([^\w"])"?[;,\t ]*', re.IGNORECASE)
"""A first line by which some spreadsheets are told what stands between columns."""
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
"""What comes along from web pages and mails, and is seen by nobody."""
_SUPPORT = re.compile(r"(?P<not>!)?(?P<id>\w+)(=(?P<by>\w+(\+\w+)*)|<=(?P<euros>\d+))?")


@dataclass(frozen=True)
class RoleExpected:
    """An organisation has this role."""

    organisation: str
    role: str


@dataclass(frozen=True)
class SupportExpected:
    """A kind of help is offered or not; where given, by exactly these, or for at most so much."""

    support: str
    offered: bool = True
    by: frozenset[str] = frozenset()
    at_most: int | None = None


@dataclass(frozen=True)
class StepExpected:
    """A next step is advised or not."""

    step: str
    advised: bool


@dataclass(frozen=True)
class SituationExpected:
    """Something is said about the situation or not."""

    situation: str
    said: bool


Expectation = RoleExpected | SupportExpected | StepExpected | SituationExpected


@dataclass(frozen=True)
class Case:
    """One row: a person, and what is expected."""

    name: str
    line: int
    seed: str
    answers: Answers
    expected: tuple[Expectation, ...]


@dataclass(frozen=True)
class _Row:
    """The cells of one row by column, and where it starts."""

    file: str
    line: int
    cells: Mapping[str, str]

    def fail(self, column: str, problem: str) -> NoReturn:
        raise DataError(f"{self.file}: line {self.line}, column `{column}`: {problem}")

    def known(self, column: str, name: str, names: Collection[str]) -> str:
        """The name, if it is one of `names`."""
        if name not in names:
            self.fail(column, f"`{name}` is not one of {', '.join(names)}")
        return name

    def words(self, column: str) -> list[str]:
        """What stands in a cell with spaces between; nothing twice."""
        words = self.cells[column].split()
        for word in words:
            if words.count(word) > 1:
                self.fail(column, f"`{word}` stands twice")
        return words


def read_cases(path: Path, policy: Policy) -> tuple[Case, ...]:
    """The cases of a CSV file.

    Raises `DataError` with file, line and column for the first mistake.
    """
    cases: dict[str, Case] = {}
    for row in _rows(path, policy):
        case = _case(row, policy)
        if case.name in cases:
            row.fail("name", f"this name also stands in line {cases[case.name].line}")
        cases[case.name] = case
    if not cases:
        raise DataError(f"{path.name}: there are no cases")
    return tuple(cases.values())


def _rows(path: Path, policy: Policy) -> Iterator[_Row]:
    numbered = _numbered_rows(path.name, read_text(path))
    _, header = next(numbered, (1, []))
    _check_header(path.name, [name for name in header if name], policy)
    for line, cells in numbered:
        by_place = zip_longest(header, cells, fillvalue="")
        yield _Row(path.name, line, dict(_named(path.name, line, by_place)))


def _named(file: str, line: int, cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The cells under a name. Spreadsheets write empty ones beside them, and leave out some at
    the end of a row.
    """
    for name, cell in cells:
        if name:
            yield name, cell
        elif cell:
            raise DataError(f"{file}: line {line}: `{cell}` stands in a column without a name")


def _numbered_rows(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line on which it starts."""
    lines = text.split("\n")
    given = _GIVEN_DELIMITER.fullmatch(lines[0])
    if given:
        lines[0] = ""
    header = next(filter(re.compile(r"\w").search, lines), "")
    delimiter = given[1] if given else max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [_UNSEEN.sub("", cell).strip() for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"{file}: line {line}: is not CSV: {error}") from error


def _check_header(file: str, header: list[str], policy: Policy) -> None:
    questions = policy.questionnaire.by_id
    needed = ("name", "seed", *questions, "roles", "supports", "steps", "situation")
    for column in needed:
        if header.count(column) != 1:
            problem = "is missing" if column not in header else "stands twice"
            raise DataError(f"{file}: line 1: column `{column}` {problem}")
    for column in header:
        if column not in needed:
            raise DataError(f"{file}: line 1: column `{column}` is not known")


def _case(row: _Row, policy: Policy) -> Case:
    if not row.cells["name"]:
        row.fail("name", "a name is missing")
    expected = tuple(_expected(row, policy))
    if not expected:
        row.fail("roles", "nothing is expected in roles, supports, steps or situation")
    return Case(row.cells["name"], row.line, row.cells["seed"], _answers(row, policy), expected)


def _answers(row: _Row, policy: Policy) -> Answers:
    return {
        question.id: _answer(row, question)
        for question in policy.questionnaire.questions
        if row.cells[question.id]
    }


def _answer(row: _Row, question: Question) -> str | tuple[str, ...]:
    given: str | list[str] = row.cells[question.id]
    if question.type is QuestionType.SEVERAL:
        given = row.cells[question.id].replace("+", " ").split()
    try:
        return validate_answer(question, given)
    except AnswerError as error:
        row.fail(question.id, error.problem)


def _expected(row: _Row, policy: Policy) -> Iterator[Expectation]:
    for word in row.words("roles"):
        yield _role(row, word, policy)
    for word in row.words("supports"):
        yield _support(row, word, policy)
    yield from _there_or_not(row, "steps", policy.steps, StepExpected)
    yield from _there_or_not(row, "situation", policy.situations, SituationExpected)


def _role(row: _Row, word: str, policy: Policy) -> RoleExpected:
    organisation, _, role = word.partition("=")
    row.known("roles", organisation, policy.organisations)
    return RoleExpected(organisation, row.known("roles", role, policy.roles))


def _support(row: _Row, word: str, policy: Policy) -> SupportExpected:
    parts = _SUPPORT.fullmatch(word)
    if not parts or (parts["not"] and parts["id"] != word[1:]):
        row.fail("supports", f"`{word}` is none of: cash, !cash, cash=iom+vwn, cash<=1000")
    return SupportExpected(
        support=row.known("supports", parts["id"], policy.supports),
        offered=not parts["not"],
        by=frozenset(
            row.known("supports", name, policy.organisations)
            for name in (parts["by"].split("+") if parts["by"] else ())
        ),
        at_most=int(parts["euros"]) if parts["euros"] else None,
    )


def _there_or_not(
    row: _Row, column: str, names: Collection[str], expect: Callable[[str, bool], Expectation]
) -> Iterator[Expectation]:
    for word in row.words(column):
        yield expect(row.known(column, word.removeprefix("!"), names), not word.startswith("!"))

"""The spreadsheet in which a native reader reviews a language: written, and read back.

A CSV, which every spreadsheet opens and saves. Whatever a spreadsheet or a hurry can do to it is
named by row and column; nothing is taken over unless every row is right.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from babel.messages.catalog import Catalog, Message

from questions import DataError
from wizard.i18n.check import Rules
from wizard.i18n.review import (
    groups_of,
    is_reviewed,
    is_safety,
    key_of,
    mark,
    source_of,
    translations_of,
)

COLUMNS = (
    *("number", "language", "safety", "English", "current", "pages", "place", "pictures"),
    *("verdict", "better", "remark", "initials", "date", "reviewed", "key"),
)
VERDICTS = ("ok", "better", "unsure")

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for a formula. A `'` before it says that it is none."""
_INITIALS = re.compile(r"[A-Z]{2,4}")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DUTCH_DAY = re.compile(r"(\d\d?)-(\d\d?)-(\d{4})")
_SEPARATORS = ",;\t"
_BESIDE = ""
_PLACE = re.compile(r"[a-z0-9_.]+")
_QUESTION = "question"


@dataclass(frozen=True)
class Taken:
    """What a sheet changed in a catalogue."""

    reviewed: int
    changed: int
    notes: tuple[str, ...]
    """What a reader was unsure of or remarked, one line each."""


@dataclass(frozen=True)
class _Text:
    """One translation of a message: there is one for each plural."""

    message: Message
    form: int

    @property
    def key(self) -> str:
        return f"{key_of(self.message)}-{self.form}"

    @property
    def english(self) -> str:
        ids = self.message.id
        return ids if isinstance(ids, str) else ids[min(self.form, 1)]

    @property
    def current(self) -> str:
        return translations_of(self.message)[self.form]


@dataclass(frozen=True)
class _Row:
    """A row of the sheet that fits its text."""

    number: int
    text: _Text
    cells: Mapping[str, str]

    @property
    def verdict(self) -> str:
        return self.cells["verdict"].lower()


def write_sheet(tag: str, catalogue: Catalog) -> str:
    """The sheet of a language: what is unreviewed and can do harm comes first."""
    content = io.StringIO(newline="")
    # With the mark a spreadsheet knows that it is UTF-8.
    content.write(_BYTE_ORDER_MARK)
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in sorted(_rows_of(tag, catalogue), key=_order):
        writer.writerow([_guarded(row.get(column, "")) for column in COLUMNS])
    return content.getvalue()


def _rows_of(tag: str, catalogue: Catalog) -> Iterator[Mapping[str, str]]:
    messages = [message for message in catalogue if message.id]
    for number, message in enumerate(messages, start=1):
        seen = _seen(tag, message, catalogue)
        for form in range(len(translations_of(message))):
            text = _Text(message, form)
            yield {
                **seen,
                "number": str(number),
                "language": tag,
                "English": text.english,
                "current": text.current,
                "reviewed": "yes" if is_reviewed(message) else "",
                "key": text.key,
            }


def _order(row: Mapping[str, str]) -> tuple[bool, bool]:
    return bool(row["reviewed"]), not row["safety"]


def _seen(tag: str, message: Message, catalogue: Catalog) -> Mapping[str, str]:
    found = groups_of(message, catalogue)
    pages = dict.fromkeys(page for group in found for page in group.pages)
    places = [each for each in message.auto_comments if _PLACE.fullmatch(each)]
    files = dict.fromkeys(file for file, _line in message.locations)
    ids = [place.split(".")[1] for place in places if place.startswith(f"{_QUESTION}.")]
    pictures = dict.fromkeys(
        picture.replace("*", each)
        for group in found
        for picture in group.pictures
        for each in ids or ["*"]
    )
    return {
        "safety": "yes" if is_safety(message, catalogue) else "",
        "pages": " ".join(_address(tag, page) for page in pages),
        "place": " ".join([*files, *places]),
        "pictures": " ".join(pictures),
    }


def _address(tag: str, page: str) -> str:
    return f"/{tag}/{'' if page == 'start' else page}"


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def language_of_sheet(content: bytes, name: str) -> str:
    """The language of a sheet, as its first row says. Raises `DataError`."""
    rows = _read(content, name)
    if not rows:
        raise DataError(f"{name}: holds no row")
    return rows[0][1]["language"]


def take_sheet(content: bytes, name: str, catalogue: Catalog, rules: Rules, today: date) -> Taken:
    """Put what a reader says into the catalogue.

    Raises `DataError` with every mistake, one a line, with file, row and column; the catalogue is
    then as it was.
    """
    texts = _texts_of(catalogue)
    tag = str(catalogue.locale_identifier).replace("_", "-")
    mistakes: list[str] = []
    rows: dict[str, _Row] = {}
    for number, written in _read(content, name):
        cells = {column: _unguarded(cell) for column, cell in written.items()}
        text = texts.get(cells["key"])
        found = [*_damaged(written), *_misplaced(cells, text, tag)]
        if text and not found:
            row = _Row(number, text, cells)
            other = rows.setdefault(cells["key"], row)
            if other is not row:
                found.append(("key", f"this text stands in row {other.number} already"))
            found += _wrong(row, rules, today)
        mistakes += (f"{name}: row {number}, {column}: {what}" for column, what in found)
    mistakes += (f"{name}: {each}" for each in _half_done([*rows.values()]))
    if mistakes:
        raise DataError("\n".join(mistakes))
    return _taken([*rows.values()])


def _texts_of(catalogue: Catalog) -> Mapping[str, _Text]:
    """Every text of the catalogue by its key."""
    found: dict[str, _Text] = {}
    for message in catalogue:
        if message.id:
            for form in range(len(translations_of(message))):
                text = _Text(message, form)
                found[text.key] = text
    return found


def _damaged(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column, cell in cells.items():
        if column == _BESIDE and cell:
            yield "after the last column", "there are more cells than columns"
        elif cell.startswith(("=", "+", "-", "@")):
            yield column, "begins like a formula; put a ' before it"


def _misplaced(cells: Mapping[str, str], text: _Text | None, tag: str) -> Iterator[tuple[str, str]]:
    """Why the row is about no text, or about another one than is there now."""
    if cells["language"] != tag:
        yield "language", f"`{cells['language']}` is not {tag}, the language of the first row"
    if text is None:
        yield "key", "there is no such text; its English changed since, or the key is damaged"
        return
    if cells["English"] != text.english:
        yield "English", f"is not the English text, which is {text.english!r}"
    if cells["current"] != text.current:
        yield "current", f"the translation is another one now: {text.current!r}"


def _wrong(row: _Row, rules: Rules, today: date) -> Iterator[tuple[str, str]]:
    cells, better = row.cells, row.cells["better"]
    if not row.verdict:
        if better or cells["remark"]:
            yield "verdict", f"one of {', '.join(VERDICTS)} is needed beside a text or a remark"
        return
    if row.verdict not in VERDICTS:
        yield "verdict", f"`{cells['verdict']}` is not one of {', '.join(VERDICTS)}"
        return
    yield from _unsigned(cells, today)
    if row.verdict != "better":
        if better:
            yield "better", f"holds a text, and the verdict is `{row.verdict}`"
    elif not better:
        yield "better", "the better text is missing"
    elif better == row.text.current:
        yield "better", "is the same as the current text"
    else:
        # Of a form for one, the English of the plural has the placeholders too.
        problems = rules.problems(source_of(row.text.message), better)
        yield from (("better", problem) for problem in problems)


def _unsigned(cells: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    if not _INITIALS.fullmatch(cells["initials"].upper()):
        yield "initials", "two to four letters are needed"
    day = _day(cells["date"])
    if day is None:
        yield "date", "a day such as 2026-12-03 is needed"
    elif day > today:
        yield "date", f"{day} is still to come"


def _day(cell: str) -> date | None:
    """The day in a cell, also as a Dutch spreadsheet writes it: 3-12-2026."""
    written = _DAY.fullmatch(cell)
    dutch = _DUTCH_DAY.fullmatch(cell)
    parts = written.groups() if written else dutch.groups()[::-1] if dutch else None
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _half_done(rows: list[_Row]) -> Iterator[str]:
    """Messages of which some plurals were found right, and others not looked at."""
    right: dict[str, set[int]] = {}
    for row in rows:
        if row.verdict in {"ok", "better"}:
            right.setdefault(key_of(row.text.message), set()).add(row.text.form)
    for row in rows:
        forms = right.get(key_of(row.text.message))
        if forms and len(forms) < len(translations_of(row.text.message)) and not row.verdict:
            yield f"row {row.number}, verdict: the other forms of this text have one"


def _taken(rows: list[_Row]) -> Taken:
    read: dict[str, list[_Row]] = {}
    for row in rows:
        read.setdefault(key_of(row.text.message), []).append(row)
    said = [each for each in rows if each.verdict]
    changed = [row for row in said if row.verdict == "better"]
    for row in changed:
        _set(row.text, row.cells["better"])
    reviewed = 0
    for every in read.values():
        message = every[0].text.message
        right = [row for row in every if row.verdict in {"ok", "better"}]
        if len(right) == len(translations_of(message)):
            cells = right[-1].cells
            day = _day(cells["date"])
            assert day is not None
            mark(message, cells["initials"].upper(), day)
            reviewed += 1
    return Taken(reviewed, len(changed), tuple(_notes(said)))


def _set(text: _Text, better: str) -> None:
    forms = translations_of(text.message)
    new = (*forms[: text.form], better, *forms[text.form + 1 :])
    text.message.string = new[0] if isinstance(text.message.string, str) else new


def _notes(rows: list[_Row]) -> Iterator[str]:
    for row in rows:
        if row.verdict == "unsure" or row.cells["remark"]:
            remark = row.cells["remark"] or "no remark"
            yield f"{row.verdict}: {row.text.english!r}: {remark}"


def _read(content: bytes, name: str) -> list[tuple[int, Mapping[str, str]]]:
    """The rows with their numbers in the sheet."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{name}: is not UTF-8: save it as “CSV UTF-8”") from error
    head, separator, lines = _header(text)
    missing = [column for column in COLUMNS if column not in head]
    if missing:
        raise DataError(f"{name}: row 1: these columns are missing: {', '.join(missing)}")
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=separator, strict=True)
    try:
        rows = list(enumerate(reader, start=1))[1:]
    except csv.Error as error:
        raise DataError(f"{name}: row {reader.line_num}: is no CSV: {error}") from error
    return [(number, _cells(head, row)) for number, row in rows if any(row)]


def _header(text: str) -> tuple[list[str], str, str]:
    """The names of the columns, what stands between them, and the text from there on.

    A Dutch spreadsheet puts semicolons, and some a first line that says so.
    """
    lines = re.sub(r"\Asep=.\r?\n", "", text)
    first = lines.split("\n", 1)[0].rstrip("\r")
    separator = max(_SEPARATORS, key=first.count)
    head = next(csv.reader([first], delimiter=separator), [])
    return [cell.strip() for cell in head], separator, lines


def _cells(head: list[str], row: list[str]) -> Mapping[str, str]:
    """The cells by column; what stands beside the columns is under no name."""
    cells = dict(zip(head, map(_trimmed, row), strict=False))
    beside = "".join(row[len(head) :]).strip()
    return {**dict.fromkeys(COLUMNS, ""), **cells, _BESIDE: beside}


def _trimmed(cell: str) -> str:
    return cell.replace("\r\n", "\n").strip(" \t\r\n")

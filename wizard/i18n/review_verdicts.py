"""What a native reader says in a sheet: checked, and put into the catalogue.

Whatever a spreadsheet or a hurry can do to it is named by row and column; nothing is taken over
unless every row is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from babel.messages.catalog import Catalog

from questions import DataError
from wizard.i18n.check import Rules
from wizard.i18n.review import key_of, mark, source_of, translations_of
from wizard.i18n.review_sheet import SheetText, damage_of, read_rows, texts_by_key, unguarded

VERDICTS = ("ok", "better", "unsure")

_INITIALS = re.compile(r"[A-Z]{2,4}")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DUTCH_DAY = re.compile(r"(\d\d?)-(\d\d?)-(\d{4})")


@dataclass(frozen=True)
class Taken:
    """What a sheet changed in a catalogue."""

    reviewed: int
    changed: int
    notes: tuple[str, ...]
    """What a reader was unsure of or remarked, one line each."""


@dataclass(frozen=True)
class _Row:
    """A row of the sheet that fits its text."""

    number: int
    text: SheetText
    cells: Mapping[str, str]

    @property
    def verdict(self) -> str:
        return self.cells["verdict"].lower()


def take_sheet(content: bytes, name: str, catalogue: Catalog, rules: Rules, today: date) -> Taken:
    """Put what a reader says into the catalogue.

    Raises `DataError` with every mistake, one a line, with file, row and column; the catalogue is
    then as it was.
    """
    texts = texts_by_key(catalogue)
    tag = str(catalogue.locale_identifier).replace("_", "-")
    mistakes: list[str] = []
    rows: dict[str, _Row] = {}
    for number, written in read_rows(content, name):
        cells = {column: unguarded(cell) for column, cell in written.items()}
        text = texts.get(cells["key"])
        found = [*damage_of(written), *_misplaced(cells, text, tag)]
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


def _misplaced(
    cells: Mapping[str, str], text: SheetText | None, tag: str
) -> Iterator[tuple[str, str]]:
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


def _set(text: SheetText, better: str) -> None:
    forms = translations_of(text.message)
    new = (*forms[: text.form], better, *forms[text.form + 1 :])
    text.message.string = new[0] if isinstance(text.message.string, str) else new


def _notes(rows: list[_Row]) -> Iterator[str]:
    for row in rows:
        if row.verdict == "unsure" or row.cells["remark"]:
            remark = row.cells["remark"] or "no remark"
            yield f"{row.verdict}: {row.text.english!r}: {remark}"

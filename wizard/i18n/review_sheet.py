"""The spreadsheet in which a native reader reviews a language: written, and read as cells.

A CSV, which every spreadsheet opens and saves. What its cells say is in `review_verdicts.py`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from questions import DataError
from wizard.i18n.review import groups_of, is_reviewed, is_safety, key_of, translations_of

COLUMNS = (
    *("number", "language", "safety", "English", "current", "pages", "place", "pictures"),
    *("verdict", "better", "remark", "initials", "date", "reviewed", "key"),
)

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for a formula. A `'` before it says that it is none."""
_SEPARATORS = ",;\t"
_BESIDE = ""
_PLACE = re.compile(r"[a-z0-9_.]+")
_QUESTION = "question"


@dataclass(frozen=True)
class SheetText:
    """One translation of a message: there is one for each plural."""

    message: Message
    form: int

    @property
    def key(self) -> str:
        """What its row is known by."""
        return f"{key_of(self.message)}-{self.form}"

    @property
    def english(self) -> str:
        """What was translated: of a plural, where English has two, its own form."""
        ids = self.message.id
        return ids if isinstance(ids, str) else ids[min(self.form, 1)]

    @property
    def current(self) -> str:
        """The translation as it is in the catalogue."""
        return translations_of(self.message)[self.form]


def texts_by_key(catalogue: Catalog) -> Mapping[str, SheetText]:
    """Every text of the catalogue by the key of its row."""
    return {text.key: text for message in catalogue if message.id for text in _texts_of(message)}


def _texts_of(message: Message) -> Iterator[SheetText]:
    return (SheetText(message, form) for form in range(len(translations_of(message))))


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
        for text in _texts_of(message):
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


def language_of_sheet(content: bytes, name: str) -> str:
    """The language of a sheet, as its first row says. Raises `DataError`."""
    rows = read_rows(content, name)
    if not rows:
        raise DataError(f"{name}: holds no row")
    return rows[0][1]["language"]


def read_rows(content: bytes, name: str) -> list[tuple[int, Mapping[str, str]]]:
    """The cells of each row by column, with its number in the sheet.

    Raises `DataError` for what is no sheet.
    """
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


def damage_of(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What became of a row in a spreadsheet: the column and what is wrong there."""
    for column, cell in cells.items():
        if column == _BESIDE and cell:
            yield "after the last column", "there are more cells than columns"
        elif cell.startswith(("=", "+", "-", "@")):
            yield column, "begins like a formula; put a ' before it"


def unguarded(cell: str) -> str:
    """What a cell says, without the mark that it is no formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

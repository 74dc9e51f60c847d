"""The one reader of catalogues (.po): whatever it cannot read as written is refused by line.

Babel's own reader takes the last letter of a text for its quote where that is missing, reads past
the marks of a conflict, and keeps one of two translations of a text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import GNUTranslations
from pathlib import Path

from babel.core import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from questions import DataError
from questions.text_files import text_of
from wizard.i18n.review import reviewed_groups
from wizard.i18n.seen import REVIEWED

_LINE = re.compile(
    r"(?:(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(?:\[(?P<form>\d)\])?) +)?"
    r'"(?P<text>(?:[^"\\]|\\[nrt"\\])*)"'
)
_ENDED = re.compile(r"(msgstr(\[\d\])?)?")
"""The last keyword where a message, or nothing yet, has ended."""
_UTF_8 = ("utf-8", "utf8")


def read_catalogue(path: Path) -> Catalog:
    """The catalogue in the file.

    Raises `DataError`, with language, file and mostly line, for what is no catalogue in UTF-8, for
    a text that stands twice, and for a translation that cannot be filled in.
    """
    name = _name(path)
    try:
        text = text_of(path.read_bytes(), name)
    except OSError as error:
        raise DataError(f"{name}: cannot be read: {error.strerror}") from error
    lines = text.split("\n")
    for number, problem in _problems(lines):
        raise DataError(f"{name}: line {number}: {problem}")
    return _checked(_parsed(lines, name), name)


def compile_catalogues(paths: tuple[Path, ...]) -> list[Path]:
    """Write what gettext reads (.mo) beside each file, and give where: all or, with a mistake in
    any of them, none. Raises `DataError`, and `OSError` where it cannot be written.
    """
    made = {path.with_suffix(".mo"): _compiled(path) for path in paths}
    for path, content in made.items():
        path.write_bytes(content)
    return list(made)


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write the catalogue as `make translations` does. Raises `OSError`, and `DataError` where it
    could not be read again: then nothing is written.
    """
    content = io.BytesIO()
    write_po(content, catalogue, width=0, ignore_obsolete=True)
    lines = content.getvalue().decode().split("\n")
    for number, problem in _problems(lines):
        raise DataError(f"{_name(path)}: line {number}: {problem}")
    _checked(_parsed(lines, _name(path)), _name(path))
    path.write_bytes(content.getvalue())


def _compiled(path: Path) -> bytes:
    content = io.BytesIO()
    catalogue = read_catalogue(path)
    # What is compiled holds no comments: the program hears of a review by these.
    for name in reviewed_groups(catalogue):
        catalogue.add(name, "yes", context=REVIEWED)
    write_mo(content, catalogue)
    try:
        # What the program will do with it: a rule for plurals is read only then.
        GNUTranslations(io.BytesIO(content.getvalue()))
    except ValueError as error:
        raise DataError(f"{_name(path)}: the header: {error}") from error
    return content.getvalue()


def _name(path: Path) -> str:
    """All are called the same: what tells them apart is the folder of the language."""
    return "/".join(path.parts[-3:])


@dataclass
class _Entry:
    """What was read of one message so far."""

    last: str = ""
    """The last keyword."""
    line: int = 0
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str | None, str | None]:
        return self.texts.get("msgctxt"), self.texts.get("msgid")


def _problems(lines: list[str]) -> Iterator[tuple[int, str]]:
    """What is wrong with a line, and where."""
    seen: dict[tuple[str | None, str | None], int] = {}
    entry = _Entry()
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        parts = _LINE.fullmatch(line)
        if not parts:
            yield number, "is no line of a catalogue; look for a missing quote or a conflict"
            return
        keyword = parts["keyword"] or ""
        if not _can_stand(keyword, parts["form"], entry.last):
            yield number, f"`{keyword or 'a text'}` cannot stand here"
        if keyword == "msgctxt" or (keyword == "msgid" and entry.last != "msgctxt"):
            entry = _Entry()
        entry.line = number if keyword == "msgid" else entry.line
        if keyword in {"msgstr", "msgstr[0]"}:
            if entry.key in seen:
                yield entry.line, f"this text stands in line {seen[entry.key]} already"
            seen[entry.key] = entry.line
        entry.last = keyword or entry.last
        entry.texts[entry.last] = entry.texts.get(entry.last, "") + parts["text"]
    if (None, "") not in seen:
        yield 1, "the header is missing"
    if not _ENDED.fullmatch(entry.last):
        yield len(lines), "the file ends before a translation"


def _can_stand(keyword: str, form: str | None, last: str) -> bool:
    """Whether a line with this keyword, or the next part of a text, may follow the last one."""
    match keyword:
        case "":
            return last != ""
        case "msgctxt":
            return bool(_ENDED.fullmatch(last))
        case "msgid":
            return last == "msgctxt" or bool(_ENDED.fullmatch(last))
        case "msgid_plural" | "msgstr":
            return last == "msgid"
    before = f"msgstr[{int(form or 0) - 1}]" if form != "0" else "msgid_plural"
    return last == before


def _parsed(lines: list[str], name: str) -> Catalog:
    try:
        return read_po(lines, abort_invalid=True)
    except PoFileError as error:
        problem = str(error).rpartition(" on ")[0]
        raise DataError(f"{name}: line {error.lineno + 1}: {problem}") from error
    except (ValueError, UnknownLocaleError) as error:
        raise DataError(f"{name}: the header: {error}") from error


def _checked(catalogue: Catalog, name: str) -> Catalog:
    """The catalogue, if it can be compiled as it stands."""
    if catalogue.fuzzy:
        raise DataError(f"{name}: the header: take `#, fuzzy` off")
    if catalogue.charset not in _UTF_8:
        raise DataError(f"{name}: the header: `charset=utf-8` is needed")
    for message, errors in catalogue.check():
        raise DataError(f"{name}: line {message.lineno}: {errors[0]}")
    return catalogue

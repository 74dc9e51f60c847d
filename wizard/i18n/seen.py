"""Where each text is seen, and whether a wrong translation of it can harm somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from questions.toml_reader import Table, read
from wizard.i18n.languages import FOLDER

_FILE = "seen.toml"
_EVERY_PAGE = "*"
REVIEWED = "reviewed"
"""The context under which a compiled catalogue names the groups whose every text was reviewed."""


@dataclass(frozen=True)
class Group:
    """Texts that are seen together."""

    name: str
    pages: tuple[str, ...]
    pictures: tuple[str, ...]
    safety: bool
    texts: tuple[str, ...]

    def has(self, file: str, places: Iterable[str]) -> bool:
        """Whether a text of this file, at one of these places in it, is in the group."""
        return any(fnmatchcase(name, text) for text in self.texts for name in _names(file, places))


def _names(file: str, places: Iterable[str]) -> Iterator[str]:
    yield file
    yield from (f"{file} {place}" for place in places)


@cache
def groups(folder: Path = FOLDER) -> Mapping[str, Group]:
    """The groups by name. Raises `DataError` with file and key where one is wrong."""
    return {name: _group(name, table) for name, table in read(folder / _FILE).tables_by_id()}


def _group(name: str, table: Table) -> Group:
    table.only("pages", "pictures", "safety", "texts")
    if "safety" not in table.values:
        table.fail("true or false is needed", "safety")
    return Group(
        name,
        table.some_texts("pages"),
        table.texts("pictures"),
        table.flag("safety"),
        table.some_texts("texts"),
    )


def safety_of_page(page: str, folder: Path = FOLDER) -> list[str]:
    """The names of the groups with texts of safety on this page ("check", "result").

    All of them, where no group names the page: then nobody said what it shows.
    """
    safety = [each for each in groups(folder).values() if each.safety]
    named = [each for each in groups(folder).values() if page in each.pages]
    shown = [each for each in safety if page in each.pages or _EVERY_PAGE in each.pages]
    return [each.name for each in (shown if named else safety)]

"""Where each text is seen, and whether a wrong translation of it can harm somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from questions.toml_reader import Table, read
from wizard.i18n.languages import FOLDER

_FILE = "seen.toml"
_EVERY_PAGE = "*"
_CLIENT = "instead of: "
"""How the extractor begins the comment of a text that speaks of "your client"."""


@dataclass(frozen=True)
class Group:
    """Texts that are seen together."""

    name: str
    pages: tuple[str, ...]
    pictures: tuple[str, ...]
    safety: bool
    texts: tuple[str, ...]

    def has(self, file: str, places: list[str]) -> bool:
        """Whether a text of this file, at one of these places in it, is in the group."""
        return any(fnmatchcase(name, text) for text in self.texts for name in _names(file, places))


def _names(file: str, places: list[str]) -> Iterator[str]:
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


def groups_of(message: Message, catalogue: Catalog, folder: Path = FOLDER) -> list[Group]:
    """The groups that a message is in. What is said of "your client" is where the text is that it
    stands for.
    """
    own = [each for each in groups(folder).values() if _is_in(each, message)]
    for comment in _joined(message.auto_comments):
        instead = comment.startswith(_CLIENT) and catalogue.get(comment.removeprefix(_CLIENT))
        if instead:
            own += [each for each in groups(folder).values() if _is_in(each, instead)]
    return list(dict.fromkeys(own))


def _is_in(group: Group, message: Message) -> bool:
    places = list(message.auto_comments)
    return any(group.has(file, places) for file, _line in message.locations)


def _joined(comments: list[str]) -> Iterator[str]:
    """The comments; one that a writer of catalogues broke into lines is whole again."""
    yield from comments
    for number, comment in enumerate(comments):
        if comment.startswith(_CLIENT):
            for end in range(number + 2, len(comments) + 1):
                yield " ".join(comments[number:end])


def safety_of_page(page: str, folder: Path = FOLDER) -> list[str]:
    """The names of the groups with texts of safety on this page ("check", "result").

    All of them, where no group names the page: then nobody said what it shows.
    """
    safety = [each for each in groups(folder).values() if each.safety]
    named = [each for each in groups(folder).values() if page in each.pages]
    shown = [each for each in safety if page in each.pages or _EVERY_PAGE in each.pages]
    return [each.name for each in (shown if named else safety)]

"""The languages of the pages, and which one a request wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from babel import Locale, negotiate_locale
from flask import Request, g, request

from questions.toml_reader import Table, read
from wizard.i18n.cldr import conventions
from wizard.i18n.helper_mode import helping

FOLDER = Path(__file__).parents[2] / "translations"
COOKIE_NAME = "language"
SECOND_COOKIE_NAME = "second"
SOURCE = "en"


@dataclass(frozen=True)
class Language:
    """A language of the pages. `tag` is BCP 47."""

    tag: str
    name: str
    direction: str
    also_sent: tuple[str, ...] = ()
    """Other tags by which browsers ask for it, in small letters."""
    cldr: str = ""
    """What CLDR calls it, and with it the libraries that read its data."""
    of_client: bool = False
    """Whether the texts speak of "your client" to a helper: see `wizard.i18n.helper_mode`."""

    @property
    def locale(self) -> Locale:
        """The Babel locale."""
        return _locale(self.cldr)


@cache
def _locale(tag: str) -> Locale:
    # Unlike `Locale.parse`, this reads no locale data: `wizard.i18n.cldr` has what we use of it.
    return Locale(*tag.split("-"))


@cache
def languages(folder: Path = FOLDER) -> Mapping[str, Language]:
    """The languages by tag, in the order of the picker.

    Raises `questions.DataError` with file and key where the list is wrong.
    """
    file = read(folder / "languages.toml")
    if SOURCE not in file.values:
        file.fail("the language of the source texts is missing", SOURCE)
    taken = {tag.lower() for tag, _ in file.tables()}
    return {tag: _language(tag, table, taken) for tag, table in file.tables()}


def _language(tag: str, table: Table, taken: set[str]) -> Language:
    table.only("name", "direction", "also_sent", "cldr")
    if table.one_of("direction", ("ltr", "rtl")) != _direction(tag, table):
        table.fail("this language is written in the other direction", "direction")
    return Language(
        tag=tag,
        name=table.text("name"),
        direction=table.one_of("direction", ("ltr", "rtl")),
        also_sent=_also_sent(table, taken),
        cldr=in_cldr(tag, table),
    )


def in_cldr(tag: str, table: Table) -> str:
    """What CLDR calls the language of this entry of `languages.toml`."""
    return table.optional_text("cldr") or tag


def _also_sent(table: Table, taken: set[str]) -> tuple[str, ...]:
    tags = table.texts("also_sent")
    for tag in tags:
        if tag != tag.lower() or tag in taken:
            table.fail(f"`{tag}` is not in small letters, or names another language", "also_sent")
    taken.update(tags)
    return tags


@cache
def _of_client(tag: str) -> Language:
    return replace(languages()[tag], of_client=True)


def spoken(tag: str) -> Language:
    """The language with this tag, as this visitor is spoken to. Raises KeyError for another tag."""
    return _of_client(tag) if helping() else languages()[tag]


def _direction(tag: str, table: Table) -> str:
    try:
        return conventions(tag).direction
    except (OSError, ValueError):
        table.fail("wizard/i18n/cldr has no table of this language: see wizard.i18n.build_cldr")


def preferred(incoming: Request) -> Language:
    """The saved choice, else the best match of Accept-Language, else English."""
    known = languages()
    saved = incoming.cookies.get(COOKIE_NAME, "")
    if saved in known:
        return known[saved]
    # Tags are the same in capitals; `negotiate_locale` would give back those of the browser.
    by_lower = {name: tag for tag in known for name in (tag.lower(), *known[tag].also_sent)}
    wanted = [tag.lower() for tag, quality in incoming.accept_languages if quality > 0]
    return known[by_lower[negotiate_locale(wanted, list(by_lower), sep="-") or SOURCE]]


def current() -> Language:
    """The language of the page being made: the one in its address, else the preferred one.

    For views, and for what their templates are given. What puts something into words is told in
    which language: it also does so for the second one, for paper and for the API.
    """
    if "language" not in g:
        first = request.path.split("/", 2)[1]
        g.language = spoken(first if first in languages() else preferred(request).tag)
    language: Language = g.language
    return language


def second() -> Language | None:
    """The language that is shown beside the first one; None where none was chosen.

    It always speaks to the person themselves: a helper reads the first one, the client this one.
    """
    if "second" not in g:
        g.second = languages().get(request.cookies.get(SECOND_COOKIE_NAME, ""))
    chosen: Language | None = g.second
    return chosen if chosen and chosen.tag != current().tag else None

"""Load the sources: nothing is shown without one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from questions.toml_reader import Table
from rules.model import OwnTitle, Source

Sources = Mapping[str, Source]
_SHOWN_CONFIDENCES = ("H", "M")
_WEB_ADDRESS = r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?"
_LANGUAGE = "[a-z]{2,3}"
_DAY_MONTH_OR_YEAR = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"


def source_of(table: Table, sources: Sources) -> Source:
    """The source that the table names: nothing is shown without one."""
    return sources[table.one_of("source", tuple(sources))]


def sure_source_of(table: Table, sources: Sources, what: str) -> Source:
    """The source that the table names, which must have confidence "H": `what` leans on it."""
    source = source_of(table, sources)
    if source.confidence != "H":
        table.fail(f"{what} needs a source of confidence H", "source")
    return source


def sources_of(table: Table, sources: Sources) -> tuple[Source, ...]:
    """The sources that the table names under `sources`, or none."""
    return tuple(sources[each] for each in table.some_of("sources", tuple(sources)))


def load_sources(file: Table) -> Sources:
    """The sources by id. A confidence below "M" is refused: it may not be shown."""
    return {name: _source(name, table) for name, table in file.tables_by_id()}


def _source(name: str, table: Table) -> Source:
    table.only("title", "original", "url", "published", "checked_on", "confidence")
    return load_source(name, table, table.day("checked_on"))


def load_source(name: str, table: Table, checked_on: date, title_in: str | None = None) -> Source:
    """The source that this table describes; checked on that day where it names no other one.

    `title_in` is the language of a title that is never translated.
    """
    source = Source(
        id=name,
        title=table.text("title"),
        url=web_address(table, "url"),
        published=_published(table) if "published" in table.values else None,
        checked_on=table.optional_day("checked_on") or checked_on,
        confidence=table.one_of("confidence", _SHOWN_CONFIDENCES),
        original=_own_title(table.table("original")) if "original" in table.values else None,
        title_in=title_in,
    )
    # A year, or a month, compares with the same part of the day.
    if source.published and source.checked_on.isoformat() < source.published:
        table.fail(f"is before the day of publication, {source.published}", "checked_on")
    return source


def _own_title(table: Table) -> OwnTitle:
    if len(table.values) != 1:
        table.fail('one title in one language is needed, such as nl = "Het terugkeerproces"')
    (language,) = table.values
    if not re.fullmatch(_LANGUAGE, language):
        table.fail("the language of the page is needed, such as nl", language)
    return OwnTitle(language, table.text(language))


def _published(table: Table) -> str:
    return table.text_like(
        "published", _DAY_MONTH_OR_YEAR, "a year, month or day such as 2026-01-31"
    )


def web_address(table: Table, key: str) -> str:
    """The address of a page under the key."""
    return table.text_like(key, _WEB_ADDRESS, "a web address")

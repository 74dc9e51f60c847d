"""Country names, dates and lists as each language writes them.

Unicode's CLDR is their source. Babel has all of it: read by a worker, its data of all our languages
was nearly a fifth of its memory. So what we use of it stands in a small table for each language,
which `python -m wizard.i18n.build_cldr` writes from Babel; a test compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

TABLES = Path(__file__).parent / "cldr"

ListStyle = Literal["standard", "or"]


@dataclass(frozen=True)
class Conventions:
    """What CLDR says of one language."""

    direction: str
    """`ltr` or `rtl`."""

    territories: Mapping[str, str]
    """Names by code, in alphabetical order; in English where CLDR has none in the language."""

    months: Sequence[str]
    """From January, as they stand in a date."""

    days: Sequence[str]
    """From Monday."""

    long_date: str
    """With the placeholders `d`, `month` and `y`."""

    month_years: Sequence[str]
    """From January, each with the placeholder `y`."""

    euros: str
    """A sum in euros, with the placeholder `amount`."""

    group: str
    """What stands between the thousands."""

    lists: Mapping[str, Mapping[str, str]]
    """By style: how two items are joined, and the start, the middle and the end of more."""


@cache
def conventions(tag: str) -> Conventions:
    """The table of this language. Raises OSError or ValueError where there is none."""
    return Conventions(**json.loads((TABLES / f"{tag}.json").read_text(encoding="utf-8")))


def long_date(value: date, tag: str) -> str:
    """A date in words: "24 November 2026"."""
    said = conventions(tag)
    return said.long_date.format(d=value.day, month=said.months[value.month - 1], y=value.year)


def partial_date(value: str, tag: str) -> str:
    """A date of which a source may show only the year or the month: "2026", "2026-11", or whole."""
    match value.split("-"):
        case [year, month]:
            return conventions(tag).month_years[int(month) - 1].format(y=year)
        case [_, _, _]:
            return long_date(date.fromisoformat(value), tag)
    return value


def euros(amount: int, tag: str) -> str:
    """Whole euros as the language writes them: "€2,000", "€ 2.000", "2 000 €".

    Between isolates, so that a sum stays whole in a text of the other direction, and never with a
    space at which a line may break.
    """
    said = conventions(tag)
    written = said.euros.format(amount=f"{amount:,}".replace(",", said.group))
    return f"\u2068{written}\u2069"


def listed(items: Sequence[str], tag: str, style: ListStyle = "standard") -> str:
    """The items in one sentence: "a, b and c"."""
    patterns = conventions(tag).lists[style]
    match items:
        case []:
            return ""
        case [only]:
            return only
        case [first, last]:
            return patterns["2"].format(first, last)
    first, second, *middle, last = items
    joined = patterns["start"].format(first, second)
    for item in middle:
        joined = patterns["middle"].format(joined, item)
    return patterns["end"].format(joined, last)

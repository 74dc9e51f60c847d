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

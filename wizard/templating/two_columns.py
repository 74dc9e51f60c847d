"""The same in two languages, row by row: each thing that is said stands beside its translation."""

from __future__ import annotations

import re
from itertools import zip_longest

from markupsafe import Markup

from wizard.i18n.languages import Language

_HOLDS_OTHERS = re.compile(
    r"(</?(?:section|ol|ul|li|details|summary|article|div|table|thead|tbody|tr|th|td)\b[^>]*>)"
)
"""What holds what is said: it stands once, around both."""
_NAME = re.compile(r"</?\w+")
_ROW = Markup('<{0} class="two"><{0}>{1}</{0}><{0} lang="{2}" dir="{3}">{4}</{0}></{0}>')


def side_by_side(here: Markup, there: Markup, other: Language) -> Markup:
    """One piece of a page in two languages, `there` in the other one.

    Lists, cards and folds stand once, and hold each text beside its translation: so nobody hears
    two lists, and a fold opens in both. Where the pieces are not built alike, they stand whole.
    """
    parts, others = _HOLDS_OTHERS.split(here), _HOLDS_OTHERS.split(there)
    if _names(parts) != _names(others):
        return _row("div", here, there, other)
    rows: list[str] = []
    around = ""
    for number, (part, beside) in enumerate(zip_longest(parts, others)):
        if number % 2:
            rows.append(part)
            around = part
        elif part.strip() or beside.strip():
            within = "span" if around.startswith("<summary") else "div"
            rows.append(_row(within, Markup(part), Markup(beside), other))
    return Markup("".join(rows))


def _names(parts: list[str]) -> list[str]:
    return [name[0] for part in parts[1::2] if (name := _NAME.match(part))]


def _row(within: str, here: Markup, there: Markup, other: Language) -> Markup:
    return _ROW.format(Markup(within), here, other.tag, other.direction, there)

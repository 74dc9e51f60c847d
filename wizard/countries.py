"""Country names from CLDR, in the alphabetical order of each language."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from wizard.cldr import conventions
from wizard.languages import Language


@lru_cache(maxsize=64)
def country_names(codes: tuple[str, ...], language: Language) -> tuple[tuple[str, str], ...]:
    """Code and name of each country, sorted by name."""
    names = [(code, country_name(code, language)) for code in codes]
    return tuple(sorted(names, key=lambda pair: _sort_key(pair[1])))


def country_name(code: str, language: Language) -> str:
    """The name of one country; in English where CLDR has none in the language."""
    return conventions(language.tag).territories[code]


def _sort_key(name: str) -> str:
    """Without accents, so that "Åland" stands under A in every language that writes so."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))

"""Country names from CLDR, in the alphabetical order of each language."""

from __future__ import annotations

from functools import lru_cache

from wizard.i18n.cldr import conventions
from wizard.i18n.languages import Language


@lru_cache(maxsize=64)
def country_names(codes: tuple[str, ...], language: Language) -> tuple[tuple[str, str], ...]:
    """Code and name of each country, as the alphabet of the language has them."""
    wanted = frozenset(codes)
    names = conventions(language.tag).territories
    return tuple((code, name) for code, name in names.items() if code in wanted)


def country_name(code: str, language: Language) -> str:
    """The name of one country; in English where CLDR has none in the language."""
    return conventions(language.tag).territories[code]

"""What is on record about countries, and what is known about return to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.model.source import Source

NO_VIEW = "none"


NO_GROUP = "other"


NO_COUNTRY = "unknown"


LOOKED_UP: Mapping[str, tuple[str, ...]] = {
    "recorded_view": (NO_VIEW,),
    "country_group": (NO_GROUP, NO_COUNTRY),
}
"""The facts that are looked up for a country, with their values where nothing is on record."""


FLAGS: Mapping[str, tuple[str, ...]] = {"ask_lawyer": ("yes", "no")}
"""Facts that are looked up for a country, which a policy may leave out. Yes for the countries that
countries.toml names under the flag, whatever day it is: a flag ends only when somebody takes it
out."""


@dataclass(frozen=True)
class CountryView:
    """VWN's view of a country, as VWN gave it."""

    view: str
    source: Source
    stated_on: date


@dataclass(frozen=True)
class Countries:
    """What is on record about countries, by ISO 3166-1 alpha-2 code."""

    views: Mapping[str, CountryView]
    groups: Mapping[str, str]
    flags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The countries that a flag names, by flag."""


@dataclass(frozen=True)
class CountryFact:
    """One thing that is known about return to a country, in English and Dutch."""

    kind: str
    text: str
    text_nl: str
    short: str
    """The same in at most 20 words. Of a moratorium it says no more than what everybody may see."""
    short_nl: str
    organisation: str | None
    from_: date | None
    until: date | None
    """The end of the first term of a dated measure."""
    ended: bool
    """Whether a source shows that the measure is over."""
    phrases: tuple[str, ...]
    """The phrases that stand around it, by id."""
    year: int | None
    list_of: str | None
    """The country whose list it is, by code."""
    source: Source
    note: str | None
    """For us: what to look at when it is checked again."""


@dataclass(frozen=True)
class CountryFacts:
    """What is known about one country. `ask_lawyer`: a stop whose end nobody told us."""

    ask_lawyer: bool
    facts: tuple[CountryFact, ...]


@dataclass(frozen=True)
class CountryPhrase:
    """A sentence around facts, and when it stands there: see country_phrases.toml."""

    text: str
    when: str

"""What can be read without answering anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.model.countries import CountryPhrase
from rules.model.source import Source


@dataclass(frozen=True)
class AskedQuestion:
    """One of the questions that people ask most, with its answer."""

    id: str
    text: str
    answer: tuple[str, ...]
    ask: tuple[str, ...]
    """Who can be asked, as sentences."""
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class OpeningHours:
    """Days of the week, Monday is 0, and the times between which a place is open."""

    first_day: int
    last_day: int
    opens: str
    closes: str


@dataclass(frozen=True)
class Place:
    """A desk near a person, as it was last known."""

    id: str
    name: str
    town: str | None
    province: str | None
    """Neither: it is there for the whole country."""
    text: str
    address: str | None
    hours: tuple[OpeningHours, ...]
    phone: str | None
    email: str | None
    website: str | None
    residence: str | None
    """It is only for people who stay there: an answer to where one stays."""
    only_there: bool
    """Whether it stands nowhere but in the results of these people."""
    step: str | None
    """It stands only in results with this step: who does not get it is sent to no desk either."""
    year: int | None
    about: bool
    """Whether the year is what we make of the source's text."""
    urls: tuple[str, ...]
    checked_on: date
    confidence: str
    note: str | None


@dataclass(frozen=True)
class Reading:
    """What can be read without answering anything."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    """What each kind of fact about a country is called, in the order shown."""
    phrases: Mapping[str, CountryPhrase] = field(default_factory=dict)
    asked: tuple[AskedQuestion, ...] = ()
    places: tuple[Place, ...] = ()
    by_region: tuple[str, ...] = ()
    """Answers to where one stays whose results lead to the places by region."""

"""Desks near a person, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from rules.model import Contact, OpeningHours, Place, Source
from wizard.i18n.cldr import conventions
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of


@dataclass(frozen=True)
class Desk:
    """A desk, its name with the town."""

    id: str
    name: str
    text: str
    address: str | None
    hours: tuple[Markup, ...]
    contact: Contact
    """How to reach it; without any detail where no source shows one."""
    site: str
    """The website where it was read."""
    place: Place


def desks(places: Iterable[Place], language: Language) -> tuple[Desk, ...]:
    """The desks as people of this language read them."""
    return tuple(_desk(each, language) for each in places)


def _desk(place: Place, language: Language) -> Desk:
    return Desk(
        id=place.id,
        name=", ".join(filter(None, (place.name, place.town))),
        text=texts_of(language).gettext(place.text),
        address=place.address,
        hours=tuple(opening_hours(each, language) for each in place.hours),
        contact=Contact(place.website, place.phone, place.email, _source_of(place)),
        site=host(place.urls[0]),
        place=place,
    )


def _source_of(place: Place) -> Source:
    """Where the desk was read. One year says how old all of it is, so no detail says it again."""
    return Source(
        id=place.id,
        title=place.name,
        url=place.urls[0],
        published=str(place.year) if place.year else None,
        checked_on=place.checked_on,
        confidence="H",
        title_in="nl",
    )


def opening_hours(hours: OpeningHours, language: Language) -> Markup:
    """Days and times as a line: "Monday–Friday: 10:00–12:00", in the language's own names of days.

    Figures keep their order in a text from right to left.
    """
    days = conventions(language.tag).days
    first, last = days[hours.first_day], days[hours.last_day]
    said = first if first == last else f"{first}–{last}"
    times = Markup('<bdi dir="ltr">{}–{}</bdi>').format(hours.opens, hours.closes)
    return Markup("<bdi>{}</bdi>: {}").format(said, times)


def host(url: str) -> str:
    """The website of an address, as people know it."""
    return urlsplit(url).netloc.removeprefix("www.")

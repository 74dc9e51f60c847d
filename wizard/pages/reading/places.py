"""Desks near a person, by region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from flask import render_template
from markupsafe import Markup

from rules.model import OpeningHours, Place
from wizard.i18n.cldr import conventions
from wizard.i18n.languages import Language, current
from wizard.pages.blueprint import pages
from wizard.policy_in_force import decider
from wizard.templating.page_cache import cached_page

_KEPT = 32
"""How many pages the cache holds, the last that were asked for."""


@pages.get("/<lang>/places")
@cached_page(most=_KEPT)
def places() -> str:
    """The desks of each province, and those for the whole country."""
    return render_template(
        "reading/places.html",
        regions=_regions(decider().policy.reading.places),
        hours=lambda place: [opening_hours(each, current()) for each in place.hours],
        host=host,
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


def _regions(known: Sequence[Place]) -> Iterator[tuple[str | None, list[Place]]]:
    """The places by province, those for the whole country first (None).

    What is only for people who are held somewhere stands in their result, and not here: it would
    send others to a closed door.
    """
    open_to_all = [place for place in known if not place.only_there]
    regions = {place.province for place in open_to_all}
    for region in sorted(regions, key=lambda each: each or ""):
        yield region, [place for place in open_to_all if place.province == region]

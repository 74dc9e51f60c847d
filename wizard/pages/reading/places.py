"""Desks near a person, by region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import render_template

from rules.model import Place
from wizard.i18n.languages import current
from wizard.pages.blueprint import pages
from wizard.policy_in_force import decider
from wizard.presenters.places import Desk, desks, host
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
        host=host,
    )


def _regions(known: Sequence[Place]) -> Iterator[tuple[str | None, tuple[Desk, ...]]]:
    """The desks by province, those for the whole country first (None).

    What is only for people who are held somewhere stands in their result, and not here: it would
    send others to a closed door.
    """
    open_to_all = [place for place in known if not place.only_there]
    regions = {place.province for place in open_to_all}
    for region in sorted(regions, key=lambda each: each or ""):
        there = (place for place in open_to_all if place.province == region)
        yield region, desks(there, current())

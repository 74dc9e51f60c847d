"""The questions that people ask most."""

from __future__ import annotations

from flask import render_template

from wizard.pages.blueprint import pages
from wizard.policy_in_force import decider
from wizard.templating.page_cache import cached_page

_KEPT = 32
"""How many pages the cache holds, the last that were asked for."""


@pages.get("/<lang>/asked")
@cached_page(most=_KEPT)
def often_asked() -> str:
    """What people in this position ask most, with what is sure and whom to ask."""
    return render_template("reading/asked.html", questions=decider().policy.reading.asked)

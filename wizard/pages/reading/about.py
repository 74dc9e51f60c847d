"""Pages about the service: its questions, its words, what happens with answers."""

from __future__ import annotations

from flask import render_template

from wizard.flowchart.chart import flow_rows, picture_svg
from wizard.i18n.languages import current
from wizard.pages.blueprint import pages
from wizard.pages.reading.rules import rule_addresses
from wizard.presenters.difficult_words import words
from wizard.templating.page_cache import cached_page

_KEPT = 32
"""How many pages the cache holds, the last that were asked for."""


@pages.get("/<lang>/flow")
@cached_page(most=_KEPT)
def flow() -> str:
    """Every question, when it is asked and which rules read it."""
    language = current()
    return render_template(
        "reading/flow.html",
        picture=picture_svg(language),
        rows=flow_rows(language),
        rules=rule_addresses(),
    )


@pages.get("/<lang>/words")
@cached_page(most=_KEPT)
def difficult_words() -> str:
    """Difficult words, and what they mean."""
    return render_template("reading/words.html", words=words())


@pages.get("/<lang>/wrong-number")
@cached_page(most=_KEPT)
def wrong_number() -> str:
    """Whom to tell that a number or an address is wrong; the page itself sends nothing."""
    return render_template("reading/wrong_number.html")


@pages.get("/<lang>/accessibility")
@cached_page(most=_KEPT)
def accessibility() -> str:
    """Who can use these pages, what was tested, and what is not good yet."""
    return render_template("reading/accessibility.html")


@pages.get("/<lang>/privacy")
@cached_page(most=_KEPT)
def privacy() -> str:
    """What happens with the answers."""
    return render_template("reading/privacy.html")

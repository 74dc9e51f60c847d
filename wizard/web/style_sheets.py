"""The style sheets, which stand in the pages themselves: any page can be read after one round trip.

A page names those that it needs; each stands in an element of its own, so that the content security
policy is the same for all pages: it names every sheet of ours by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache

import rcssmin
from markupsafe import Markup

from wizard.web.static_files import STATIC

STYLES = STATIC / "styles"
EVERYWHERE = "style.css"
ONLY_SOME = ("desk.css", "question.css", "result.css", "start.css", "tables.css")
"""Styles that a page can leave out."""


@cache
def style_elements(*only: str) -> Markup:
    """The style sheets of a page, as elements for its head.

    With names of `ONLY_SOME`, what all pages need and these; without, everything.
    """
    names = (EVERYWHERE, *(only or ONLY_SOME))
    return Markup("\n").join(Markup("<style>{}</style>").format(_sheets()[name]) for name in names)


@cache
def style_sources() -> str:
    """What stands for all our style sheets in a content security policy."""
    digests = (hashlib.sha256(sheet.encode()).digest() for sheet in _sheets().values())
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


@cache
def _sheets() -> Mapping[str, Markup]:
    """Each style sheet as it is sent, by its name."""
    return {name: _stripped(name) for name in (EVERYWHERE, *ONLY_SOME)}


def _stripped(name: str) -> Markup:
    return Markup(rcssmin.cssmin((STYLES / name).read_text(encoding="utf-8")))

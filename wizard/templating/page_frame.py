"""The partials around a page that are the same for everybody at the same place."""

from __future__ import annotations

from functools import lru_cache

from flask import render_template, request
from markupsafe import Markup

from wizard.i18n.languages import current, second


def part(template: str) -> Markup:
    """A partial that follows from nothing but the languages, and so is made once for each.

    A page with answers is made anew for each request; what stands around it need not be. See
    docs/decisions/0005-one-page-cache.md.
    """
    return _part(template, current(), second(), request.script_root)


@lru_cache(maxsize=512)
def _part(template: str, *_what_it_depends_on: object) -> Markup:
    return Markup(render_template(template))


def second_languages() -> Markup:
    """The options for a second language."""
    return part("frame/second.html")

"""What templates can use beside what a view hands them."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date
from flask import Flask, request, session, url_for
from flask_babel import get_locale, gettext
from markupsafe import Markup, escape

from wizard.assets import asset_url, stylesheet
from wizard.languages import current, languages, second, speaking

NOTICE = "notice"
"""The key in the session under which a message waits for the next page."""


def register_template_tools(app: Flask) -> None:
    """Make the tools known to the templates of the app."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset_url=asset_url,
        languages=languages,
        stylesheet=stylesheet,
        same_page=same_page,
        beside=beside,
    )
    app.jinja_env.filters.update(day=day)
    app.context_processor(_each_page)


def _each_page() -> dict[str, Any]:
    return {"language": current(), "second": second(), "notice": session.pop(NOTICE, None)}


def day(value: date) -> str:
    """A date as people write it in the current language."""
    return format_date(value, "long", locale=get_locale())


def same_page(tag: str) -> str:
    """The address of the page being made, in another language."""
    rule = request.url_rule
    if rule and "lang" in rule.arguments and "GET" in (rule.methods or ()):
        return url_for(rule.endpoint, **{**(request.view_args or {}), "lang": tag})
    return url_for("pages.start", lang=tag)


_BESIDE = Markup('<span class="second" lang="{}" dir="{}">{}</span>')


def beside(text: str, **values: object) -> Markup:
    """The text in the second language, where one is shown; nothing otherwise."""
    other = second()
    if other is None:
        return Markup("")
    with speaking(other):
        return _BESIDE.format(other.tag, other.direction, escape(gettext(text, **values)))

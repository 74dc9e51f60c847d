"""What templates can use beside what a view hands them.

What is the same for everybody is made once for each language and kept: the frame around a page,
the lines about a source, the list of countries. Nothing that depends on answers is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from babel.dates import format_date
from flask import Flask, current_app, g, render_template, request, session, url_for
from markupsafe import Markup, escape

from questions import Question
from wizard.assets import asset_url, stylesheet
from wizard.countries import country_names
from wizard.languages import Language, current, languages, second
from wizard.texts import Texts, texts_of

NOTICE = "notice"
"""The key in the session under which a message waits for the next page."""


def register_template_tools(app: Flask) -> None:
    """Make the tools known to the templates of the app."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset_url=asset_url,
        country_options=country_options,
        frame=frame,
        languages=languages,
        same_page=same_page,
        stylesheet=stylesheet,
    )
    app.jinja_env.filters.update(day=day)
    app.context_processor(_each_page)


def _each_page() -> Mapping[str, Any]:
    language, other = current(), second()
    tools = {"language": language, "second": other, "notice": _notice()}
    return {**_said_in(language), **_said_beside(other), **tools}


def _notice() -> str | None:
    """The message for this page. A page can be made of several templates, in any order."""
    if NOTICE in session:
        g.notice = session.pop(NOTICE)
    waiting: str | None = g.get("notice")
    return waiting


@cache
def _said_in(language: Language) -> Mapping[str, Callable[..., Markup]]:
    """What says something in this language. These stand before Flask-Babel's own."""
    texts = texts_of(language)
    return {
        "_": texts.markup,
        "gettext": texts.markup,
        "ngettext": texts.plural_markup,
        "source_line": _kept("source_line", texts),
        "contact_lines": _kept("contact_lines", texts),
    }


def _kept(macro: str, texts: Texts) -> Callable[[Any], Markup]:
    """The macro of parts.html, kept for each thing that it is about: a source, a contact."""

    @lru_cache(maxsize=512)
    def kept(about: object) -> Markup:
        template = current_app.jinja_env.get_template("parts.html")
        parts: Any = template.make_module({"_": texts.markup})
        made: Markup = getattr(parts, macro)(about)
        return made

    return kept


@cache
def _said_beside(other: Language | None) -> Mapping[str, Callable[..., Markup]]:
    """`beside` says a text in the second language, where one is shown."""
    if other is None:
        return {"beside": lambda *_text, **_values: Markup()}
    texts = texts_of(other)
    around = Markup('<span class="second" lang="{}" dir="{}">{}</span>')

    def beside(text: str, **values: object) -> Markup:
        said = texts.gettext(text, **values)
        return around.format(other.tag, other.direction, escape(said))

    return {"beside": beside}


def day(value: date) -> str:
    """A date as people write it in the current language."""
    return _day(value, current())


@lru_cache(maxsize=1024)
def _day(value: date, language: Language) -> str:
    return format_date(value, "long", locale=language.locale)


@dataclass(frozen=True)
class Frame:
    """What stands around every page."""

    header: Markup
    draft: Markup
    footer: Markup


def frame() -> Frame:
    """The frame around the page being made."""
    if request.url_rule is None:
        # An address that leads nowhere is anybody's text: nothing of it is kept.
        return _make_frame()
    return _frame(current(), second(), request.script_root, request.endpoint, request.path)


@lru_cache(maxsize=256)
def _frame(*_what_it_depends_on: object) -> Frame:
    return _make_frame()


def _make_frame() -> Frame:
    return Frame(
        header=Markup(render_template("frame_header.html")),
        draft=Markup(render_template("frame_draft.html")),
        footer=Markup(render_template("frame_footer.html")),
    )


def same_page(tag: str) -> str:
    """The address of the page being made, in another language."""
    rule = request.url_rule
    if rule and "lang" in rule.arguments and "GET" in (rule.methods or ()):
        return url_for(rule.endpoint, **{**(request.view_args or {}), "lang": tag})
    return url_for("pages.start", lang=tag)


_OPTION = Markup('<option value="{}">{}</option>\n')
_CHOSEN = Markup('<option value="{}" selected>{}</option>\n')


def country_options(question: Question, chosen: str) -> Markup:
    """The options of a question about a country, in the languages of the page."""
    before, option, after = _around(question.country_codes, current(), second(), chosen)
    return before + option + after


def _country_options() -> None: ...

"""What templates can use beside what a view hands them.

What is the same for everybody is made once for each language and kept: the lines about a source,
the list of countries. Nothing that depends on answers is kept here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from flask import Flask, current_app, g, render_template, request, session
from jinja2 import pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup, escape

from questions import Answer, Question, QuestionType, as_options
from wizard.i18n import cldr
from wizard.i18n.drafts import is_draft
from wizard.i18n.helper_mode import helping
from wizard.i18n.languages import Language, current, languages, second
from wizard.i18n.texts import texts_of
from wizard.policy_in_force import cached_per_policy
from wizard.presenters.difficult_words import words_of
from wizard.presenters.options import choices
from wizard.presenters.sources import title_of
from wizard.session.question_addresses import letters_of
from wizard.templating.icons import icon, sprite
from wizard.templating.page_frame import part, second_languages
from wizard.templating.urls import address, links_to_languages, same_page
from wizard.web.static_files import asset_url
from wizard.web.style_sheets import style_elements

_INDENT = re.compile("^[ \t]+", re.MULTILINE)


class WithoutIndent(Extension):
    """Templates are indented for whoever reads them; what is sent has no use for it."""

    def preprocess(
        self,
        source: str,
        name: str | None,  # noqa: ARG002 (as Jinja gives it)
        filename: str | None = None,  # noqa: ARG002
    ) -> str:
        """The source without white space at the beginnings of its lines."""
        return _INDENT.sub("", source)


NOTICE = "notice"
"""The key in the session under which a message waits for the next page."""


def register_template_tools(app: Flask) -> None:
    """Make the tools known to the templates of the app."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.add_extension(WithoutIndent)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset_url=asset_url,
        render_each=render_each,
        icon=icon,
        is_draft=is_draft,
        languages=languages,
        links_to_languages=links_to_languages,
        letters_of=letters_of,
        part=part,
        question_form=question_form,
        question_group=question_group,
        same_page=same_page,
        script="enhance.js",
        second_languages=second_languages,
        sprite=sprite,
        style_elements=style_elements,
        styles=(),
        title_of=title_of,
        url_for=address,
    )
    app.jinja_env.filters.update(
        day=day, figures=figures, isolated=isolated, listed=listed, published=published
    )
    app.context_processor(_each_page)


def _each_page() -> dict[str, Any]:
    said = said_in(current(), second())
    return {**said, "helping": helping(), "notice": _notice()}


def said_in(language: Language, other: Language | None) -> dict[str, Any]:
    """What a template says things with: in `language`, with `other` beside it."""
    own, beside = _said_in(language), _said_beside(other)

    def both(text: str, **values: object) -> Markup:
        """A text, and the same in the second language, where one is shown."""
        return own["_"](text, **values) + beside["beside"](text, **values)

    return {
        **own,
        **beside,
        "both": both,
        "language": language,
        "second": other,
    }


def _notice() -> str | None:
    """The message for this page. A page can be made of several templates, in any order."""
    if NOTICE in session:
        g.notice = session.pop(NOTICE)
    waiting: str | None = g.get("notice")
    return waiting


@cached_per_policy
def _said_in(language: Language) -> Mapping[str, Callable[..., Markup]]:
    """What says something in this language. These stand before Flask-Babel's own."""
    texts = texts_of(language)
    return {
        "_": texts.markup,
        "gettext": texts.markup,
        "ngettext": texts.plural_markup,
        **_macros(language),
    }


_MACROS = (
    "alternative_item",
    "brief_fact",
    "country_fact",
    "desk_card",
    "excluded_item",
    "host",
    "last_known",
    "letter_card",
    "letter_step",
    "missing_item",
    "organisation_card",
    "reason_item",
    "source_line",
    "support_card",
    "support_line",
)
"""Macros of parts.html."""


def _macros(language: Language) -> Mapping[str, Callable[..., Markup]]:
    """The macros of parts.html, in this language. What they make is not kept: it follows from
    answers, and what is there already comes sooner.
    """
    said = {
        "_": texts_of(language).markup,
        "language": language,
    }
    parts = current_app.jinja_env.get_template("parts.html").make_module(said)
    return {macro: getattr(parts, macro) for macro in _MACROS}


def render_each(macro: Callable[..., Markup], items: Iterable[object], *about: object) -> Markup:
    """What the macro makes of each item, in a row."""
    return Markup("\n".join([macro(item, *about) for item in items]))


@cache
def _said_beside(other: Language | None) -> Mapping[str, Callable[..., Markup]]:
    """`beside` says a text in the second language, where one is shown."""
    if other is None:
        nothing = Markup()
        return {"beside": lambda *_text, **_values: nothing}
    texts = texts_of(other)
    around = Markup('<span class="second" lang="{}" dir="{}">{}</span>')

    def beside(text: str, **values: object) -> Markup:
        said = texts.gettext(text, **values)
        return around.format(other.tag, other.direction, escape(said))

    return {"beside": beside}


@pass_context
def day(context: Context, value: date) -> str:
    """A date as people write it in the language of what the template makes."""
    return _day(value, context["language"])


@lru_cache(maxsize=1024)
def _day(value: date, language: Language) -> str:
    return cldr.long_date(value, language.tag)


@pass_context
def published(context: Context, value: str) -> str:
    """The date that a source shows: a day, a month or a year."""
    return cldr.partial_date(value, context["language"].tag)


def figures(value: object) -> Markup:
    """Figures in the order in which they are written, also in a text from right to left."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(value)


def isolated(name: str) -> Markup:
    """A name that keeps to itself in a text of the other direction."""
    return Markup("<bdi>{}</bdi>").format(name)


@pass_context
def listed(context: Context, names: Sequence[str]) -> Markup:
    """Names as a list ("a, b and c") in the language of what the template makes, each isolated
    from its neighbours.
    """
    return Markup(cldr.listed([str(isolated(name)) for name in names], context["language"].tag))


def question_form(question: Question, chosen: Answer, error: str) -> Markup:
    """The form of a question, with what was chosen. As long as nothing is, it is kept: it is the
    same for everybody who is asked.
    """
    if chosen or error:
        return _question_form(question, as_options(chosen), error)
    return _empty_forms()(question, current(), second(), request.script_root)


@cached_per_policy
def _empty_forms() -> Callable[..., Markup]:
    """Makes them and keeps those asked for last: in every pair of languages they are too many."""

    @lru_cache(maxsize=512)
    def form(question: Question, *_what_it_depends_on: object) -> Markup:
        return _question_form(question, (), "")

    return form


def _question_form(question: Question, chosen: Sequence[str], error: str) -> Markup:
    html = render_template(
        "question/question_form.html",
        question=question,
        chosen=chosen,
        options=tuple(country_options(question)),
        error=error,
        prefix="",
        level=1,
        words=words_of(question),
    )
    return Markup(html)


def question_group(question: Question, chosen: Answer, error: str, whole: bool = True) -> Markup:
    """The controls of a question on a page with others, with what was chosen.

    Not `whole`: a list of countries only holds what is chosen and what is no country, and where the
    others are to be had.
    """
    chosen = as_options(chosen)
    options, others = tuple(country_options(question)), ""
    if options and not whole:
        kept = {*chosen, *(option.id for option in question.options)}
        options = tuple(each for each in options if each[0] in kept)
        others = "pages.countries"
    html = render_template(
        "question/question_fields.html",
        question=question,
        chosen=chosen,
        options=options,
        others=others,
        error=error,
        prefix=f"{question.id}-",
        level=2,
    )
    return Markup(html)


def country_options(question: Question) -> Iterator[CountryOption]:
    """The options of a question about a country, in the languages of the page: value and text.
    None for another question.

    Those that are no country come first: below two hundred names nobody sees them.
    """
    if question.type is not QuestionType.COUNTRY:
        return
    other = second()
    beside = dict(choices(question, other)) if other else {}
    own = {option.id for option in question.options}
    for code, name in sorted(choices(question, current()), key=lambda each: each[0] not in own):
        yield code, f"{name} · {beside[code]}" if beside else name


CountryOption = tuple[str, str]

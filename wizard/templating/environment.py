"""What templates can use beside what a view hands them.

What is the same for everybody is made once for each language and kept: the lines about a source,
the list of countries. Nothing that depends on answers is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from flask import Flask, current_app, g, render_template, session
from flask.templating import Environment as FlaskEnvironment
from markupsafe import Markup, escape

from questions import Answer, Question, QuestionType
from wizard.i18n import cldr
from wizard.i18n.helper_mode import helping
from wizard.i18n.languages import Language, current, languages, second
from wizard.i18n.texts import texts_of
from wizard.pages.answer_form import choices
from wizard.policy_in_force import once_for_each_policy
from wizard.presenters.difficult_words import words_of
from wizard.session.answers import has_begun
from wizard.session.question_addresses import letters_of
from wizard.templating.icons import icon, sprite
from wizard.templating.page_frame import frame, part, second_languages
from wizard.templating.urls import address, in_other_languages, same_page
from wizard.web.navigation import follows_ours
from wizard.web.static_files import asset_url, module_urls, style_here, stylesheet

NOTICE = "notice"
"""The key in the session under which a message waits for the next page."""


def register_template_tools(app: Flask) -> None:
    """Make the tools known to the templates of the app."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset_url=asset_url,
        each=each,
        frame=frame,
        icon=icon,
        in_other_languages=in_other_languages,
        languages=languages,
        letters_of=letters_of,
        linked=False,
        module_urls=module_urls,
        part=part,
        question_form=question_form,
        question_group=question_group,
        same_page=same_page,
        script="enhance.js",
        second_languages=second_languages,
        sheet_is_here=sheet_is_here,
        sprite=sprite,
        style_here=style_here,
        styles=(),
        stylesheet=stylesheet,
        url_for=address,
    )
    app.jinja_env.filters.update(day=day, figures=figures, isolated=isolated, listed=listed)
    app.context_processor(_each_page)


def _each_page() -> dict[str, Any]:
    language, other = current(), second()
    tools = {
        "language": language,
        "second": other,
        "helping": helping(),
        "notice": _notice(),
    }
    return {**_said_in(language), **_said_beside(other), **tools}


def _notice() -> str | None:
    """The message for this page. A page can be made of several templates, in any order."""
    if NOTICE in session:
        g.notice = session.pop(NOTICE)
    waiting: str | None = g.get("notice")
    return waiting


@once_for_each_policy
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
    "country_fact",
    "excluded_item",
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
    said = {"_": texts_of(language).markup, "of_client": language.of_client}
    parts = current_app.jinja_env.get_template("parts.html").make_module(said)
    return {macro: getattr(parts, macro) for macro in _MACROS}


def each(macro: Callable[..., Markup], items: Iterable[object], *about: object) -> Markup:
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


def sheet_is_here() -> bool:
    """Whether a page before this one has fetched the style sheet, which it can then lead to."""
    return has_begun() and follows_ours()


def day(value: date) -> str:
    """A date as people write it in the current language."""
    return _day(value, current())


@lru_cache(maxsize=1024)
def _day(value: date, language: Language) -> str:
    return cldr.long_date(value, language.tag)


def figures(value: object) -> Markup:
    """Figures in the order in which they are written, also in a text from right to left."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(value)


def isolated(name: str) -> Markup:
    """A name that keeps to itself in a text of the other direction."""
    return Markup("<bdi>{}</bdi>").format(name)


def listed(names: Sequence[str]) -> Markup:
    """Names as a list in the current language ("a, b and c"), each isolated from its neighbours."""
    return Markup(cldr.listed([str(isolated(name)) for name in names], current().tag))


def question_form(question: Question, chosen: Answer, error: str) -> Markup:
    """The form of a question, with what was chosen."""
    html = render_template(
        "question_form.html",
        question=question,
        chosen=_as_options(chosen),
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
    chosen = _as_options(chosen)
    options, others = tuple(country_options(question)), ""
    if options and not whole:
        kept = {*chosen, *(option.id for option in question.options)}
        options = tuple(each for each in options if each[0] in kept)
        others = "pages.countries"
    html = render_template(
        "question_fields.html",
        question=question,
        chosen=chosen,
        options=options,
        others=others,
        error=error,
        prefix=f"{question.id}-",
        level=2,
    )
    return Markup(html)


def _as_options(chosen: Answer) -> tuple[str, ...]:
    return (chosen,) if isinstance(chosen, str) else tuple(chosen)


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


class Environment(FlaskEnvironment):
    """Jinja as in Flask, but what all templates share is one dictionary.

    Jinja's own ChainMap is made for globals that change after a template was loaded. Ours do not,
    and copying it was a tenth of the time of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that a template knows from the start."""
        return {**self.globals, **(d or {})}

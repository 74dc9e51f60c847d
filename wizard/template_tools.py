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
from wizard import cldr
from wizard.addresses import address, same_page
from wizard.answering import has_begun
from wizard.assets import asset_url, module_urls, style_here, stylesheet
from wizard.forms import choices
from wizard.frame import frame, part
from wizard.helping import helping
from wizard.icons import icon, sprite
from wizard.languages import Language, current, languages, second
from wizard.policy_in_force import decider, once_for_each_policy
from wizard.texts import texts_of
from wizard.visits import follows_ours
from wizard.words import words_of

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
        languages=languages,
        linked=False,
        module_urls=module_urls,
        part=part,
        question_form=question_form,
        question_group=question_group,
        same_page=same_page,
        script="enhance.js",
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
        **{macro: _kept(macro, language) for macro in _KEPT},
    }


_KEPT = (
    "organisation_card",
    "organisation_link",
    "support_card",
    "support_link",
    "situation_item",
    "missing_item",
    "step_item",
    "source_line",
    "reason_item",
    "alternative_item",
)
"""Macros of parts.html."""


def _kept(macro: str, language: Language) -> Callable[..., Markup]:
    """The macro, kept for what it is about: a rule, or a conclusion and the rules that led there.

    That can be the same for anybody: it says nothing of who asked.
    """

    said = {"_": texts_of(language).markup, "of_client": language.of_client}

    @lru_cache(maxsize=512)
    def kept(*about: object) -> Markup:
        parts = current_app.jinja_env.get_template("parts.html")
        module: Any = parts.make_module(said)
        made: Markup = getattr(module, macro)(*about)
        return made

    return kept


def each(kept: Callable[..., Markup], items: Iterable[object], *about: object) -> Markup:
    """What `kept` makes of each item, in a row."""
    return Markup("\n".join([kept(item, *about) for item in items]))


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
    return _filled("question_form.html", question, chosen, error)


def question_group(question: Question, chosen: Answer, error: str, whole: bool = True) -> Markup:
    """The controls of a question on a page with others, with what was chosen.

    Not `whole`: a list of countries only holds what is chosen and what is no country, and where the
    others are to be had.
    """
    template = "question_fields.html"
    if whole or question.type is not QuestionType.COUNTRY:
        return _filled(template, question, chosen, error)
    kept = {chosen, *(option.id for option in question.options)}
    options = [each for each in country_options(question) if each[0] in kept]
    form = _make_question_form(template, question, error, options, "pages.countries")
    return Markup(mark(str(form), question, chosen))


def _filled(template: str, question: Question, chosen: Answer, error: str) -> Markup:
    if error:
        form = _make_question_form(template, question, error)
    else:
        form = _question_forms()(template, question.id, current(), second())
    return Markup(mark(str(form), question, chosen))


@once_for_each_policy
def _question_forms() -> Callable[..., Markup]:
    @lru_cache(maxsize=128)
    def question_form(template: str, question_id: str, *_languages: Language | None) -> Markup:
        question = decider().policy.questionnaire.by_id[question_id]
        return _make_question_form(template, question, "")

    return question_form


def _make_question_form(
    template: str,
    question: Question,
    error: str,
    options: Sequence[CountryOption] | None = None,
    others: str = "",
) -> Markup:
    """`options` stands for all countries; `others` is the endpoint that has the rest of them."""
    alone = template == "question_form.html"
    html = render_template(
        template,
        question=question,
        options=country_options(question) if options is None else options,
        others=others,
        error=error,
        prefix="" if alone else f"{question.id}-",
        level=1 if alone else 2,
        words=words_of(question),
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


def mark(html: str, question: Question, chosen: Answer) -> str:
    """Mark what was chosen in a form in which nothing is."""
    marked = "selected" if question.type is QuestionType.COUNTRY else "checked"
    for option in (chosen,) if isinstance(chosen, str) else chosen:
        # What was posted can be anything.
        if option in question.option_ids:
            html = html.replace(f'value="{option}"', f'value="{option}" {marked}')
    return html


class Environment(FlaskEnvironment):
    """Jinja as in Flask, but what all templates share is one dictionary.

    Jinja's own ChainMap is made for globals that change after a template was loaded. Ours do not,
    and copying it was a tenth of the time of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that a template knows from the start."""
        return {**self.globals, **(d or {})}

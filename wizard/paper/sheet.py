"""The paper as a page for the printer, in one language or two side by side.

The first page is what somebody needs in their hand; the second is for who wants to know more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, render_template, url_for
from markupsafe import Markup

from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.paper.content import Paper, Wanted, paper


@dataclass(frozen=True)
class CaseCode:
    """The code of the case, and a picture of the address where it is typed in."""

    code: str
    address: str
    picture: Markup


@dataclass(frozen=True)
class Side:
    """One language of the paper. The same answers give the same blocks in every language, so that
    each stands beside its translation.
    """

    language: Language
    first: tuple[Markup, ...]
    """The blocks of the first page, down to the notes."""
    notes: Markup
    code: Markup
    rules: Markup
    operator: Markup
    """Who runs the website; empty where nobody has set it yet."""
    wrong_number: Markup
    more: tuple[Markup, ...]
    """The blocks of the second page, down to the sources."""
    sources: tuple[Markup, ...]
    versions: Markup


def sheet(
    first: Language, other: Language | None, wanted: Wanted, code: CaseCode | None, on: date
) -> str:
    """The page for the answers of this request; `on` is the day that it says it was made on."""
    sides = [_side(paper(each, wanted), on) for each in (first, other) if each]
    own = sides[0].language
    return render_template(
        "paper/sheet.html",
        sides=sides,
        code=code,
        rules=url_for("pages.rule_book", _external=True),
        _=texts_of(own).markup,
    )


def _side(said: Paper, on: date) -> Side:
    template = current_app.jinja_env.get_template("paper/parts.html")
    said_in = {"_": texts_of(said.language).markup, "language": said.language}
    parts: Any = template.make_module(said_in)
    return Side(
        language=said.language,
        first=(parts.top(said, on), *_first(parts, said)),
        notes=parts.notes(),
        code=parts.code(),
        rules=parts.rules(),
        operator=parts.operator(current_app.config["OPERATOR"]),
        wrong_number=parts.wrong_number(),
        more=tuple(_more(parts, said)),
        sources=tuple(parts.source(each, n) for n, each in enumerate(said.sources, start=1)),
        versions=parts.versions(said),
    )


def _first(parts: Any, said: Paper) -> Iterator[Markup]:
    yield parts.meaning(said.meaning)
    for number, step in enumerate(said.steps, start=1):
        yield parts.step(step, number)
    for number, each in enumerate(said.cards):
        yield parts.organisation(each, number == 0)
    yield parts.bring(said.bring)


def _more(parts: Any, said: Paper) -> Iterator[Markup]:
    yield parts.more(said.more_meaning)
    for each in said.more_cards:
        yield parts.organisation(each, False)
    for number, place in enumerate(said.places):
        yield parts.place(place, number == 0)
    if said.supports:
        yield parts.ask(said.supports)
    if said.answers:
        yield parts.answers(said.answers)

"""The paper as a page for the printer, in one language or two side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.paper.content import Paper, paper


@dataclass(frozen=True)
class Block:
    """A part of the paper. The same answers give the same blocks in every language, so that each
    stands beside its translation; a `shared` one is the same in all of them."""

    html: Markup
    shared: bool = False


@dataclass(frozen=True)
class Side:
    """One language of the paper."""

    language: Language
    blocks: tuple[Block, ...]
    sources: tuple[Markup, ...]
    versions: Markup
    notes: Markup


def sheet(first: Language, other: Language | None, with_answers: Collection[str], on: date) -> str:
    """The page for the answers of this request; `on` is the day that it says it was made on."""
    two = other is not None
    sides = [_side(paper(each, with_answers, brief=two), on) for each in (first, other) if each]
    own = sides[0].language
    return render_template("paper_sheet.html", sides=sides, _=texts_of(own).markup)


def _side(said: Paper, on: date) -> Side:
    template = current_app.jinja_env.get_template("paper_parts.html")
    said_in = {"_": texts_of(said.language).markup, "language": said.language}
    parts: Any = template.make_module(said_in)
    return Side(
        language=said.language,
        blocks=(Block(parts.top(said, on)), *_blocks(parts, said)),
        sources=tuple(parts.source(each) for each in said.sources),
        versions=parts.versions(said),
        notes=parts.notes(),
    )


def _blocks(parts: Any, said: Paper) -> Iterator[Block]:
    yield Block(parts.situation(said))
    yield Block(parts.who())
    for contact in said.contacts:
        yield Block(parts.reach(contact), shared=True)
        yield Block(parts.contact(contact))
    if said.supports:
        yield Block(parts.ask(said))
    yield Block(parts.steps(said))
    yield Block(parts.bring(said))
    if said.answers:
        yield Block(parts.answers(said))
    with_reasons = [each for each in said.sources if each.reasons]
    for number, source in enumerate(with_reasons):
        yield Block(parts.reasons(source, number == 0))

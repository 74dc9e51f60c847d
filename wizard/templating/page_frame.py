"""What stands around every page: made once for each language, for it is the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flask import render_template, request
from markupsafe import Markup

from wizard.i18n.languages import Language, current, second


@dataclass(frozen=True)
class Frame:
    """What stands around every page."""

    head: Markup
    header: Markup
    footer: Markup
    idle: Markup


def frame() -> Frame:
    """The frame around the page being made."""
    if request.url_rule is None or request.view_args:
        # An address that leads nowhere is anybody's text, and that of a question is one visitor's
        # own: nothing of it is kept.
        return _make_frame()
    return _frame(current(), second(), request.script_root, request.endpoint, request.path)


@lru_cache(maxsize=64)
def _frame(*_what_it_depends_on: object) -> Frame:
    return _make_frame()


def _make_frame() -> Frame:
    return Frame(
        head=part("frame_head.html"),
        header=Markup(render_template("frame_header.html")),
        footer=part("frame_footer.html"),
        idle=part("frame_idle.html"),
    )


def second_languages() -> Markup:
    """The options for a second language: the same for everybody with the same two languages."""
    return _second_languages(current(), second())


@lru_cache(maxsize=256)
def _second_languages(*_what_it_depends_on: Language | None) -> Markup:
    return Markup(render_template("frame_second.html"))


def part(template: str) -> Markup:
    """A part of a page that is the same in all of a language, and so is made once.

    Also where the address leads nowhere, and nothing else is kept: a fifth of its time.
    """
    return _part(template, current(), request.script_root)


@lru_cache(maxsize=256)
def _part(template: str, *_what_it_depends_on: object) -> Markup:
    return Markup(render_template(template))

"""What stands around every page: made once for each language, for it is the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flask import render_template, request
from markupsafe import Markup

from wizard.languages import current, second


@dataclass(frozen=True)
class Frame:
    """What stands around every page."""

    head: Markup
    header: Markup
    draft: Markup
    footer: Markup
    idle: Markup


def frame() -> Frame:
    """The frame around the page being made."""
    if request.url_rule is None:
        # An address that leads nowhere is anybody's text: nothing of it is kept.
        return _make_frame()
    return _frame(current(), second(), request.script_root, request.endpoint, request.path)


@lru_cache(maxsize=64)
def _frame(*_what_it_depends_on: object) -> Frame:
    return _make_frame()


def _make_frame() -> Frame:
    return Frame(
        head=_part("frame_head.html", current(), request.script_root),
        header=Markup(render_template("frame_header.html")),
        draft=Markup(render_template("frame_draft.html")),
        footer=_part("frame_footer.html", current(), request.script_root),
        idle=_part("frame_idle.html", current(), request.script_root),
    )


@lru_cache(maxsize=256)
def _part(template: str, *_what_it_depends_on: object) -> Markup:
    """A part of the frame that is the same on every page. Also kept for an address that leads
    nowhere, of which nothing else is: a fifth of the time of that page.
    """
    return Markup(render_template(template))

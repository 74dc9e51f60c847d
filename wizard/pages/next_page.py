"""Where a visitor goes on, and the pages that need all answers first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from wizard.session import answers
from wizard.session.question_addresses import letters_of

P = ParamSpec("P")


def next_url(address: Callable[..., str] = url_for) -> str:
    """The address of the first question without an answer, or of the result."""
    following = answers.path().next_question
    if following:
        return address("pages.question", letters=letters_of(following.id))
    return address("pages.result")


def once_all_is_answered(
    view: Callable[P, ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """A view that leads to the next question while one is open: half a path has no result."""

    @wraps(view)
    def guarded(*args: P.args, **named: P.kwargs) -> ResponseReturnValue:
        if answers.path().next_question:
            return redirect(next_url(), 303)
        return view(*args, **named)

    return guarded

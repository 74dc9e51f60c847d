"""What could not be taken in is shown again, once, by a page that was asked for with GET.

A browser keeps the body of a POST whose answer is a page in a file on disk, so that it can bring
the page back: also after leaving. So no POST is answered with a page. What was typed waits in the
sealed cookie, where it ends with the session, and goes with the page that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from flask import abort, g, redirect, request, session
from flask.typing import ResponseReturnValue

from wizard.pages.blueprint import pages
from wizard.web.errors import TOLD_BY_GET

_KEY = "refused"


@dataclass(frozen=True)
class Refusal:
    """What was sent to this page last, and why it was not taken in."""

    errors: Mapping[str, str]
    """What is wrong, to be translated where it is shown, by what it is about."""

    typed: Any
    """What was typed or chosen."""


def refuse_and_show_again(
    errors: Mapping[str, str], typed: Sequence[str] | Mapping[str, Any] | str
) -> ResponseReturnValue:
    """Send back to the page of this request, which shows what was typed and what is wrong."""
    g.has_refused = True
    session[_KEY] = {"at": request.path, "errors": dict(errors), "typed": typed}
    return redirect(request.script_root + request.path, 303)


def has_refused() -> bool:
    """Whether this request was refused so."""
    return "has_refused" in g


def refused_here() -> Refusal | None:
    """What was refused at this address, for the only time; None where nothing was."""
    if _KEY not in session:
        return None
    kept = session.pop(_KEY)
    return Refusal(kept["errors"], kept["typed"]) if kept["at"] == request.path else None


@pages.get("/<lang>/sorry/<int:status>")
def sorry(status: int) -> NoReturn:
    """What went wrong with a form that could not be read, or not now."""
    abort(status if status in TOLD_BY_GET else 404)

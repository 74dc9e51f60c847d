"""The result to take along: on paper, or as a text for a message."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from time import time
from typing import Any

from flask import (
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from wizard.i18n.languages import Language, current, languages, second
from wizard.pages.blueprint import pages
from wizard.pages.case import case_address, lasting_code, picture_of
from wizard.pages.next_page import once_all_is_answered
from wizard.paper.content import Wanted, to_the_person
from wizard.paper.message import message
from wizard.paper.places import BusyError, Places
from wizard.paper.printing import PrintingError, make_pdf
from wizard.paper.private import private_keys, private_lines
from wizard.paper.sheet import CaseCode, sheet
from wizard.presenters.answers import summary
from wizard.presenters.result import presenter
from wizard.session import answers
from wizard.web.rate_limits import few, results, subscriber

AT_ONCE = 2
"""In each worker: each takes a core for seconds, and the memory that `draw.py` allows itself."""
PER_MINUTE = "20 per minute"
"""Papers that one address may have made. Each is a hundred pages' worth of work."""
ASK_AGAIN = 4
"""In seconds: how often a page that waits asks again."""
LONGEST_WAIT = 120
"""In seconds: then the person is told to try later."""

_FILE_NAME = "page.pdf"
"""Says nothing to who looks through the files of a shared device."""
_PDF = "application/pdf"
_CHOSEN = "paper"
"""The key in the session of what should stand on the paper, and since when somebody waits."""
_MESSAGE = "message"
"""The button that only shows the message again, with what was ticked."""

_places = Places(AT_ONCE)


@pages.get("/<lang>/paper")
@results
@once_all_is_answered
def paper() -> ResponseReturnValue:
    """Choose what stands on the paper; nothing of the person, unless it is ticked."""
    chosen = session.get(_CHOSEN, {})
    if not chosen.get("shown_again"):
        return _page(second(), Wanted(), failed=False)
    # Shown once: what somebody ticked is nobody else's business.
    session.pop(_CHOSEN)
    return _page(languages().get(chosen["second"]), _wanted(chosen), failed=chosen["failed"])


@pages.post("/<lang>/paper")
@once_all_is_answered
def choose_paper() -> ResponseReturnValue:
    """Seal what should stand on the paper into the cookie: it is made where a GET asks for it.

    So whoever has to wait asks again by loading a page again, and the server keeps nothing.
    """
    beside = request.form.get("second", "")
    if beside and beside not in languages():
        abort(400)
    private = private_keys(answers.decider().policy, answers.decision())
    for_message = _MESSAGE in request.form
    session[_CHOSEN] = {
        "second": beside,
        "print": _ticked("print", answers.path().answers),
        "private": _ticked("private", private),
        "code": "code" in request.form,
        "since": int(time()),
        "shown_again": for_message,
        "failed": False,
    }
    return redirect(url_for("pages.paper" if for_message else "pages.pdf"), 303)


def _ticked(name: str, offered: Iterable[str]) -> list[str]:
    ticked = request.form.getlist(name)
    return [each for each in offered if each in ticked]


@pages.get("/<lang>/paper/pdf")
@few(PER_MINUTE, deduct_when=lambda response: response.mimetype == _PDF)
def pdf() -> ResponseReturnValue:
    """The paper as a PDF. Where others are being made, a page that waits; where it cannot be made,
    back to the page that says what else can be done.
    """
    chosen = session.get(_CHOSEN)
    if chosen is None or answers.path().next_question:
        return redirect(url_for("pages.paper"), 303)
    try:
        with _places.taken_by(subscriber()):
            return _as_file(make_pdf(_sheet(chosen)))
    except BusyError:
        if time() - chosen["since"] < LONGEST_WAIT:
            return _waiting()
    except PrintingError:
        pass
    session[_CHOSEN] = {**chosen, "failed": True, "shown_again": True}
    return redirect(url_for("pages.paper"), 303)


def _sheet(chosen: dict[str, Any]) -> str:
    beside = languages().get(chosen["second"])
    other = beside if beside and beside.tag != current().tag else None
    return sheet(
        current(), other, _wanted(chosen), _code() if chosen["code"] else None, date.today()
    )


def _wanted(chosen: dict[str, Any]) -> Wanted:
    return Wanted(chosen["print"], chosen["private"], chosen["code"])


def _code() -> CaseCode:
    # The picture leads to where the code is typed in. One with the code in it would have to be over
    # in minutes, see `case_code`, and a paper is kept for longer.
    return CaseCode(lasting_code(), case_address(), picture_of(case_address()))


def _waiting() -> Response:
    """A page that asks again by itself, also without JavaScript."""
    response = make_response(render_template("paper/waiting.html"), HTTPStatus.ACCEPTED)
    response.headers["Refresh"] = str(ASK_AGAIN)
    return response


def _page(beside: Language | None, wanted: Wanted, failed: bool) -> str:
    language = current()
    policy, decision = answers.decider().policy, answers.decision()
    first = to_the_person(language)
    return render_template(
        "paper/paper.html",
        beside_paper=beside,
        failed=failed,
        wanted=wanted,
        private=private_lines(policy, decision, presenter(language)),
        rows=summary(answers.path(), language),
        messages=[message(each, wanted) for each in (first, second()) if each],
    )


def _as_file(made: bytes) -> Response:
    response = make_response(made)
    response.mimetype = _PDF
    response.headers["Content-Disposition"] = f'inline; filename="{_FILE_NAME}"'
    response.headers["Cache-Control"] = "no-store"
    return response

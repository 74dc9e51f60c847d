"""The result to take along: on paper, or as a text for a message."""

from __future__ import annotations

from datetime import date

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

from wizard import answering
from wizard.languages import Language, current, languages, second
from wizard.pages.asking import next_url
from wizard.pages.blueprint import pages
from wizard.paper.content import to_the_person
from wizard.paper.plain_text import plain_text
from wizard.paper.printing import PrintingError, make_pdf
from wizard.paper.sheet import sheet
from wizard.summary import summary

_FILE_NAME = "page.pdf"
"""Says nothing to who looks through the files of a shared device."""

_CHOSEN, _FAILED = "paper", "paper_failed"
"""Keys in the session: what was chosen for the paper, and that it could not be made."""


@pages.get("/<lang>/paper")
def paper() -> ResponseReturnValue:
    """Choose what stands on the paper; nothing that was answered, unless it is ticked."""
    if answering.path().next_question:
        return redirect(next_url(), 303)
    failed = session.pop(_FAILED, False)
    beside, printed = _choices() if failed else (second(), [])
    return _page(beside, printed, failed)


@pages.post("/<lang>/paper")
def make_paper() -> ResponseReturnValue:
    """Seal what was chosen, and lead to the paper: see `refusing` on why no POST shows it."""
    if answering.path().next_question:
        return redirect(next_url(), 303)
    beside = _chosen_language(request.form.get("second", ""))
    asked = answering.path().answers
    printed = [name for name in request.form.getlist("print") if name in asked]
    session[_CHOSEN] = {"second": beside.tag if beside else "", "print": printed}
    return redirect(url_for("pages.paper_file"), 303)


@pages.get(f"/<lang>/paper/{_FILE_NAME}")
def paper_file() -> ResponseReturnValue:
    """The paper as a PDF; where it cannot be made, the page says what else can be done."""
    if answering.path().next_question:
        return redirect(next_url(), 303)
    if _CHOSEN not in session:
        return redirect(url_for("pages.paper"), 303)
    beside, printed = _choices()
    try:
        pdf = make_pdf(sheet(current(), beside, printed, date.today()))
    except PrintingError:
        session[_FAILED] = True
        return redirect(url_for("pages.paper"), 303)
    return _as_file(pdf)


def _choices() -> tuple[Language | None, list[str]]:
    """The second language of the paper, and the questions whose answers it shows."""
    chosen = session.get(_CHOSEN, {"second": "", "print": []})
    return languages().get(chosen["second"]), chosen["print"]


def _chosen_language(tag: str) -> Language | None:
    if tag and tag not in languages():
        abort(400)
    return languages()[tag] if tag and tag != current().tag else None


def _page(beside: Language | None, printed: list[str], failed: bool) -> str:
    first = to_the_person(current())
    return render_template(
        "paper.html",
        beside_paper=beside,
        failed=failed,
        printed=printed,
        rows=summary(answering.path(), current()),
        texts=[(each, plain_text(each)) for each in (first, second()) if each],
    )


def _as_file(pdf: bytes) -> Response:
    response = make_response(pdf)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{_FILE_NAME}"'
    response.headers["Cache-Control"] = "no-store"
    return response

"""A case as a code, to go on with it on another device.

A code is made and opened by POST, so it stands in no address that reaches the server. In a QR
picture it stands behind #, which browsers send to nobody; `case.js` takes it from there. The
history of the browser keeps that address all the same: see `case_code` on codes for a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from time import time

import segno
from flask import current_app, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from questions import Questionnaire
from rules.editions import Edition, edition_on
from rules.history.case_changes import case_changes
from wizard.i18n.languages import current
from wizard.pages.answer_form import N_
from wizard.pages.blueprint import pages
from wizard.pages.next_page import next_url
from wizard.pages.refusing import refuse_and_show_again, refused_here
from wizard.policy_in_force import policy_of
from wizard.presenters.case_changes import ChangesPresenter
from wizard.session import answers
from wizard.session.case_code import (
    Case,
    CaseCodeError,
    CaseCodes,
    IncompleteError,
    MistypedError,
    OldError,
)
from wizard.web.rate_limits import few

FIELD = "code"
REFUSED_PER_MINUTE = "120 per minute"
"""Codes that were refused, from one address: 300 people in a shelter make fewer mistakes. A code
that opens is not counted, and opens whatever others at that address typed: nobody finds one by
trying, see `case_code`."""

LONGEST_SHOWN = 300
"""Of what was typed, in letters: as much as the field takes."""

_SHOW = "show_code"
"""The key in the session that says that the code was asked for."""

_OPENED_FROM = "case_edition"
"""The key in the session of the edition that a code was made with."""


@pages.get("/<lang>/case")
def case() -> ResponseReturnValue:
    """The form to type in a code."""
    refusal = refused_here()
    typed, error = (refusal.typed, refusal.errors[FIELD]) if refusal else ("", "")
    return render_template("case/case.html", typed=typed, error=error)


@pages.post("/<lang>/case")
def open_case() -> ResponseReturnValue:
    """Open the case of a code in the place of the one here."""
    typed = request.form.get(FIELD, "")
    try:
        opened = _codes().open(typed, _questionnaires(), time())
    except CaseCodeError as error:
        return _refused(typed, error)
    answers.bring_in(opened.answers)
    session[_OPENED_FROM] = opened.edition
    return redirect(next_url(), 303)


@few(REFUSED_PER_MINUTE)
def _refused(typed: str, error: CaseCodeError) -> ResponseReturnValue:
    return refuse_and_show_again({FIELD: _said_of(error)}, typed[:LONGEST_SHOWN])


def _questionnaires() -> Iterator[Questionnaire]:
    """The questionnaire in force, then those before it."""
    yield answers.decider().policy.questionnaire
    yield from policy_of(current_app).archive.questionnaires()


def _said_of(error: CaseCodeError) -> str:
    """What is wrong, to be translated where it is shown."""
    if isinstance(error, IncompleteError):
        return N_("A code has 32 letters and numbers. Something is missing, or there is too much.")
    if isinstance(error, MistypedError):
        return N_("One letter or number is not right. Compare the code again.")
    if isinstance(error, OldError):
        return N_("This code was made with other questions. They are no longer here.")
    return N_("This code is not from this website, or it is too old. Make a new one.")


@pages.get("/<lang>/case/code")
def case_code() -> ResponseReturnValue:
    """What a code is, for who takes a case along; the code itself, once, for who asked for it."""
    if not answers.path().answers:
        return redirect(url_for("pages.start"), 303)
    if not session.pop(_SHOW, False):
        return render_template("case/code.html", code=None)
    address = f"{case_address()}#{_sealed(at=time()).replace('-', '')}"
    return render_template("case/code.html", code=lasting_code(), picture=picture_of(address))


@pages.post("/<lang>/case/code")
def ask_for_case_code() -> ResponseReturnValue:
    """Lead to the page that shows a code, once: see `refusing` on why no POST shows it."""
    if not answers.path().answers:
        # Else it would wait, and show a code later to who did not ask.
        return redirect(url_for("pages.start"), 303)
    session[_SHOW] = True
    return redirect(url_for("pages.case_code"), 303)


def lasting_code() -> str:
    """The code of this case that also opens it later. Whoever has it can see the answers."""
    return _sealed()


def _sealed(at: float | None = None) -> str:
    case = Case(answers.path().answers, _edition_in_force().short)
    return _codes().seal(answers.decider().policy.questionnaire, case, at=at)


def case_address() -> str:
    """The address of the page where a code is typed in."""
    return url_for("pages.case", _external=True)


def picture_of(address: str) -> Markup:
    """The QR picture of an address."""
    made = segno.make_qr(address, error="m")
    # Scanners want dark on light, also where the page is light on dark.
    svg = made.svg_inline(scale=5, dark="#000", light="#fff", svgclass=None, lineclass=None)
    return Markup(svg)


def changed_since() -> Markup:
    """What changed since the code of this case was made; nothing where nothing could."""
    short = session.get(_OPENED_FROM)
    if short is None:
        return Markup()
    edition = _edition_in_force()
    if short == edition.short:
        return Markup()
    former = policy_of(current_app).archive.find(short)
    sentences = []
    if former:
        present = answers.decider()
        changes = case_changes(answers.sealed(), former, (present, edition.since))
        in_words = ChangesPresenter(former[0].policy, present.policy, current())
        sentences = in_words.sentences(changes)
    html = render_template("case/changes.html", is_known=former is not None, changes=sentences)
    return Markup(html)


def _edition_in_force() -> Edition:
    return edition_on(answers.decider().policy, date.today())


def _codes() -> CaseCodes:
    codes: CaseCodes = current_app.extensions["case_codes"]
    return codes


@pages.record_once
def _known_to_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["changed_since"] = changed_since

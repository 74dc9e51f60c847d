"""Answers side by side."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template
from flask.typing import ResponseReturnValue

from wizard.i18n.languages import current
from wizard.pages.blueprint import pages
from wizard.pages.question import next_url
from wizard.presenters.comparison import ComparisonPresenter
from wizard.session import answers
from wizard.web.rate_limits import results


@pages.get("/<lang>/compare")
@results
def compare() -> ResponseReturnValue:
    """The same answers in columns, each with other answers about going back."""
    comparison = answers.decider().policy.comparison
    if comparison is None:
        abort(404)
    if answers.path().next_question:
        return redirect(next_url(), 303)
    present = ComparisonPresenter(answers.decider(), current())
    shown = present.side_by_side(comparison, answers.path().answers, date.today())
    return render_template("compare.html", comparison=comparison, shown=shown)

"""Answers side by side."""

from __future__ import annotations

from datetime import date

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from wizard.i18n.languages import current
from wizard.pages.blueprint import pages
from wizard.pages.next_page import once_all_is_answered
from wizard.presenters.comparison import ComparisonPresenter
from wizard.session import answers
from wizard.web.rate_limits import results


@pages.get("/<lang>/compare")
@results
@once_all_is_answered
def compare() -> ResponseReturnValue:
    """The same answers in columns, each with other answers about going back."""
    comparison = answers.decider().policy.comparison
    if comparison is None:
        abort(404)
    present = ComparisonPresenter(answers.decider(), current())
    shown = present.side_by_side(comparison, answers.path().answers, date.today())
    return render_template("result/compare.html", comparison=comparison, shown=shown)

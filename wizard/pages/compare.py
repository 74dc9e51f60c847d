"""Answers side by side."""

from __future__ import annotations

from datetime import date

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from rules.model import Comparison
from wizard.i18n.languages import Language, current, second
from wizard.pages.blueprint import pages
from wizard.pages.next_page import once_all_is_answered
from wizard.presenters.comparison import ComparisonPresenter
from wizard.session import answers
from wizard.templating.environment import said_in
from wizard.templating.two_columns import side_by_side
from wizard.web.rate_limits import results


@pages.get("/<lang>/compare")
@results
@once_all_is_answered
def compare() -> ResponseReturnValue:
    """The same answers in columns, each with other answers about going back."""
    comparison = answers.decider().policy.comparison
    if comparison is None:
        abort(404)
    language, other = current(), second()
    columns = _columns(comparison, language, other, "")
    if other:
        columns = side_by_side(columns, _columns(comparison, other, None, "second-"), other)
    return render_template("result/compare.html", comparison=comparison, columns=columns)


def _columns(
    comparison: Comparison, language: Language, other: Language | None, prefix: str
) -> Markup:
    """What is compared, in one language; `prefix` keeps the ids of two languages apart."""
    present = ComparisonPresenter(answers.decider(), language)
    shown = present.side_by_side(comparison, answers.path().answers, date.today())
    said = said_in(language, other)
    return Markup(
        render_template("result/compare_columns.html", **said, prefix=prefix, shown=shown)
    )

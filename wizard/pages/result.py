"""The result, and whether it helped."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wizard.i18n.languages import Language, current, second
from wizard.monitoring.feedback import count_helpful
from wizard.pages.blueprint import pages
from wizard.pages.next_page import once_all_is_answered
from wizard.presenters.explanation import explainer
from wizard.presenters.result import presenter
from wizard.session import answers
from wizard.templating.environment import said_in
from wizard.web.rate_limits import results


@pages.get("/<lang>/result")
@results
@once_all_is_answered
def result() -> ResponseReturnValue:
    """What fits the answers."""
    language, other = current(), second()
    return render_template(
        "result.html",
        body=_result_body(language, other, ""),
        second_body=_result_body(other, None, "second-", brief=True) if other else None,
        comparison=answers.decider().policy.comparison,
    )


def _result_body(
    language: Language, other: Language | None, prefix: str, brief: bool = False
) -> Markup:
    """What the result says, in one language; `prefix` keeps the ids of two bodies apart.

    A brief one leaves out what is folded: two whole results are too heavy for one page, and each
    language has a whole one of its own.
    """
    explanation, given = answers.explanation(), answers.path().answers
    html = render_template(
        "result_body.html",
        **said_in(language, other),
        prefix=prefix,
        brief=brief,
        result=presenter(language).result(answers.decision()),
        why_excluded=explainer(language).why_excluded(explanation, given),
    )
    return Markup(html)


@pages.get("/<lang>/result/why")
@results
@once_all_is_answered
def why() -> ResponseReturnValue:
    """Every rule that led to the result, what does not fit, and what would change that.

    On a page of its own: some hundred decisions stand behind it, and not everybody asks for them.
    """
    explanation, given = answers.explanation(), answers.path().answers
    language = current()
    explain = explainer(language)
    return render_template(
        "why.html",
        result=presenter(language).result(answers.decision()),
        missing=explain.missing_supports(explanation, given),
        alternatives=explain.alternatives(explanation),
    )


@pages.post("/<lang>/helpful")
def helpful() -> ResponseReturnValue:
    """Count whether the result helped: yes or no, and nothing else."""
    value = request.form.get("helpful")
    if value not in {"yes", "no"}:
        abort(400)
    count_helpful(value)
    return redirect(url_for("pages.thanks"), 303)


@pages.get("/<lang>/thanks")
def thanks() -> ResponseReturnValue:
    """Thank for the yes or no."""
    return render_template("thanks.html", done=not answers.path().next_question)

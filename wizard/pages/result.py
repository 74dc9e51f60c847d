"""The result, and whether it helped."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wizard.i18n.languages import Language, current, second, speaking
from wizard.monitoring.feedback import count_helpful
from wizard.pages.blueprint import pages
from wizard.pages.question import next_url
from wizard.presenters.answers import SummaryRow, summary
from wizard.presenters.explanation import explainer
from wizard.presenters.letter import LetterWriter
from wizard.presenters.result import presenter
from wizard.session import answers
from wizard.web.rate_limits import results

_PARTS = ("meaning", "now", "who", "help", "country", "bring")
"""The parts of the letter that stand open, in their order: templates in result/."""


@pages.get("/<lang>/result")
@results
def result() -> ResponseReturnValue:
    """What fits the answers."""
    if answers.path().next_question:
        return redirect(next_url(), 303)
    here = presenter().result(answers.decision())
    rows = [(part, Markup()) for part in _letter_parts(current(), "")]
    second_rows: list[SummaryRow] = []
    if other := second():
        with speaking(other):
            there = _letter_parts(other, "second-")
            second_rows = summary(answers.path(), other)
        rows = [(part, beside) for (part, _), beside in zip(rows, there, strict=True)]
    return render_template(
        "result.html",
        result=here,
        rows=rows,
        given=_part(
            "answers",
            result=here,
            rows=summary(answers.path(), current()),
            second_rows=second_rows,
        ),
        comparison=answers.decider().policy.comparison,
    )


def _letter_parts(language: Language, prefix: str) -> list[Markup]:
    """The parts of the letter in one language; `prefix` keeps the ids of two languages apart."""
    policy, decision, given = answers.decider().policy, answers.decision(), answers.path().answers
    said = presenter().result(decision)
    shown = {
        "prefix": prefix,
        "result": said,
        "letter": LetterWriter(policy, language).letter(said, given, decision, date.today()),
        "why_excluded": explainer().why_excluded(answers.explanation(), given),
        "excluding": [role.id for role in policy.roles.values() if role.excludes],
    }
    return [_part(name, **shown) for name in _PARTS]


def _part(name: str, **shown: object) -> Markup:
    return Markup(render_template(f"result/{name}.html", **shown).strip())


@pages.get("/<lang>/result/why")
@results
def why() -> ResponseReturnValue:
    """Every rule that led to the result, what does not fit, and what would change that.

    On a page of its own: some hundred decisions stand behind it, and not everybody asks for them.
    """
    if answers.path().next_question:
        return redirect(next_url(), 303)
    explanation, given = answers.explanation(), answers.path().answers
    return render_template(
        "why.html",
        result=presenter().result(answers.decision()),
        missing=explainer().missing_supports(explanation, given),
        alternatives=explainer().alternatives(explanation),
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

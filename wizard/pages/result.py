"""The result, and whether it helped."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wizard.i18n.languages import Language, current, second
from wizard.monitoring.feedback import count_helpful
from wizard.pages.blueprint import pages
from wizard.pages.next_page import once_all_is_answered
from wizard.presenters.answers import SummaryRow, summary
from wizard.presenters.explanation import explainer
from wizard.presenters.letter import LetterWriter
from wizard.presenters.result import presenter
from wizard.session import answers
from wizard.templating.environment import said_in
from wizard.web.rate_limits import results

PARTS = ("meaning", "now", "who", "help", "country_facts", "bring")
"""The parts of the letter that stand open, in their order: templates in result/."""


@pages.get("/<lang>/result")
@results
@once_all_is_answered
def result() -> ResponseReturnValue:
    """What fits the answers."""
    language, other = current(), second()
    here = presenter(language).result(answers.decision())
    rows = [(part, Markup()) for part in _letter_parts(language, other, "")]
    second_rows: list[SummaryRow] = []
    if other:
        there = _letter_parts(other, None, "second-")
        second_rows = summary(answers.path(), other)
        rows = [(part, beside) for (part, _), beside in zip(rows, there, strict=True)]
    return render_template(
        "result/result.html",
        result=here,
        rows=rows,
        given=_part(
            "answers",
            result=here,
            rows=summary(answers.path(), language),
            second_rows=second_rows,
        ),
        comparison=answers.decider().policy.comparison,
        excluding=_excluding(),
    )


def _letter_parts(language: Language, other: Language | None, prefix: str) -> list[Markup]:
    """The parts of the letter in one language; `prefix` keeps the ids of two languages apart."""
    policy, decision, given = answers.decider().policy, answers.decision(), answers.path().answers
    said = presenter(language).result(decision)
    shown = {
        **said_in(language, other),
        "prefix": prefix,
        "result": said,
        "letter": LetterWriter(policy, language).letter(said, given, decision, date.today()),
        "why_excluded": explainer(language).why_excluded(answers.explanation(), given),
        "excluding": _excluding(),
    }
    return [_part(name, **shown) for name in PARTS]


def _excluding() -> list[str]:
    """The roles whose organisations stand in a short list, without a card."""
    return [role.id for role in answers.decider().policy.roles.values() if role.excludes]


def _part(name: str, **shown: object) -> Markup:
    return Markup(render_template(f"result/{name}.html", **shown).strip())


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
        "result/why.html",
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
    return render_template("result/thanks.html", done=not answers.path().next_question)

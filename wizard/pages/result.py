"""The result, and whether it helped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from rules.checklist import to_check
from wizard.i18n.helper_mode import helping
from wizard.i18n.languages import Language, current, second
from wizard.monitoring.feedback import count_helpful
from wizard.pages.blueprint import pages
from wizard.pages.next_page import once_all_is_answered
from wizard.presenters.answers import SummaryRow, summary
from wizard.presenters.country import DUTCH
from wizard.presenters.explanation import explainer
from wizard.presenters.letter import Letter, LetterWriter
from wizard.presenters.result import Result, presenter
from wizard.session import answers
from wizard.templating.environment import said_in
from wizard.templating.two_columns import side_by_side
from wizard.web.rate_limits import results

PARTS = ("meaning", "now", "who", "help", "country_facts", "bring")
"""The parts of the letter that stand open, in their order: templates in result/."""


REASONS = ("rules_used", "missing", "changes")
"""The parts of the page of reasons."""


@pages.get("/<lang>/result")
@results
@once_all_is_answered
def result() -> ResponseReturnValue:
    """What fits the answers."""
    language, other = current(), second()
    here, there = _letter(language), _letter(other) if other else None
    alone = not any(each and each.tag == DUTCH for each in (language, other))
    parts = _letter_parts(here, language, other, "", alone=alone)
    second_rows: list[SummaryRow] = []
    if other and there:
        second_parts = _letter_parts(there, other, None, "second-", alone=alone)
        second_rows = summary(answers.path(), other)
        parts = _beside(parts, second_parts, other)
    return render_template(
        "result/result.html",
        result=here[0],
        desk=_desk(here[1], there[1] if there else None) if helping() else Markup(),
        parts=parts,
        given=_part(
            "answers",
            result=here[0],
            rows=summary(answers.path(), language),
            second_rows=second_rows,
        ),
        comparison=answers.decider().policy.comparison,
        excluding=_excluding(),
        at_end=[each for each in answers.decider().policy.contacts.values() if each.at_end],
    )


def _letter_parts(
    made: tuple[Result, Letter],
    language: Language,
    other: Language | None,
    prefix: str,
    *,
    alone: bool,
) -> list[Markup]:
    """The parts of the letter `made` in one language; `prefix` keeps the ids of two apart.

    Who is not `alone` has a reader of Dutch beside them: nobody tells them what to say in Dutch.
    """
    given = answers.path().answers
    said, letter = made
    shown = {
        **said_in(language, other),
        "prefix": prefix,
        "result": said,
        "letter": letter if alone else replace(letter, dutch_at={}),
        "why_excluded": explainer(language).why_excluded(answers.explanation(), given),
        "excluding": _excluding(),
    }
    return [_part(name, **shown) for name in PARTS]


def _letter(language: Language) -> tuple[Result, Letter]:
    """The result in one language, and the letter that is made of it."""
    policy, decision, given = answers.decider().policy, answers.decision(), answers.path().answers
    said = presenter(language).result(decision)
    return said, LetterWriter(policy, language).letter(said, given, decision, date.today())


def _desk(letter: Letter, for_client: Letter | None) -> Markup:
    """What a helper says, checks and does today; what is said stands in both languages."""
    policy, decision, given = answers.decider().policy, answers.decision(), answers.path().answers
    by_id = policy.questionnaire.by_id
    return _part(
        "desk",
        letter=letter,
        for_client=for_client,
        checks=[
            (check, by_id[check.question] if check.question else None)
            for check in to_check(policy, given, decision)
        ],
        given=given,
    )


def _excluding() -> list[str]:
    """The roles whose organisations stand in a short list, without a card."""
    return [role.id for role in answers.decider().policy.roles.values() if role.excludes]


def _beside(here: list[Markup], there: list[Markup], other: Language) -> list[Markup]:
    """Each part beside the same one in the other language."""
    return [side_by_side(*pair, other) for pair in zip(here, there, strict=True)]


def _part(name: str, **shown: object) -> Markup:
    return Markup(render_template(f"result/{name}.html", **shown).strip())


@pages.get("/<lang>/result/why")
@results
@once_all_is_answered
def why() -> ResponseReturnValue:
    """Every rule that led to the result, what does not fit, and what would change that.

    On a page of its own: some hundred decisions stand behind it, and not everybody asks for them.
    """
    language, other = current(), second()
    parts = _reasons(language)
    if other:
        parts = _beside(parts, _reasons(other), other)
    return render_template("result/why.html", parts=parts, policy=answers.decider().policy)


def _reasons(language: Language) -> list[Markup]:
    """The parts of the page of reasons, in one language."""
    explanation, given = answers.explanation(), answers.path().answers
    explain = explainer(language)
    shown = {
        **said_in(language, None),
        "result": presenter(language).result(answers.decision()),
        "missing": explain.missing_supports(explanation, given),
        "alternatives": explain.alternatives(explanation),
    }
    return [_part(name, **shown) for name in REASONS]


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

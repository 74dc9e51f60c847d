"""``explain``: a decision with its reasons."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from questions import AnswerError, Answers, DataError, validate_answers
from questions.text_files import read_text, text_of
from rules import Decider, Decision, load_policy
from rules.history.revisions import policy_at


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose rules hold (today).")
@click.option("--policy", "revision", help="A folder or git revision (the policy of this code).")
def explain(file: Path, on: datetime | None, revision: str | None) -> None:
    """Print the decision for the answers in FILE (JSON: answers by question), with reasons.

    FILE may also be the body of an API request, or - for standard input. With --policy and --on
    an earlier result is given again: a printed result names its policy and its day.
    """
    decider = Decider(policy_at(revision) if revision else load_policy())
    decision = decider.decide(_read_answers(decider, file), on.date() if on else date.today())
    click.echo("\n".join(_lines(decider, decision)))


def _read_answers(decider: Decider, file: Path) -> Answers:
    given = _read_json(file)
    if isinstance(given, dict) and "answers" in given:
        given = given["answers"]
    try:
        return validate_answers(decider.policy.questionnaire, given)
    except AnswerError as error:
        raise DataError(f"{file.name}: {error.field}: {error.problem}") from error


def _read_json(file: Path) -> Any:
    text = text_of(sys.stdin.buffer.read(), "-") if str(file) == "-" else read_text(file)
    try:
        return json.loads(text)
    except RecursionError as error:
        raise DataError(f"{file.name}: is not JSON: nested too deeply") from error
    except ValueError as error:
        raise DataError(f"{file.name}: is not JSON: {error}") from error


def _lines(decider: Decider, decision: Decision) -> list[str]:
    if not decision.complete:
        return [f"Not complete. Next question: {decision.next_question}", *_receipt(decision)]
    lines = [
        f"Stage: {decision.stage}",
        f"Country view: {decision.country_view}",
        f"Nationality group: {decision.nationality_group}",
        "",
        "Situation",
        *(f"  {each.id}  ← {_join(each.because)}" for each in decision.situation),
        "",
        "Organisations",
        *(f"  {each.id}: {each.role}  ← {_join(each.because)}" for each in decision.organisations),
        "",
        "Help",
        *(
            f"  {each.id} ({each.certainty}) by {_join(each.by)}  ← {_join(each.because)}"
            for each in decision.supports
        ),
        "",
        "Next steps",
        *(f"  {each.id}  ← {_join(each.because)}" for each in decision.next_steps),
        "",
        "Rules that fired",
    ]
    for rule_id in decision.fired:
        rule = decider.policy.rule_by_id[rule_id]
        lines.append(f"  {rule.id}: {rule.statement} [{rule.source.id}, {rule.source.url}]")
    return [*lines, *_receipt(decision)]


def _receipt(decision: Decision) -> list[str]:
    ignored = [f"Not asked, so ignored: {_join(decision.ignored)}"] if decision.ignored else []
    return ["", *ignored, f"Policy {decision.policy_version}, sha256 {decision.policy_sha256}"]


def _join(names: tuple[str, ...]) -> str:
    return ", ".join(names)

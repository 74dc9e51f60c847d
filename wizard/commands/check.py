"""``check``: prove the policy, the questionnaire and the translations, and look for fonts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import click

from questions import DataError
from rules import Policy, load_policy
from rules.proof import Problem, Report, prove
from rules.proof.answer_classes import partitions_of
from rules.proof.engines_agree import compare
from rules.proof.space import Space
from wizard.i18n.check import check_translations, translation_states
from wizard.paper.fonts import font_problem


@click.command()
def check() -> None:
    """Prove the policy, the questionnaire and the translations, and look for the fonts of the
    paper; exit 1 with what fails.
    """
    failures = [*_check_policy(date.today()), *_check_translations(), *_check_fonts()]
    for failure in failures:
        click.echo(f"FAIL {failure}", err=True)
    click.echo("Nothing fails." if not failures else f"{len(failures)} failures.")
    sys.exit(1 if failures else 0)


def _check_policy(on: date) -> Iterator[str]:
    try:
        policy = load_policy()
        report = prove(policy, on)
    except DataError as error:
        yield str(error)
        return
    _tell(policy, report)
    for problem in report.failures:
        yield str(problem)
    yield from _compare(policy, on)


def _check_translations() -> Iterator[str]:
    try:
        for tag, state in translation_states():
            click.echo(f"{tag}: {state}.")
        yield from check_translations()
    except DataError as error:
        yield str(error)


def _check_fonts() -> Iterator[str]:
    if problem := font_problem():
        yield problem


def _tell(policy: Policy, report: Report) -> None:
    click.echo(
        f"Policy {policy.version}: {len(policy.rules)} rules, "
        f"{len(policy.questionnaire.questions)} questions, {len(policy.sources)} sources.\n"
        f"Proved for {report.answer_sets:,} sets of answers, factored into {report.points:,}."
    )
    for problem in report.problems:
        if problem.known:
            click.echo(f"known: {problem}\n       {problem.known}")
        elif problem.warning:
            click.echo(f"warning: {problem}")


def _compare(policy: Policy, on: date) -> Iterator[str]:
    rules = policy.rules_on(on)
    comparison = compare(policy, rules, Space(policy, rules, partitions_of([policy])))
    if comparison.difference:
        names = ", ".join(comparison.difference.productions)
        yield str(
            Problem(
                "durable_rules",
                names,
                "fires otherwise than the proof says",
                comparison.difference.answers,
            )
        )
    else:
        click.echo(
            f"durable_rules and the proof agree on {comparison.compared:,} sets of answers "
            "that go through every branch of every rule."
        )

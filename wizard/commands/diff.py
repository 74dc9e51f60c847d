"""``diff``: what changes between two policies."""

from __future__ import annotations

import sys
from datetime import date, datetime

import click

from questions import Answers, as_options
from rules.history.revisions import policy_at
from rules.proof.difference import Change, PolicyDifference, difference


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose rules hold (today).")
@click.option("--strict", is_flag=True, help="Exit 1 where anybody gets another result.")
def diff(old: str, new: str, on: datetime | None, strict: bool) -> None:
    """Say which answers get another result in NEW than in OLD.

    OLD and NEW are folders that hold questions/ and rules/, or git revisions.
    """
    day = on.date() if on else date.today()
    found = difference(policy_at(old), policy_at(new), day)
    click.echo("\n".join(_lines(found)))
    sys.exit(1 if strict and found.changes else 0)


def _lines(found: PolicyDifference) -> list[str]:
    summary = f"{found.answer_sets:,} of {found.total:,} sets of answers get another result."
    changes = [line for change in found.changes for line in _change(change)]
    other = ["Without another result for anybody:", *(f"  {each}" for each in found.other)]
    return [summary, *changes, *(other if found.other else [])]


def _change(change: Change) -> list[str]:
    return [
        f"  {change.what}: {change.answer_sets:,} sets of answers",
        f"    for example: {_written(change.example)}",
    ]


def _written(answers: Answers) -> str:
    return ", ".join(f"{name}={'+'.join(as_options(each))}" for name, each in answers.items())

"""``cases``: the cases of a policy officer, checked."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from rules import Decider, load_policy
from rules.cases.checking import check_cases
from rules.cases.reading import read_cases
from rules.history.revisions import policy_at


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day whose rules hold (today).")
@click.option("--policy", "revision", help="A folder or git revision (the policy of this code).")
def cases(file: Path, on: datetime | None, revision: str | None) -> None:
    """Check the cases in FILE (CSV): what each person must get; exit 1 with what fails.

    What the columns mean stands in rules/cases/reading.py.
    """
    decider = Decider(policy_at(revision) if revision else load_policy())
    found = read_cases(file, decider.policy)
    failures = check_cases(found, decider, on.date() if on else date.today())
    for failure in failures:
        click.echo(f"FAIL {file.name}: {failure}", err=True)
    failed = len({failure.case.name for failure in failures})
    click.echo(f"{len(found)} cases, {failed} fail.")
    sys.exit(1 if failures else 0)

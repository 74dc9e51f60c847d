"""``keep``: keep a policy, so that case codes that were made with it can still be explained."""

from __future__ import annotations

from pathlib import Path

import click

from rules.history.archive import RELEASED, keep_below, load_snapshot, snapshot_of
from rules.history.revisions import folder_at


@click.command()
@click.argument("policy")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=RELEASED,
    help="The folder of former policies (rules/archive).",
)
def keep(policy: str, into: Path) -> None:
    """Keep POLICY: a folder that holds questions/ and rules/, or a git revision.

    Do it before a policy is changed. A case code that was made with it then opens with a list of
    what changed for the case.
    """
    with folder_at(policy) as folder:
        snapshot = snapshot_of(folder)
    loaded = load_snapshot(snapshot)
    click.echo(f"{loaded.version}: {keep_below(into, snapshot, loaded.sha256)}")

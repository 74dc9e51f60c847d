"""The command line, one module for each command."""

from __future__ import annotations

import click

from questions import DataError
from wizard.commands.cases import cases
from wizard.commands.check import check
from wizard.commands.diff import diff
from wizard.commands.explain import explain
from wizard.commands.flow import flow
from wizard.commands.keep import keep
from wizard.commands.stale import stale_command


class _Group(click.Group):
    """Names a mistake in the data as one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DataError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group)
def main() -> None:
    """Terugkeerwijzer: prove, explain, compare and draw the policy."""


for command in (cases, check, diff, explain, flow, keep, stale_command):
    main.add_command(command)

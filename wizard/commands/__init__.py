"""The command line, one module for each command."""

from __future__ import annotations

import io
import os
import sys
import tarfile
from typing import Any

import click

from questions import DataError
from wizard.commands.cases import cases
from wizard.commands.check import check
from wizard.commands.compile import compile_
from wizard.commands.diff import diff
from wizard.commands.explain import explain
from wizard.commands.flow import flow
from wizard.commands.keep import keep
from wizard.commands.review import review, review_import
from wizard.commands.stale import stale_command

_EXPECTED = (DataError, OSError, RecursionError, UnicodeError, tarfile.TarError)
"""What data, a disk, a terminal or git can do to a command."""


class Failed(click.ClickException):
    """A command could not do its work: one line that says why. What `check` finds is no failure."""

    exit_code = 2


class _Group(click.Group):
    """Runs a command; whatever it cannot help ends in one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        _print_what_the_terminal_cannot_show()
        try:
            return self._run(ctx)
        except click.UsageError:
            raise
        except click.ClickException as error:
            raise Failed(_one_line(error.format_message())) from error
        except KeyboardInterrupt as error:
            raise Failed("interrupted") from error
        except _EXPECTED as error:
            raise Failed(_reason(error)) from error

    def _run(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        finally:
            _flush()


def _print_what_the_terminal_cannot_show() -> None:
    """An arrow in a terminal of another encoding becomes an escape, and no error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _flush() -> None:
    """Write all now, where it can still be told. Raises `OSError`."""
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    try:
        sys.stdout.flush()
    except OSError:
        # Python would try once more when it ends, and say so in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def _reason(error: BaseException) -> str:
    match error:
        case OSError(strerror=str(reason), filename=None):
            return reason
        case OSError(strerror=str(reason), filename=file):
            return f"{os.fspath(file)}: {reason}"
        case RecursionError():
            return "nested too deeply"
    return _one_line(str(error))


def _one_line(text: str) -> str:
    return " ".join(text.split())


@click.group(cls=_Group)
def main() -> None:
    """Terugkeerwijzer: prove, explain, compare and draw the policy."""


_COMMANDS = (
    *(cases, check, compile_, diff, explain, flow, keep, review, review_import),
    stale_command,
)
for command in _COMMANDS:
    main.add_command(command)

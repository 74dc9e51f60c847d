"""``compile``: the catalogues, as the program reads them."""

from __future__ import annotations

from pathlib import Path

import click

from wizard.i18n.check import catalogue_path
from wizard.i18n.languages import SOURCE, languages
from wizard.i18n.po_file import compile_catalogues


@click.command("compile")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def compile_(files: tuple[Path, ...]) -> None:
    """Compile the catalogues in FILES (every language); with a mistake in one of them, none."""
    every = tuple(catalogue_path(tag) for tag in languages() if tag != SOURCE)
    made = compile_catalogues(files or every)
    click.echo(f"{len(made)} catalogues compiled.")

"""``compile``: the catalogues, as the program reads them."""

from __future__ import annotations

from pathlib import Path

import click

from wizard.languages import SOURCE, languages
from wizard.po_file import compile_catalogues
from wizard.translation_check import catalogue_path


@click.command("compile")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def compile_(files: tuple[Path, ...]) -> None:
    """Compile the catalogues in FILES (every language); with a mistake in one of them, none."""
    every = tuple(catalogue_path(tag) for tag in languages() if tag != SOURCE)
    made = compile_catalogues(files or every)
    click.echo(f"{len(made)} catalogues compiled.")

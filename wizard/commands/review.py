"""``review`` and ``review-import``: a language to a native reader in a spreadsheet, and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from questions import DataError
from wizard.i18n.check import catalogue_path, rules_of
from wizard.i18n.languages import SOURCE, languages
from wizard.i18n.po_file import read_catalogue, write_catalogue
from wizard.i18n.review import state_of
from wizard.i18n.review_sheet import language_of_sheet, write_sheet
from wizard.i18n.review_verdicts import take_sheet


@click.command()
@click.argument("language")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path("build"),
    help="The folder to write to (build).",
)
def review(language: str, into: Path) -> None:
    """Write a spreadsheet in which a native reader reviews LANGUAGE: review-LANGUAGE.csv."""
    catalogue = read_catalogue(catalogue_path(_known(language)))
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"review-{language}.csv"
    path.write_text(write_sheet(language, catalogue), encoding="utf-8", newline="")
    click.echo(f"{path}: {state_of(catalogue)}.")


@click.command("review-import")
@click.argument("sheet", type=click.Path(path_type=Path))
def review_import(sheet: Path) -> None:
    """Put the verdicts of SHEET into the catalogue; with a mistake in it, none of them."""
    content = sheet.read_bytes()
    language = _known(language_of_sheet(content, sheet.name))
    path = catalogue_path(language)
    catalogue = read_catalogue(path)
    try:
        taken = take_sheet(content, sheet.name, catalogue, rules_of(language), date.today())
    except DataError as error:
        mistakes = str(error).splitlines()
        for mistake in mistakes:
            click.echo(f"FAIL {mistake}", err=True)
        raise click.ClickException(f"{len(mistakes)} mistakes; nothing is written") from error
    write_catalogue(path, catalogue)
    for note in taken.notes:
        click.echo(note)
    click.echo(f"{taken.reviewed} messages reviewed, {taken.changed} texts changed.")
    click.echo(f"{language}: {state_of(catalogue)}.")


def _known(language: str) -> str:
    known = [tag for tag in languages() if tag != SOURCE]
    if language not in known:
        raise DataError(f"`{language}` is not one of {', '.join(known)}")
    return language

"""``flow``: the questionnaire as a picture."""

from __future__ import annotations

from typing import TextIO

import click

from wizard.flowchart.chart import picture_svg
from wizard.i18n.languages import SOURCE, languages


@click.command()
@click.option("--lang", default=SOURCE, help="The language of the picture (en).")
@click.option(
    "--output",
    type=click.File("w", encoding="utf-8"),
    default="-",
    help="The file to write (standard output).",
)
def flow(lang: str, output: TextIO) -> None:
    """Write the questionnaire, with the conditions of its questions, as an SVG picture."""
    if lang not in languages():
        known = ", ".join(languages())
        raise click.BadParameter(f"`{lang}` is not one of {known}", param_hint="--lang")
    print(picture_svg(languages()[lang], alone=True), file=output)

"""``flow``: the questionnaire as a picture."""

from __future__ import annotations

from typing import TextIO

import click
from flask import Flask, g

from rules import default_decider
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
    # What a page would take from its request: the policy, and the language of its texts.
    with Flask(__name__).app_context():
        g.decider = default_decider()
        g.language = languages()[lang]
        print(picture_svg(alone=True), file=output)

"""`python -m wizard stale`: as somebody types it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from rules import default_decider
from rules.stale import stale
from wizard.commands import main

POLICY = default_decider().policy


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ("stale", *arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_table_lists_everything_and_says_how_much_is_due():
    output = run("--on", "2026-11-30")
    every = stale(POLICY)
    assert output.startswith(f"{len(every)} things to check again, ")
    for each in every:
        assert each.what in output
        assert f"ask: {each.ask}" in output


def test_only_what_is_due_on_the_day():
    before, later = (run("--due", "--on", day) for day in ("2026-11-30", "2027-12-31"))
    assert "country IR, 1: moratorium DUE" in before
    assert "source seed" not in before
    assert "source seed DUE" in later


def test_a_note_for_us_stands_with_what_it_is_about():
    assert "note: 'until' is computed from '6 months'." in run("--on", "2026-11-30")


def test_the_letter_asks_what_only_vwn_can_tell():
    letter = run("--letter", "--on", "2026-11-30")
    assert "Datum: 30 november 2026" in letter
    for subject in ("lijst van landen", "loket voor terugkeer", "landenpagina", "video"):
        assert subject in letter


def test_the_letter_names_the_partners_the_stops_and_the_desks():
    letter = run("--letter", "--on", "2026-11-30")
    assert "- Armenië (2017)" in letter
    assert "- Iran: van 19 maart 2026 tot 19 september 2026" in letter
    assert "- VluchtelingenWerk (VWN), VBL, Ter Apel (2020)" in letter
    assert "Syrië: van" not in letter


@pytest.mark.parametrize("option", ["--on=yesterday", "--policy=nowhere"])
def test_what_cannot_be_read_is_refused(option: str):
    assert CliRunner().invoke(main, ["stale", option]).exit_code != 0

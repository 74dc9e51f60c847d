"""`review` and `review-import`, as somebody types them."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.servers import ROOT
from wizard.commands import main
from wizard.i18n.check import catalogue_path

# The package has the commands under the names of their modules.
REVIEW, CHECK = map(import_module, ("wizard.commands.review", "wizard.commands.check"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the Dutch catalogue, which the commands take for it."""
    copy = tmp_path / "messages.po"
    shutil.copy(catalogue_path("nl"), copy)
    monkeypatch.setattr(REVIEW, "catalogue_path", lambda _tag: copy)
    return copy


@pytest.fixture
def sheet(catalogue: Path, tmp_path: Path) -> Path:
    """The sheet of that catalogue."""
    assert run("review", "nl", "--into", str(tmp_path)).exit_code == 0
    return tmp_path / "review-nl.csv"


def fill_in(sheet: Path, verdict: str) -> None:
    text = sheet.read_text("utf-8")
    row = next(line for line in text.splitlines() if ",Quick exit," in line)
    filled = row.replace(",,,,,,,", f",{verdict},,,AB,2026-11-01,,")
    assert filled != row
    sheet.write_text(text.replace(row, filled), "utf-8", newline="")


def test_a_sheet_goes_out_and_its_verdicts_come_in(catalogue: Path, sheet: Path) -> None:
    fill_in(sheet, "ok")
    result = run("review-import", str(sheet))
    assert result.exit_code == 0, result.output
    assert "1 messages reviewed, 0 texts changed." in result.output
    assert "nl: 1" in result.output
    assert "# reviewed: AB 2026-11-01 " in catalogue.read_text("utf-8")


def test_with_a_mistake_the_catalogue_stays_as_it_is(catalogue: Path, sheet: Path) -> None:
    before = catalogue.read_bytes()
    fill_in(sheet, "fine")
    result = run("review-import", str(sheet))
    assert result.exit_code == 2
    assert "FAIL review-nl.csv: row " in result.output
    assert "verdict: `fine` is not one of ok, better, unsure" in result.output
    assert "1 mistakes; nothing is written" in result.output
    assert catalogue.read_bytes() == before


@pytest.mark.parametrize("language", ["en", "xx", "../nl"])
def test_a_language_without_a_catalogue_is_named(language: str) -> None:
    result = run("review", language)
    assert result.exit_code == 2
    assert f"`{language}` is not one of nl, ar" in result.output


def make(*arguments: str, lang: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "-o", ".venv/.stamp-run", *arguments],
        cwd=ROOT,
        env={**os.environ, "LANG": lang},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("target", ["review", "review-import"])
def test_make_asks_for_what_only_the_command_line_can_say(target: str) -> None:
    done = make(target, lang="nl")
    assert done.returncode == 2
    assert f"make {target} " in done.stderr


def test_make_takes_the_language_from_its_command_line() -> None:
    done = make("-n", "review", "LANG=ti", lang="nl_NL.UTF-8")
    assert done.stdout.strip() == "env -u LANG .venv/bin/python -m wizard review 'ti'"


def test_check_says_how_far_each_language_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CHECK, "_check_policy", lambda _on: ())
    monkeypatch.setattr(CHECK, "check_translations", list)
    output = run("check").output
    assert "ti: 1" in output
    assert " messages, 0 missing, 0 reviewed; safety: 0 of " in output

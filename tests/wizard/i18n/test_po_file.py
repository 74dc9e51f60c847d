"""A catalogue that cannot be read as it is written is refused by line, and nothing is compiled."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from questions import DataError
from rules.load.policy import ROOT
from tests.support.broken.leftovers import SAVED, UTF_16, Saved
from wizard.commands import main
from wizard.i18n.check import catalogue_path, check_translations
from wizard.i18n.po_file import read_catalogue

EXIT = 'msgid "Quick exit"\nmsgstr "Snel sluiten"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A copy of the Dutch catalogue that a test may change."""
    path = tmp_path / "nl" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(catalogue_path("nl").read_bytes())
    assert EXIT in path.read_text("utf-8")
    return path


def compile_(*files: Path) -> Result:
    return CliRunner().invoke(main, ["compile", *map(str, files)])


Spoil = Callable[[str], str]


def instead(new: str, old: str = EXIT) -> Spoil:
    return lambda text: text.replace(old, new, 1)


CONFLICT = f"<<<<<<< HEAD\n{EXIT}=======\n{EXIT.replace('sluiten', 'hier sluiten')}>>>>>>> other\n"

MISTAKES: Mapping[str, tuple[Spoil, str]] = {
    "no last quote": (instead(EXIT.removesuffix('"\n') + "\n"), "is no line of a catalogue"),
    "no first quote": (instead(EXIT.replace('"Snel', "Snel")), "is no line of a catalogue"),
    "a quote within": (instead(EXIT.replace("Snel sluiten", 'Snel" sluiten')), "is no line"),
    "a backslash at the end": (
        instead(EXIT.replace("sluiten", "sluiten\\")),
        "is no line of a catalogue",
    ),
    "an escape that is none": (
        instead(EXIT.replace("sluiten", "\\sluiten")),
        "is no line of a catalogue",
    ),
    "typographic quotes": (instead(EXIT.replace('"Snel sluiten"', "“Snel sluiten”")), "is no line"),
    "a conflict": (instead(CONFLICT), "is no line of a catalogue; look for a missing quote or a"),
    "an unknown word": (instead(EXIT.replace("msgstr", "msgstring")), "is no line of a catalogue"),
    "no translation": (instead('msgid "Quick exit"\n'), "cannot stand here"),
    "two translations": (instead(EXIT + 'msgstr[5] "Weg"\n'), "cannot stand here"),
    "a translation of nothing": (instead('msgstr "Snel sluiten"\n' + EXIT), "cannot stand here"),
    "a text that stands twice": (instead(EXIT + "\n" + EXIT), "this text stands in line "),
    "a text twice, cut otherwise": (
        instead(EXIT + '\nmsgid "Quick "\n"exit"\nmsgstr "Weg"\n'),
        "this text stands in line ",
    ),
    "a lost placeholder": (
        instead('#, python-format\nmsgid "Leave %(name)s"\nmsgstr "Weg %(naam)s"\n'),
        "",
    ),
    "the end is cut off": (lambda text: text[: text.rindex("msgstr")], "the file ends before"),
    "no header": (lambda text: text[text.index("#. question") :], "the header is missing"),
    "another charset": (instead("charset=iso-8859-1", "charset=utf-8"), "the header: `charset"),
    "a fuzzy header": (instead('#, fuzzy\nmsgid ""\n', 'msgid ""\n'), "the header: take"),
    "a rule for plurals that is none": (
        instead("plural=(x !! 1)", "plural=(n != 1)"),
        "the header",
    ),
    "a date that is none": (instead("Date: yesterday", "Date: 2026-11-24 18:35+0000"), ""),
}


@pytest.mark.parametrize(("spoil", "problem"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_line_with_the_file_and_nothing_is_compiled(
    file: Path, tmp_path: Path, spoil: Spoil, problem: str
) -> None:
    text = file.read_text("utf-8")
    assert spoil(text) != text
    file.write_text(spoil(text), "utf-8")
    sound = tmp_path / "fr" / "LC_MESSAGES" / "messages.po"
    sound.parent.mkdir(parents=True)
    sound.write_bytes(catalogue_path("fr").read_bytes())
    result = compile_(sound, file)
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert line.startswith("Error: nl/LC_MESSAGES/messages.po: ")
    assert problem in line
    assert not file.with_suffix(".mo").exists()
    assert not sound.with_suffix(".mo").exists()


def test_a_missing_quote_is_named_by_its_line(file: Path) -> None:
    text = file.read_text("utf-8")
    number = text[: text.index(EXIT)].count("\n") + 2
    file.write_text(text.replace('"Snel sluiten"', '"Snel sluiten'), "utf-8")
    with pytest.raises(DataError, match=f": line {number}: is no line of a catalogue"):
        read_catalogue(file)


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251"])
def test_another_encoding_is_named_by_its_line(file: Path, encoding: str) -> None:
    content = file.read_text("utf-8").replace("Snel sluiten", "{}", 1)
    word = {"cp1252": "Élan", "cp1251": "Быстро"}[encoding]
    file.write_bytes(content.replace("{}", "\0", 1).encode().replace(b"\0", word.encode(encoding)))
    result = compile_(file)
    assert result.exit_code == 2
    assert "messages.po: is not UTF-8 in line " in result.stderr


@pytest.mark.parametrize("saved", UTF_16.values(), ids=UTF_16)
def test_utf_16_is_named(file: Path, saved: Saved) -> None:
    file.write_bytes(saved(file.read_bytes()))
    with pytest.raises(DataError, match=r"^nl/LC_MESSAGES/messages\.po: is UTF-16"):
        read_catalogue(file)


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
def test_a_catalogue_is_the_same_however_an_editor_saved_it(file: Path, saved: Saved) -> None:
    assert compile_(file).exit_code == 0
    before = file.with_suffix(".mo").read_bytes()
    file.write_bytes(saved(file.read_bytes()))
    assert compile_(file).exit_code == 0
    assert file.with_suffix(".mo").read_bytes() == before


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\x0b"])
def test_only_a_newline_ends_a_line(file: Path, end: str) -> None:
    file.write_text(file.read_text("utf-8").replace("Snel sluiten", f"Snel{end}sluiten"), "utf-8")
    said = {message.id: message.string for message in read_catalogue(file)}
    assert said["Quick exit"] == f"Snel{end}sluiten"


def test_the_check_names_the_language_and_goes_on(monkeypatch: pytest.MonkeyPatch, file: Path):
    file.write_text(file.read_text("utf-8").replace('"Snel sluiten"', '"Snel sluiten'), "utf-8")
    real = catalogue_path
    monkeypatch.setattr(
        "wizard.i18n.check.catalogue_path",
        lambda tag, folder: file if tag == "nl" else real(tag, folder),
    )
    [problem] = check_translations()
    assert problem.startswith("nl: nl/LC_MESSAGES/messages.po: line ")


def test_make_compiles_nothing_where_a_catalogue_has_a_mistake(file: Path) -> None:
    mo = file.with_suffix(".mo")
    command = ["make", "-o", ".venv/.stamp-run", "catalogues", f"PO={file}", f"MO={mo}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert (done.returncode, mo.exists()) == (0, True), done.stderr
    mo.unlink()
    file.write_text(file.read_text("utf-8").replace('"Snel sluiten"', '"Snel sluiten'), "utf-8")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert "Error: nl/LC_MESSAGES/messages.po: line " in done.stderr
    assert not mo.exists()

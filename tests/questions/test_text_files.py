"""Which files of a folder are ours, and which texts are taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions import DataError
from questions.text_files import own_files, read_text, same_text, text_of
from questions.toml_reader import read
from tests.support.broken.leftovers import BOM, SAVED, UTF_16, Saved, leave_beside

TEXT = 'key = "Snel weg, عربي"\nother = """\none\ntwo\n"""\n'.encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "offers.toml"
    path.write_bytes(TEXT)
    return path


def test_what_systems_and_editors_leave_is_not_ours(file: Path) -> None:
    leave_beside(file)
    assert len(list(file.parent.iterdir())) > 20
    assert own_files(file.parent, ".toml") == [file]


def test_there_are_no_files_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert own_files(tmp_path / "none", ".toml") == []


def test_a_folder_that_is_none_is_named(file: Path) -> None:
    with pytest.raises(DataError, match=r"offers\.toml: cannot be read: Not a directory"):
        own_files(file, ".toml")


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
def test_a_text_is_the_same_however_an_editor_saved_it(file: Path, saved: Saved) -> None:
    before = read(file)
    file.write_bytes(saved(TEXT))
    assert read(file) == before
    if saved(TEXT) != TEXT.rstrip():
        assert same_text(saved(TEXT)) == TEXT


@pytest.mark.parametrize("saved", UTF_16.values(), ids=UTF_16)
def test_utf_16_is_refused_by_name(file: Path, saved: Saved) -> None:
    file.write_bytes(saved(TEXT))
    with pytest.raises(DataError, match=r"^offers\.toml: is UTF-16 or no text; save it as UTF-8$"):
        read(file)


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\xe9", 1), (b"\n\xe9", 2), (b"a\nb\xe9", 2), (b"a\r\n\r\n\xe9", 3), (b"a\rb\r\xe9", 3)],
)
def test_another_encoding_is_refused_with_the_line(content: bytes, line: int) -> None:
    with pytest.raises(DataError, match=f"^a: is not UTF-8 in line {line}; save it as UTF-8$"):
        text_of(content, "a")


def test_only_a_mark_at_the_start_is_no_text() -> None:
    with pytest.raises(DataError, match=r"line 2"):
        read_toml(b"a = 1\n" + BOM + b"b = 2\n")


def read_toml(content: bytes) -> object:
    from questions.toml_reader import parse_toml

    return parse_toml(text_of(content, "a"), "a")


def test_a_folder_under_the_name_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "offers.toml").mkdir()
    with pytest.raises(DataError, match=r"^offers\.toml: cannot be read: Is a directory"):
        read_text(tmp_path / "offers.toml")


@pytest.mark.parametrize("open_, close", [("[", "]"), ("{a=", "}")])
def test_a_nesting_that_python_cannot_follow_is_named(file: Path, open_: str, close: str) -> None:
    file.write_text(f"a = {open_ * 100_000}1{close * 100_000}")
    with pytest.raises(DataError, match=r"^offers\.toml: is not TOML"):
        read(file)

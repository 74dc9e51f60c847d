"""A review stays with what was read, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from tests.support.servers import ROOT
from wizard.i18n.check import catalogue_path
from wizard.i18n.languages import SOURCE, languages
from wizard.i18n.po_file import compile_catalogues, read_catalogue, write_catalogue
from wizard.i18n.review import is_reviewed, mark, reviewed_groups, state_of, unseen
from wizard.i18n.seen import REVIEWED, groups

EXIT = "Quick exit"
PLURAL = "At most %(count)s question left"
DAY = date(2026, 12, 3)
OTHERS = [tag for tag in languages() if tag != SOURCE]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A copy of the Dutch catalogue in which two messages were reviewed."""
    path = tmp_path / "nl" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    catalogue = read_catalogue(catalogue_path("nl"))
    for source in (EXIT, PLURAL):
        mark(catalogue[source], "AB", DAY)
    write_catalogue(path, catalogue)
    return path


def reviewed(path: Path) -> set[str]:
    return {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in read_catalogue(path)
        if message.id and is_reviewed(message)
    }


@pytest.mark.parametrize("tag", OTHERS)
def test_nothing_claims_a_review_that_nobody_did(tag: str) -> None:
    """Take a language out of here with the commit that brings its first review."""
    state = state_of(read_catalogue(catalogue_path(tag)))
    assert (state.reviewed, state.safety_reviewed) == (0, 0)
    assert state.messages > state.safety > 500


@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_is_written_as_it_stands(tag: str, tmp_path: Path) -> None:
    content = catalogue_path(tag).read_bytes()
    write_catalogue(tmp_path / "messages.po", read_catalogue(catalogue_path(tag)))
    assert (tmp_path / "messages.po").read_bytes() == content


def test_a_review_is_one_line_beside_the_message(path: Path) -> None:
    before = set(catalogue_path("nl").read_text("utf-8").splitlines())
    new = [line for line in path.read_text("utf-8").splitlines() if line not in before]
    assert [line[:-12] for line in new] == ["# reviewed: AB 2026-12-03 "] * 2


CHANGES: dict[str, tuple[str, str]] = {
    "the English": (f'msgid "{EXIT}"', 'msgid "Exit now"'),
    "the translation": ('msgstr "Snel sluiten"', 'msgstr "Snel weg"'),
    "the initials stay, the hash is made up": ("# reviewed: AB", "# reviewed: ABCDE"),
    "it is marked as a guess": (f'msgid "{EXIT}"', f'#, fuzzy\nmsgid "{EXIT}"'),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_review_is_lost_where_anything_changes(path: Path, what: str) -> None:
    assert EXIT in reviewed(path)
    text = path.read_text("utf-8")
    start = text.rindex("# reviewed", 0, text.index(f'msgid "{EXIT}"'))
    end = text.index("\n\n", start)
    assert CHANGES[what][0] in text[start:end]
    path.write_text(text[:start] + text[start:end].replace(*CHANGES[what]) + text[end:], "utf-8")
    assert reviewed(path) == {PLURAL}


def test_a_review_is_lost_where_one_plural_changes(path: Path) -> None:
    catalogue = read_catalogue(path)
    message = catalogue[PLURAL]
    message.string = (message.string[0], message.string[1] + "!")
    write_catalogue(path, catalogue)
    assert reviewed(path) == {EXIT}


def test_a_second_review_takes_the_place_of_the_first(path: Path) -> None:
    catalogue = read_catalogue(path)
    catalogue[EXIT].user_comments.append("a note of a translator")
    mark(catalogue[EXIT], "CD", date(2027, 1, 5))
    write_catalogue(path, catalogue)
    comments = read_catalogue(path)[EXIT].user_comments
    assert [comment[:25] for comment in comments] == [
        "a note of a translator",
        "reviewed: CD 2027-01-05 "[:25] + comments[1][24:25],
    ]
    assert reviewed(path) == {EXIT, PLURAL}


Tool = Callable[[Path, Path], list[str]]

TOOLS: dict[str, Tool] = {
    "pybabel update": lambda po, pot: [
        *(sys.executable, "-m", "babel.messages.frontend", "-q", "update", "-i", str(pot)),
        *("-o", str(po), "-l", "nl", "--no-fuzzy-matching", "--ignore-obsolete"),
        *("--ignore-pot-creation-date", "--no-wrap"),
    ],
    "msgmerge": lambda po, pot: ["msgmerge", "-q", "-U", "--backup=none", str(po), str(pot)],
    "msgcat": lambda po, _pot: ["msgcat", "--width=77", "-o", str(po), str(po)],
}


@pytest.fixture
def template(path: Path) -> Path:
    """The texts without translations, one of them new."""
    catalogue = read_catalogue(path)
    empty = Catalog(charset="utf-8")
    for message in catalogue:
        if message.id:
            empty.add(message.id, locations=message.locations, flags=message.flags)
    empty.add("A text that is new", locations=[("templates/base.html", 1)])
    pot = path.with_suffix(".pot")
    with pot.open("wb") as file:
        write_po(file, empty, width=0)
    return pot


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tools_of_gettext_keep_a_review(path: Path, template: Path, tool: str) -> None:
    subprocess.run(TOOLS[tool](path, template), check=True, cwd=ROOT)
    assert reviewed(path) == {EXIT, PLURAL}


def all_reviewed(name: str, but: int = 0) -> Catalog:
    """The Dutch catalogue with every text of a group reviewed, but for so many."""
    catalogue = read_catalogue(catalogue_path("nl"))
    members = [m for m in catalogue if m.id and _in(name, m)]
    for message in members[but:]:
        mark(message, "AB", DAY)
    return catalogue


def _in(name: str, message: Message) -> bool:
    return any(groups()[name].has(f, message.auto_comments) for f, _ in message.locations)


def test_a_group_is_reviewed_when_its_last_text_is() -> None:
    assert reviewed_groups(all_reviewed("words")) == ["words"]
    assert reviewed_groups(all_reviewed("words", but=1)) == []


def test_the_program_hears_of_a_reviewed_group(path: Path) -> None:
    write_catalogue(path, all_reviewed("words"))
    compile_catalogues((path,))
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert compiled.pgettext(REVIEWED, "words") != "words"
    assert compiled.pgettext(REVIEWED, "frame") == "frame"
    assert compiled.gettext("words") == "words"


def test_what_is_said_of_the_client_belongs_to_the_text_it_stands_for() -> None:
    assert reviewed_groups(all_reviewed("questions")) == []


def test_every_text_is_in_a_group() -> None:
    assert list(unseen(read_catalogue(catalogue_path("nl")))) == []

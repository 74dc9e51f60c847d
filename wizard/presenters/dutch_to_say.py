"""Lines of Dutch for who calls and does not speak it: `translations/dutch_to_say.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from questions.toml_reader import read
from wizard.i18n.languages import FOLDER, Language
from wizard.i18n.texts import texts_of
from wizard.presenters.country import DUTCH

FILE = FOLDER / "dutch_to_say.toml"


@dataclass(frozen=True)
class DutchLine:
    """What to say, and what it means in the language of who says it."""

    dutch: str
    means: str


@cache
def load_lines(path: Path = FILE) -> tuple[DutchLine, ...]:
    """The lines in their order, with what they mean in English.

    Raises `questions.DataError` with file and key where something is wrong.
    """
    lines = []
    for _, table in read(path).tables_by_id():
        table.only("dutch", "means")
        lines.append(DutchLine(table.text("dutch"), table.text("means")))
    return tuple(lines)


def dutch_lines(language: Language) -> tuple[DutchLine, ...]:
    """The lines for readers of this language; none for those who read Dutch."""
    if language.tag == DUTCH:
        return ()
    said = texts_of(language).gettext
    return tuple(DutchLine(each.dutch, said(each.means)) for each in load_lines())


def dutch_at(called: Iterable[str], language: Language) -> Mapping[str, DutchLine]:
    """Which line stands at whose number. No line stands twice: whoever was told once knows it."""
    return dict(zip(dict.fromkeys(called), dutch_lines(language), strict=False))

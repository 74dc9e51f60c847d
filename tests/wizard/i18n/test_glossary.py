"""Each term of a language says which page uses it, or that we know none."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions import DataError
from wizard.i18n.glossary import load_glossary
from wizard.i18n.languages import FOLDER, SOURCE, languages

OTHERS = [tag for tag in languages() if tag != SOURCE]
COA = (
    'immigration_detention = { url = "https://www.mycoa.nl/tr/print/infosheetprint/1563", '
    'checked_on = 2026-11-30, says = "tutuk evine" }\n'
)


def changed(folder: Path, new: str) -> Path:
    """The glossary with another source for one Turkish term."""
    text = (FOLDER / "glossary.toml").read_text(encoding="utf-8")
    assert COA in text
    (folder / "glossary.toml").write_text(text.replace(COA, new), encoding="utf-8")
    (folder / "languages.toml").write_bytes((FOLDER / "languages.toml").read_bytes())
    return folder


@pytest.mark.parametrize("tag", OTHERS)
def test_every_language_is_read(tag: str) -> None:
    assert {"appeal", "asylum_application"} <= load_glossary(tag).forms.keys()


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("", "why: a text is missing"),
        ('immigration_detention = { url = "" }\n', "why: a text is missing"),
        (COA.replace("checked_on = 2026-11-30, ", ""), "checked_on: a date such as"),
        (COA.replace("2026-11-30", "2999-01-01"), "checked_on: is still to come"),
        (COA.replace(', says = "tutuk evine"', ""), "says: a text is missing"),
        (COA.replace("https://", ""), "url: an address is needed"),
    ],
)
def test_a_term_without_a_source_and_a_reason_is_refused(
    tmp_path: Path, new: str, told: str
) -> None:
    place = rf"glossary\.toml: source\.tr\.immigration_detention\.{told}"
    with pytest.raises(DataError, match=place):
        load_glossary("tr", changed(tmp_path, new))


def test_the_term_of_the_pages_is_asked_for() -> None:
    glossary = load_glossary("tr")
    text = "It decides on asylum applications."
    assert list(glossary.breaches(text, "Sığınma başvurularına karar verir.")) == [
        "asylum_application"
    ]
    assert list(glossary.breaches(text, "İltica başvurularına karar verir.")) == []

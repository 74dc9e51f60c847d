"""Whatever key of the data of the languages is broken: it is named, or it is no mistake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.broken.keys import Broken, assert_all_checked
from wizard.i18n.glossary import load_glossary
from wizard.i18n.languages import FOLDER, SOURCE, languages
from wizard.i18n.modality import modality
from wizard.i18n.seen import groups

_FILES = ("languages", "glossary", "modality", "seen")
FILES = tuple(FOLDER / f"{name}.toml" for name in _FILES)
FINE = (
    # Words for people.
    r"languages: \*\.name: (in words|misspelt)",
    # Which tags browsers send is known to nobody here.
    # Our table of the language was made, whatever CLDR calls it.
    r"languages: \*\.cldr: deleted",
    r"languages: \*\.also_sent: (deleted|empty|an entry misspelt)",
    # Which words and forms there are: the check of the catalogues compares them with every text.
    r"glossary: \*\.\w+: an entry misspelt",
    r"glossary: \*\.\*\.english: an entry misspelt",
    # When a page was looked at only whoever looked knows.
    r"glossary: \*\.\*\.\*\.checked_on: (long ago|one day later)",
    r"modality: (word\.\*|\w+)\.\w+: an entry misspelt",
    # The check names each text that is in no group then; which pages and pictures there are is
    # known to the tests of the pages.
    r"seen: \*: (deleted|key misspelt)",
    r"seen: \*\.(pages|pictures|texts): an entry misspelt",
    r"seen: \*\.pictures: (deleted|empty)",
    # The check says which text has no rendering then.
    r"modality: exception(\.\*)?: (deleted|empty)",
    r"modality: exception\.\*\.languages: deleted",
)


@pytest.fixture(autouse=True)
def _languages_are_read_again() -> Iterator[None]:
    yield
    languages.cache_clear()
    modality.cache_clear()
    groups.cache_clear()


def test_a_broken_key_is_refused_by_file_and_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        languages.cache_clear()
        modality.cache_clear()
        groups.cache_clear()
        modality()
        groups()
        for tag in languages():
            if tag != SOURCE:
                load_glossary(tag)

    assert_all_checked(Broken(monkeypatch, FILES), FILES, load, FINE)

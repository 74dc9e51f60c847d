"""Every text that a page can show stands in every catalogue, and in no other form."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from wizard.i18n.languages import FOLDER, SOURCE, languages
from wizard.i18n.po_file import read_catalogue

ROOT = Path(__file__).parents[3]
TRANSLATED = [tag for tag in languages() if tag != SOURCE]

Key = tuple[str, str]


def keys(catalogue: Catalog) -> set[Key]:
    """The messages, singular and plural as one."""
    return {
        (message.id, "") if isinstance(message.id, str) else (message.id[0], message.id[1])
        for message in catalogue
        if message.id
    }


def strings(catalogue: Catalog) -> dict[str, list[str]]:
    """The translations by message: one, or one for each plural."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]: [message.string]
        if isinstance(message.string, str)
        else list(message.string)
        for message in catalogue
        # What is compiled also names, in a context of its own, what was reviewed.
        if message.id and not message.context
    }


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    """What `make translations` would find now."""
    target = tmp_path_factory.mktemp("texts") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    command += [
        "-F",
        "babel.cfg",
        "-o",
        str(target),
        "-k",
        "_l",
        "-k",
        "N_",
        "-k",
        "both",
        "-k",
        "lazy_gettext",
    ]
    subprocess.run(
        [*command, "."], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    # A template, which no reader of catalogues takes: its header is to be filled in.
    with target.open("rb") as file:
        return keys(read_po(file))


@pytest.fixture(params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    """The catalogue of each language in turn."""
    folder = FOLDER / request.param.replace("-", "_")
    return read_catalogue(folder / "LC_MESSAGES" / "messages.po")


def test_there_is_something_to_translate(extracted: set[Key]):
    texts = {text for text, _ in extracted}
    assert len(texts) > 300
    assert {
        "Continue",
        "At most %(count)s question left",
        "Choose an answer.",
        "What does the IND say now about your asylum application?",
        "Only VWN can say whether it helps with return to your country.",
    } <= texts


def test_no_text_is_missing_from_a_catalogue(catalogue: Catalog, extracted: set[Key]):
    assert sorted(extracted - keys(catalogue)) == []


def test_no_catalogue_holds_what_is_no_longer_shown(catalogue: Catalog, extracted: set[Key]):
    assert sorted(keys(catalogue) - extracted) == []
    assert list(catalogue.obsolete) == []


def test_no_translation_is_a_guess(catalogue: Catalog):
    assert [message.id for message in catalogue if message.fuzzy] == []


def test_no_translation_is_empty(catalogue: Catalog):
    assert [text for text, forms in strings(catalogue).items() if not all(forms)] == []


def test_every_translation_has_the_plurals_of_its_language(catalogue: Catalog):
    for message in catalogue:
        if message.pluralizable:
            assert len(message.string) == catalogue.num_plurals, message.id


def test_babel_knows_the_language_of_every_catalogue(catalogue: Catalog):
    """Of another one `make translations` forgets the plurals."""
    assert catalogue.locale is not None


@pytest.mark.parametrize("tag", TRANSLATED)
def test_what_is_served_is_the_catalogue_as_it_is_now(tag: str):
    folder = FOLDER / tag.replace("-", "_") / "LC_MESSAGES"
    with (folder / "messages.mo").open("rb") as file:
        served = strings(read_mo(file))
    assert served == strings(read_catalogue(folder / "messages.po")), "make catalogues"

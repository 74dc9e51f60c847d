"""The terms that a catalogue must translate in one way only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from questions.toml_reader import Table, read
from wizard.i18n.languages import FOLDER, languages


@dataclass(frozen=True)
class Glossary:
    """English words by term, and the allowed forms by term for one language."""

    english: Mapping[str, re.Pattern[str]]
    forms: Mapping[str, tuple[str, ...]]

    def breaches(self, source: str, translation: str) -> Iterator[str]:
        """The terms in the source text that the translation does not use."""
        folded = translation.casefold()
        for term, words in self.english.items():
            if words.search(source) and not any(form in folded for form in self.forms[term]):
                yield term


def load_glossary(tag: str, folder: Path = FOLDER) -> Glossary:
    """The glossary of one language.

    Raises `DataError` with file and key where a term has no words, no form in that language, or
    neither a source nor the reason why there is none.
    """
    file = read(folder / "glossary.toml")
    file.only("term", "source", *languages(folder))
    terms = dict(file.table("term").tables_by_id())
    _check_sources(file.table("source").table(tag), tuple(terms))
    return Glossary(
        english={term: _whole_words(table) for term, table in terms.items()},
        forms=_forms(file.table(tag), tuple(terms)),
    )


def _whole_words(table: Table) -> re.Pattern[str]:
    table.only("english")
    words = "|".join(re.escape(word) for word in table.some_texts("english"))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _forms(table: Table, terms: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    table.only(*terms)
    return {term: tuple(form.casefold() for form in table.some_texts(term)) for term in terms}


def _check_sources(table: Table, terms: tuple[str, ...]) -> None:
    """Each term says which page uses it, and when we looked; or why we know none."""
    table.only(*terms)
    for term in terms:
        source = table.table(term)
        if source.values.get("url", ""):
            source.only("url", "checked_on", "says")
            source.text_like("url", r"https://[\w-]+(\.[\w-]+)+/\S*", "an address")
            if source.day("checked_on") > date.today():
                source.fail("is still to come", "checked_on")
            source.text("says")
        else:
            source.only("url", "why")
            source.text("why")

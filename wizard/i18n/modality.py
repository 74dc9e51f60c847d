"""The small words on which the meaning hangs: may, should, can, must, up to, only, not.

A translation that reads well can still promise, or order, what the English does not. So the words
that a language may use for each of them are data, and a message must show as many as its English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from questions.toml_reader import Table, read
from wizard.i18n.languages import FOLDER, SOURCE, languages

_FILE = "modality.toml"
_MARK = "*"
_LETTERS = {"*": r"\w*", "…": "[^.,:;?!]{1,40}?"}


@dataclass(frozen=True)
class Modality:
    """English words by name, the renderings in one language, and the texts that need none."""

    english: Mapping[str, re.Pattern[str]]
    renderings: Mapping[str, re.Pattern[str]]
    excused: frozenset[tuple[str, str]]
    """Pairs of a word and an English text."""

    def lost(self, source: str, translation: str) -> Iterator[str]:
        """The words that the source text has more often than its translation shows them."""
        return (w for w in self._fewer(source, translation) if (w, source) not in self.excused)

    def uses(self, source: str, translation: str) -> Iterator[tuple[str, str]]:
        """The exceptions without which a word of this text would be lost."""
        for word in self._fewer(source, translation):
            if (word, source) in self.excused:
                yield word, source

    def _fewer(self, source: str, translation: str) -> Iterator[str]:
        for word, pattern in self.english.items():
            wanted = len(pattern.findall(source))
            if wanted and wanted > len(self.renderings[word].findall(translation)):
                yield word


@dataclass(frozen=True)
class _Exception:
    word: str
    text: str
    languages: tuple[str, ...]


@cache
def modality(folder: Path = FOLDER) -> Mapping[str, Modality]:
    """The renderings by language.

    Raises `DataError` with file and key for a word or a language without renderings, and for an
    exception without a reason.
    """
    file = read(folder / _FILE)
    tags = tuple(tag for tag in languages(folder) if tag != SOURCE)
    file.only("word", "exception", *tags)
    words = dict(file.table("word").tables_by_id())
    english = {word: _english(table) for word, table in words.items()}
    exceptions = [_exception(row, tuple(words), tags) for row in file.rows("exception")]
    return {
        tag: Modality(
            english, _renderings(file.table(tag), tuple(words)), _excused(exceptions, tag)
        )
        for tag in tags
    }


def _english(table: Table) -> re.Pattern[str]:
    table.only("english")
    return _pattern(table)


def _renderings(table: Table, words: tuple[str, ...]) -> Mapping[str, re.Pattern[str]]:
    table.only(*words)
    return {word: _pattern(table, word) for word in words}


def _pattern(table: Table, key: str = "english") -> re.Pattern[str]:
    """One for all forms under the key, the longest first, so that none is counted twice."""
    forms = sorted(table.some_texts(key), key=len, reverse=True)
    return re.compile("|".join(map(_form, forms)), re.IGNORECASE)


def _form(form: str) -> str:
    """A whole word; `*` stands for more letters of it, `…` for words of the same sentence."""
    # `\b` would see the end of a word before a vowel sign, which some scripts write above a letter.
    before = "" if form.startswith(_MARK) else r"(?<![\w\u064b-\u0652])(?<!\w['’])"
    after = "" if form.endswith(_MARK) else r"(?![\w\u064b-\u0652])"
    parts = re.split("([*…])", form.strip(_MARK))
    return before + "".join(_LETTERS.get(part) or re.escape(part) for part in parts) + after


def _exception(row: Table, words: tuple[str, ...], tags: tuple[str, ...]) -> _Exception:
    row.only("word", "text", "languages", "reason")
    row.text("reason")
    spoken = row.at_least_one_of("languages", tags) if "languages" in row.values else tags
    return _Exception(row.one_of("word", words), row.text("text"), spoken)


def _excused(exceptions: list[_Exception], tag: str) -> frozenset[tuple[str, str]]:
    return frozenset((each.word, each.text) for each in exceptions if tag in each.languages)

"""Difficult words and what they mean, each with its source.

Some stand in `translations/words.toml`; the organisations explain themselves in the policy. Which
words a question uses is read from its English texts, so it is the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from questions import Question
from questions.toml_reader import Table, read
from rules import Policy
from rules.model import Source
from wizard.i18n.languages import FOLDER
from wizard.policy_in_force import cached_per_policy, decider

FILE = FOLDER / "words.toml"


@dataclass(frozen=True)
class Word:
    """A word, what it means, and who says so. Both are English texts, to be translated."""

    label: str
    text: str
    source: Source
    is_name: bool
    """A name is the same in every language."""
    english: re.Pattern[str]

    def stands_in(self, texts: Iterable[str]) -> bool:
        """Whether one of these English texts uses the word."""
        return any(self.english.search(text) for text in texts)


@cached_per_policy
def words() -> tuple[Word, ...]:
    """Every word that is explained, under the policy in force."""
    policy = decider().policy
    return (*load_words(policy.sources), *_organisations(policy))


def load_words(sources: Mapping[str, Source], path: Path = FILE) -> tuple[Word, ...]:
    """The words in the file.

    Raises `questions.DataError` with file and key where something is wrong.
    """
    return tuple(_word(table, sources) for _, table in _file(path).tables_by_id())


@cache
def _file(path: Path) -> Table:
    # Read once, as all texts are: what is broken while the server runs must not stop a question.
    return read(path)


def _word(table: Table, sources: Mapping[str, Source]) -> Word:
    table.only("label", "text", "english", "source")
    source = sources[table.one_of("source", tuple(sources))]
    english = _pattern(table.some_texts("english"))
    return Word(table.text("label"), table.text("text"), source, False, english)


def _organisations(policy: Policy) -> Iterator[Word]:
    for each in policy.organisations.values():
        yield Word(each.name, each.what, each.source, True, _pattern([each.name]))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


@cached_per_policy
def words_of(question: Question) -> tuple[Word, ...]:
    """The words that the texts of a question use."""
    options = (option.text for option in question.options)
    texts = (question.text, question.help, question.why, *options)
    return tuple(word for word in words() if word.stands_in(texts))

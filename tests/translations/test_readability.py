"""Texts are plain enough for readers at level A2/B1: short sentences, English, known words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from statistics import mean

import pytest

from rules import default_decider
from wizard.i18n.check import catalogue_path, source_texts
from wizard.i18n.po_file import read_catalogue
from wizard.presenters.difficult_words import load_words

LONGEST = 20
MEAN = 12
"""In words a sentence; names and single words (buttons, labels) are no sentences."""

PLAIN = tomllib.loads(Path(__file__).with_name("plain_english.toml").read_text(encoding="utf-8"))

_END = re.compile(r"(?<=[.!?:;])\s+")
_FEWEST = 3


def sentences(text: str) -> list[str]:
    return [part for part in _END.split(text) if len(part.split()) >= _FEWEST]


def texts(tag: str) -> list[str]:
    if tag == "en":
        return list(source_texts())
    catalogue = read_catalogue(catalogue_path(tag))
    messages = [message.string for message in catalogue if message.id]
    return [each if isinstance(each, str) else each[-1] for each in messages]


@pytest.mark.parametrize("tag", ["en", "nl"])
def test_no_sentence_is_too_long(tag: str) -> None:
    every = [each for text in texts(tag) for each in sentences(text)]
    assert len(every) > 300
    assert [each for each in every if len(each.split()) > LONGEST] == []


@pytest.mark.parametrize("tag", ["en", "nl"])
def test_sentences_are_short_on_the_whole(tag: str) -> None:
    every = [each for text in texts(tag) for each in sentences(text)]
    assert mean(len(each.split()) for each in every) <= MEAN


def test_a_long_sentence_would_be_found() -> None:
    long = " ".join(["word"] * (LONGEST + 1))
    assert sentences(f"Short one here. {long}") == ["Short one here.", long]


def dutch_in(text: str) -> list[str]:
    """What is Dutch in an English text."""
    return [each for each in PLAIN["dutchism"] if re.search(each, text, re.IGNORECASE)]


def unexplained_in(text: str) -> list[str]:
    """The words above B1 that neither this text nor a difficult word explains."""
    for each in load_words(default_decider().policy.sources):
        text = each.english.sub("", text)
    return [
        found[0]
        for word, phrases in PLAIN["hard"].items()
        for found in re.finditer(rf"(?<!\w)(?:{word})(?!\w)", text, re.IGNORECASE)
        if not any(phrase in text for phrase in phrases)
    ]


def test_no_english_text_is_dutch() -> None:
    assert {text: found for text in texts("en") if (found := dutch_in(text))} == {}


def test_no_word_above_b1_stands_without_an_explanation() -> None:
    # What a source is called follows the words of the page.
    policy = default_decider().policy
    asked = (source for each in policy.reading.asked for source in each.sources)
    titles = {source.title for source in (*policy.sources.values(), *asked)}
    said = [text for text in texts("en") if text not in titles]
    assert {text: found for text in said if (found := unexplained_in(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "At a forced return there is little support.",
        "Also if it is old.",
        "IOM pays the trip.",
        "Help with a plan for an own business",
        "Let your client talk to the lawyer first.",
        "This is information, no advice.",
        "An amount is never sure.",
        "Who chooses to return can get support.",
        "Delete my answers and leave",
    ],
)
def test_dutch_in_english_would_be_found(text: str) -> None:
    assert dutch_in(text)


def test_a_word_above_b1_is_explained_where_it_stands_or_among_the_difficult_words() -> None:
    assert unexplained_in("Your appeal is pending.") == ["pending"]
    assert unexplained_in("VWN can refer you. IOM gives help in kind.") == ["in kind", "refer"]
    assert unexplained_in("I have no nationality (I am stateless)") == []
    assert unexplained_in("I am stateless") == ["stateless"]
    assert unexplained_in("You can get reintegration support, or an entry ban.") == []
    assert unexplained_in("You can get reintegration.") == ["reintegration"]

"""Sentences are short enough for readers at level A2/B1."""

from __future__ import annotations

import re
from statistics import mean

import pytest

from wizard.i18n.check import catalogue_path, source_texts
from wizard.i18n.po_file import read_catalogue

LONGEST = 20
MEAN = 12
"""In words a sentence; names and single words (buttons, labels) are no sentences."""

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

"""The questions that people ask most, and the places: as data, checked at the start."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules import default_decider
from tests.support.broken.data import Mistake, assert_refused, copy_data, mistake, policy_file

ASKED, PLACES = policy_file("asked"), policy_file("places")
READING = default_decider().policy.reading

MISTAKES = [
    mistake(ASKED, "[who.lawyer]", "[hwo.lawyer]", "asked.toml: hwo", "unknown key"),
    mistake(
        ASKED,
        'ask = ["lawyer", "vwn"]',
        'ask = ["oracle"]',
        "asked.toml: question.safe.ask",
        "`oracle` is not one of",
    ),
    mistake(
        ASKED,
        '  "seed",\n',
        '  "hearsay",\n',
        "asked.toml: question.safe.sources",
        "`hearsay` is not one of",
    ),
    mistake(
        ASKED,
        "[who.lawyer]",
        '[who.nobody]\ntext = "Nobody."\n[who.lawyer]',
        "asked.toml: who.nobody",
        "no answer names them",
    ),
    mistake(
        ASKED,
        "[source.vwn_prepared]",
        "[source.seed]",
        "asked.toml: source.seed",
        "sources.toml has a source with this id",
    ),
    mistake(
        ASKED,
        '  "vwn_past_projects",\n',
        "",
        "asked.toml: source.vwn_past_projects",
        "no answer rests on it",
    ),
    mistake(PLACES, "year = 2024", "year = 2019", "places.toml: amsterdam_aco.year", "before 2020"),
    mistake(
        PLACES,
        "year = 2024",
        "year = 2027",
        "places.toml: amsterdam_aco.year, checked_on",
        "is after",
    ),
    mistake(
        PLACES,
        "year = 2024\n",
        "",
        "places.toml: amsterdam_aco.year",
        "nobody can see whether it is still there",
    ),
    mistake(
        PLACES,
        "Mo-Th 10:00-12:00",
        "Mo-Th 10-12",
        "places.toml: amsterdam_aco.hours",
        "days and times",
    ),
    mistake(
        PLACES,
        "Mo-Th 10:00-12:00",
        "Th-Mo 10:00-12:00",
        "places.toml: amsterdam_aco.hours",
        "ends before it begins",
    ),
    mistake(
        PLACES,
        'province = "Noord-Holland"\n',
        "",
        "places.toml: amsterdam_aco.province",
        "a town and a province",
    ),
    mistake(
        PLACES,
        'residence = "vbl"',
        'residence = "castle"',
        "places.toml: ter_apel_vwn.residence",
        "is not one of",
    ),
    mistake(
        PLACES,
        "year = 2024\n",
        "only_there = true\nyear = 2024\n",
        "places.toml: amsterdam_aco.only_there",
        "only a place for people who stay somewhere",
    ),
    mistake(
        PLACES,
        "https://straatjurist.nl",
        "straatjurist.nl",
        "places.toml: amsterdam_aco.urls",
        "a web address is needed",
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_in_what_can_be_read_is_named_by_file_and_key(tmp_path: Path, broken: Mistake):
    assert_refused(copy_data(tmp_path), broken)


def test_the_ten_questions_are_there_in_their_order():
    assert [question.id for question in READING.asked] == [
        *("safe", "permit", "family", "centre", "papers"),
        *("money", "trust", "coming_back", "ill", "nothing"),
    ]


def test_each_answer_is_three_to_five_sentences_with_sources_and_somebody_to_ask():
    for question in READING.asked:
        assert 3 <= len(question.answer) <= 5, question.id
        assert question.sources
        assert question.ask
        assert all(source.confidence == "H" for source in question.sources), question.id


def test_each_answer_ends_with_nobody_knows_and_whom_to_ask():
    for question in READING.asked:
        assert re.match(r"Nobody can say", question.answer[-1]), question.id
        assert "ask" in question.answer[-1]


def test_no_answer_names_an_amount_but_the_one_of_the_main_source_or_a_number_of_days():
    said = " ".join(sentence for question in READING.asked for sentence in question.answer)
    assert re.findall(r"[\d.,]*\d", said) == ["18", "1,000"]


def test_no_place_was_last_seen_before_2020():
    assert [place.id for place in READING.places if place.year and place.year < 2020] == []
    assert len(READING.places) == 27

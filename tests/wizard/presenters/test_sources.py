"""What a source is called where people read it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from rules import default_decider
from rules.model import OwnTitle
from tests.support.page_client import PageClient
from wizard.i18n.languages import languages
from wizard.presenters import sources
from wizard.presenters.sources import title_of

POLICY = default_decider().policy
PROCESS = POLICY.sources["dtv_process"]


class Translated:
    """A catalogue that has these titles."""

    def gettext(self, source: str) -> str:
        return {PROCESS.title: "DT&V: het terugkeerproces"}.get(source, source)


@pytest.fixture
def _translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "texts_of", lambda _language: Translated())


@pytest.mark.usefixtures("_translated")
def test_our_title_is_said_in_the_language_of_the_reader():
    assert title_of(PROCESS, languages()["nl"]).text == "DT&V: het terugkeerproces"


@pytest.mark.usefixtures("_translated")
def test_what_a_page_calls_itself_stands_beside_only_where_our_title_does_not_say_it():
    assert title_of(PROCESS, languages()["nl"]).original is None
    other = replace(PROCESS, original=OwnTitle("nl", "Hulp via DTenV"))
    assert title_of(other, languages()["nl"]).original == OwnTitle("nl", "Hulp via DTenV")


def test_no_source_says_the_same_twice_in_english():
    for source in POLICY.sources.values():
        title = title_of(source, languages()["en"])
        if title.original:
            assert title.original.text.lower() not in title.text.lower()


def test_the_source_of_a_fact_about_a_country_keeps_its_title_marked_with_its_language():
    for facts in POLICY.country_facts.values():
        for fact in facts.facts:
            said = title_of(fact.source, languages()["ar"])
            assert (said.text, said.language) == (fact.source.title, "en")
            assert title_of(fact.source, languages()["en"]).language is None


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_page_shows_what_another_page_calls_itself_in_its_own_language(app: Flask, tag: str):
    html = PageClient(app, tag).get(f"/{tag}/words").html
    assert ' (<bdi lang="nl">Het terugkeerproces</bdi>) ·' in html

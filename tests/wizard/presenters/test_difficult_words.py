"""Difficult words are explained where they are used, each with a source."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from questions import DataError
from rules import default_decider
from tests.support.page_client import PageClient
from wizard.presenters.difficult_words import load_words, words, words_of

SOURCES = default_decider().policy.sources
GOOD = '[x]\nlabel = "X"\ntext = "What it is."\nenglish = ["x-word"]\nsource = "seed"\n'


def test_a_question_explains_the_words_that_it_uses(client: PageClient):
    page = client.get("/en/check/asylum_decision")
    explained = {each.text for each in page.main.all("dt")}
    assert {"IND", "Beschikking"} <= explained
    assert "IOM" not in explained


def test_every_word_stands_with_its_source_on_one_page(app: Flask, client: PageClient):
    page = client.get("/en/words")
    links = page.links()
    with app.test_request_context("/en/words"):
        for word in words():
            assert any(each.text.startswith(word.label) for each in page.main.all("dt")), word
            assert word.source.url in links


def test_every_word_is_used_by_a_question_or_in_a_result(app: Flask):
    """What neither uses is explained in vain; roles and organisations stand in results."""
    policy = default_decider().policy
    said = [role.text for role in policy.roles.values()]
    for outcome in (*policy.situations.values(), *policy.steps.values()):
        said += [outcome.text, outcome.more or "", outcome.fold or ""]
    with app.test_request_context("/en/"):
        used = {w.label for q in policy.questionnaire.questions for w in words_of(q)}
        used |= {word.label for word in words() if word.stands_in(said)}
        assert {word.label for word in words() if not word.is_name} <= used


def test_a_word_within_another_word_is_not_meant(tmp_path: Path):
    path = tmp_path / "words.toml"
    path.write_text(GOOD, encoding="utf-8")
    (word,) = load_words(SOURCES, path)
    assert word.stands_in(["an X-word here"])
    assert not word.stands_in(["x-words", "axx-word", ""])


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (('source = "seed"', 'source = "nobody"'), "source"),
        (('text = "What it is."\n', ""), "text"),
        (('["x-word"]', "[]"), "english"),
        (("label", "lable"), "lable"),
    ],
)
def test_a_mistake_is_refused_with_file_and_key(tmp_path: Path, change: tuple[str, str], key: str):
    path = tmp_path / "words.toml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(DataError, match=rf"words\.toml.*{key}"):
        load_words(SOURCES, path)

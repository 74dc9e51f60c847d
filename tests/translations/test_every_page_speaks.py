"""No page leaves a sentence in English for who reads another language."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rules import default_decider
from rules.cases.reading import read_cases
from tests.support.journeys import DECIDED, FORCED, STAY, THINKING, as_list
from tests.support.servers import ROOT
from wizard.i18n.check import source_texts
from wizard.i18n.languages import SOURCE, languages

OTHERS = [tag for tag in languages() if tag != SOURCE]
FACTS = ("AF", "IR", "SO", "SY", "UA")
"""Countries around whose facts every phrase stands in one of them."""
PLACES = (
    *("", "rules", "rules/facts", "rules/help", "flow", "words", "privacy", "traces"),
    *("accessibility", "wrong-number"),
    *("offline", "embed", "case", "new-client", "thanks", "nonsense"),
    *("asked", "places", "countries", "countries/TD", *(f"countries/{code}" for code in FACTS)),
)
AT_THE_END = ("result", "result/why", "paper", "case/code", "form", "compare")
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


TEXTS = frozenset({"title", "text", "changes", "for", "hours"})
"""Keys of the API whose values are read by people."""

_IN_ENGLISH = re.compile(r'<(\w+)\b[^>]*\blang="en"[^>]*>.*?</\1>', re.DOTALL)


Words = tuple[str, str]


@cache
def english() -> Mapping[Words, list[str]]:
    """Every English text, or its longest part without a placeholder, of four words or more: by its
    second and third word, since a page is looked through much faster for those.

    The title of a source may be nothing but names, which stay as they are.
    """
    found = defaultdict(list)
    for sentence in _sentences():
        found[words_of(sentence)[1:3]].append(sentence)
    return found


def _sentences() -> list[str]:
    titles = " ".join(source.title for source in default_decider().policy.sources.values())
    parts = (max(_PLACEHOLDER.split(text), key=len).strip() for text in source_texts())
    return sorted({part for part in parts if len(part.split()) > 3 and part not in titles})


def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text))


def english_in(page: str) -> list[str]:
    """The English sentences on a page, but for what is marked as English: that is meant, a link to
    that page or facts that are not translated.
    """
    text = html.unescape(_IN_ENGLISH.sub("", page))
    pairs = english().keys() & set(pairwise(words_of(text)))
    return [sentence for pair in pairs for sentence in english()[pair] if sentence in text]


def pages(app: Flask, tag: str, helping: str) -> Iterator[tuple[str, str]]:
    """Every page in this language, with the questions and results of four people."""

    def visitor() -> FlaskClient:
        client = app.test_client()
        client.set_cookie("helping", helping)
        return client

    for place in PLACES:
        yield place, visitor().get(f"/{tag}/{place}").get_data(as_text=True)
    for route in (DECIDED, THINKING, STAY, FORCED):
        client = visitor()
        for question, answer in route.items():
            address = f"/{tag}/check/{question}"
            yield question, client.get(address).get_data(as_text=True)
            yield f"{question}, error", client.post(address).get_data(as_text=True)
            client.post(address, data={"answer": as_list(answer)})
        for place in AT_THE_END:
            yield place, client.get(f"/{tag}/{place}").get_data(as_text=True)
        yield "the code", client.post(f"/{tag}/case/code").get_data(as_text=True)


def results(app: Flask, tag: str) -> Iterator[tuple[str, str]]:
    """The result of every case: each outcome is in one of them."""
    for case in read_cases(ROOT / "tests" / "cases.csv", default_decider().policy):
        client = app.test_client()
        given = {f"{name}-answer": as_list(answer) for name, answer in case.answers.items()}
        client.post(f"/{tag}/form", data={**given, "complete": "yes"})
        yield case.name, client.get(f"/{tag}/result").get_data(as_text=True)


@pytest.mark.parametrize("tag", OTHERS)
@pytest.mark.parametrize("helping", ["0", "1"], ids=["alone", "with a client"])
def test_no_english_sentence_is_left(app: Flask, tag: str, helping: str) -> None:
    assert sum(map(len, english().values())) > 500
    cases = results(app, tag) if helping == "0" else ()
    for place, page in chain(pages(app, tag, helping), cases):
        left = english_in(page)
        assert left == [], (place, left)


@pytest.mark.parametrize("tag", OTHERS)
def test_the_api_decides_the_same_in_every_language(app: Flask, tag: str) -> None:
    def ids(value: object) -> object:
        """The answer of the API without its texts."""
        if isinstance(value, dict):
            return {k: ids(v) for k, v in value.items() if k not in TEXTS}
        return [ids(each) for each in value] if isinstance(value, list) else value

    for route in (DECIDED, THINKING, STAY, FORCED):
        said = [
            app.test_client().post("/api/v1/decisions", json={"answers": dict(route), "lang": lang})
            for lang in (SOURCE, tag)
        ]
        assert [answer.status_code for answer in said] == [200, 200]
        assert ids(said[0].get_json()) == ids(said[1].get_json())
        assert said[0].get_json() != said[1].get_json()

"""Helper mode: every text speaks of "your client" to somebody who helps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from questions import DataError
from tests.support.journeys import DECIDED, FORCED, STAY, THINKING, Route, as_list
from tests.support.page_client import PageClient
from wizard.i18n.check import source_texts
from wizard.i18n.client_wording import client_wording

HELPING = "/en/helping"
ROUTES = pytest.mark.parametrize("route", [DECIDED, THINKING, STAY, FORCED])
PAIR = '[[text]]\nyou = "%s"\nclient = "%s"\n'


@pytest.fixture
def helper(client: PageClient) -> PageClient:
    """A social worker who chose helper mode at the start."""
    client.redirect_of_post(HELPING, {"helping": "yes", "back": "/en/"})
    return client


def pages(visitor: PageClient, route: Route) -> Iterator[str]:
    """Every page and error on this way, as text."""
    yield visitor.get("/en/").html
    for question, answer in route.items():
        yield visitor.question(question).html
        yield visitor.refused(question).html
        visitor.answer(question, as_list(answer))
    yield visitor.get("/en/result").html


@ROUTES
def test_no_page_speaks_to_the_client_as_you(helper: PageClient, route: Route):
    said_to_client = sorted(
        set(client_wording().of_client) - set(client_wording().of_client.values())
    )
    long_enough = [text for text in said_to_client if len(text.split()) > 3 and "%(" not in text]
    assert len(long_enough) > 100
    for html in pages(helper, route):
        # "for you" also begins "for your client".
        text = re.sub(r"\byour client\b", "", unescape(html))
        assert [said for said in long_enough if said in text] == []


@ROUTES
def test_no_page_speaks_of_a_client_to_the_person_themselves(client: PageClient, route: Route):
    for html in pages(client, route):
        text = unescape(html).replace("I am helping somebody: speak of my client", "")
        assert "client" not in text


def test_a_second_language_speaks_to_the_client_themselves(helper: PageClient):
    helper.redirect_of_post("/en/beside", {"second": "nl", "back": "/en/"})
    beside = helper.question("asylum_decision").main.all("span", lang="nl")
    assert beside
    helper.redirect_of_post("/en/helping", {"helping": "no", "back": "/en/"})
    alone = helper.question("asylum_decision").main.all("span", lang="nl")
    assert [each.text for each in beside] == [each.text for each in alone]


def test_the_mode_does_not_change_an_answer_or_the_result(helper: PageClient):
    helper.answer_all(DECIDED)
    before, ids = helper.answered(), helper.get("/en/result").ids
    assert helper.redirect_of_post(HELPING, {"helping": "no", "back": "/en/result"}) == "/en/result"
    assert helper.answered() == before
    assert ids >= {name for name in helper.get("/en/result").ids if not name.startswith("rule-")}


def test_the_mode_ends_with_the_browser_and_holds_no_answer(client: PageClient):
    client.answer_all(DECIDED)
    response = client.http.post(HELPING, data={"helping": "yes"})
    [header] = [each for each in response.headers.getlist("Set-Cookie") if "helping" in each]
    parts = {part.strip() for part in header.split(";")}
    assert parts == {"helping=1", "HttpOnly", "Path=/", "SameSite=Lax"}


@pytest.mark.parametrize("mode", ["", "maybe"])
def test_another_mode_is_refused(client: PageClient, mode: str):
    client.post(HELPING, {"helping": mode}, status=400)


def test_the_api_speaks_to_nobody_in_particular(helper: PageClient):
    said = helper.http.post("/api/v1/decisions", json={"answers": dict(DECIDED), "lang": "en"})
    assert "your client" not in said.get_data(as_text=True)


def test_every_text_to_a_person_has_a_sentence_about_the_client():
    assert list(client_wording().problems(source_texts())) == []


ASKS_VWN = re.compile(
    r"\b(?:ask|tell|talk (?:to|with)|check at)\b[^.;?]*\b(?:VWN|VluchtelingenWerk)\b", re.IGNORECASE
)


def test_nobody_at_vwn_is_told_to_ask_vwn():
    """What is the same in both modes is read together: it speaks to the client."""
    wording = client_wording()
    others = set(source_texts()) - set(wording.of_client.values()) - wording.same
    said = {wording.of_client.get(text, text) for text in others}
    assert len(said) > 500
    assert sorted(filter(ASKS_VWN.search, said)) == []


def test_a_text_without_such_a_sentence_is_found():
    texts = {*source_texts(), "You can rest.", "Let your client rest."}
    assert list(client_wording().problems(texts)) == [
        "your_client.toml: no sentence about the client for: 'You can rest.'"
    ]


def test_a_sentence_for_a_text_that_is_gone_is_found():
    text = next(iter(client_wording().of_client))
    left = [each for each in source_texts() if each != text]
    assert list(client_wording().problems(left)) == [f"your_client.toml: no longer used: {text!r}"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ('[[text]]\nyou = "a"\n', "text.1.client: a text is missing"),
        ('[[text]]\nclient = "a"\n', "text.1.you: a text is missing"),
        (PAIR % ("a", "b") + 'says = "c"\n', "text.1.says: unknown key"),
        (PAIR % ("a", "b") * 2, "text.2.you: this text has an entry already"),
        (PAIR % ("%(name)s", "b"), "text.1.client: has other placeholders"),
        ('sam = ["a"]\n', "sam: unknown key"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, data: str, problem: str):
    (tmp_path / "your_client.toml").write_text(data, encoding="utf-8")
    with pytest.raises(DataError, match=f"your_client.toml: {problem}"):
        client_wording(tmp_path)

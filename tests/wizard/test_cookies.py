"""A browser that keeps no cookie gets a clear word, and no questions in a circle."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.journeys import STAY
from tests.page_client import PageClient

QUESTION = "/en/check/asylum_decision"
ANSWER = {"answer": STAY["asylum_decision"]}


def test_without_cookies_the_page_after_the_first_answer_says_so(app: Flask):
    blocked = app.test_client(use_cookies=False)
    blocked.get("/en/")
    after = blocked.post(QUESTION, data=ANSWER).headers["Location"]
    page = blocked.get(after)
    assert page.status_code == 200
    assert "<h1>Cookies are off</h1>" in page.text
    assert 'href="/en/offline"' in page.text


@pytest.mark.parametrize("first", ["/en/", QUESTION])
def test_with_cookies_nothing_is_seen_of_it(app: Flask, first: str):
    visitor = app.test_client()
    visitor.get(first)
    assert "?" not in visitor.post(QUESTION, data=ANSWER).headers["Location"]


def test_an_answer_as_the_very_first_request_is_kept(app: Flask):
    visitor = app.test_client()
    page = visitor.post(QUESTION, data=ANSWER, follow_redirects=True)
    assert "Cookies are off" not in page.text
    assert page.request.path != QUESTION


def test_who_lost_only_the_answers_is_not_told_that_cookies_are_off(client: PageClient):
    client.get("/en/")
    assert "Cookies are off" not in client.http.get(f"{QUESTION}?cookie=check").text

"""A browser that keeps no cookie gets a clear word, and no questions in a circle."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.journeys import STAY
from tests.support.page_client import PageClient

QUESTION = "/en/check/asylum_decision"
ANSWER = {"answer": STAY["asylum_decision"]}


def test_without_cookies_the_page_after_the_first_answer_says_so(app: Flask):
    blocked = app.test_client(use_cookies=False)
    blocked.get("/en/")
    first = blocked.get("/en/check").headers["Location"]
    page = blocked.get(first)
    assert page.status_code == 200
    assert "<h1>Cookies are off</h1>" in page.text
    assert 'href="/en/offline"' in page.text


@pytest.mark.parametrize("first", ["/en/", QUESTION])
def test_with_cookies_nothing_is_seen_of_it(app: Flask, first: str):
    visitor = app.test_client()
    visitor.get(first)
    assert "?" not in visitor.post(QUESTION, data=ANSWER).headers["Location"]


@pytest.mark.parametrize("place", ["/en/check", "/en/check/0123456789", "/en/result"])
def test_nobody_without_cookies_is_sent_in_a_circle(app: Flask, place: str):
    blocked = app.test_client(use_cookies=False)
    kept = {"Cookie": "language=en"}
    for headers in ({}, kept):
        page = blocked.get(place, headers=headers, follow_redirects=True)
        assert "<h1>Cookies are off</h1>" in page.text
        assert len(page.history) <= 3


def test_an_answer_as_the_very_first_request_leads_to_the_first_question(app: Flask):
    visitor = app.test_client()
    page = visitor.post("/en/check/0123456789", data=ANSWER, follow_redirects=True)
    assert "Cookies are off" not in page.text
    assert 'data-question="asylum_decision"' in page.text


def test_who_lost_only_the_answers_is_not_told_that_cookies_are_off(client: PageClient):
    client.answer_all(STAY)
    client.http.delete_cookie("answers")
    page = client.http.get("/en/check/0123456789", follow_redirects=True)
    assert 'data-question="asylum_decision"' in page.text

"""Every error has a page in the reader's language that leads on."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from tests.conftest import AppMaker
from tests.support.broken.failing_app import break_pages
from tests.support.journeys import DECIDED, DISTINCTIVE, STAY
from tests.support.page_client import PageClient


@pytest.fixture
def broken(make_app: AppMaker) -> Flask:
    """An app with pages that fail."""
    return break_pages(make_app())


@pytest.mark.parametrize(
    ("method", "place", "status"),
    [
        ("GET", "nonsense", 404),
        ("GET", "countries/XX", 404),
        ("POST", "result", 405),
        ("GET", "helpful", 405),
        ("POST", "helpful", 400),
    ],
)
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_an_error_page_speaks_the_readers_language_and_leads_to_the_start(
    client: PageClient, lang: str, method: str, place: str, status: int
):
    client.get(f"/{lang}/")
    fetch = client.get if method == "GET" else client.post
    page = fetch(f"/{lang}/{place}", status=status)
    assert page.language == lang
    assert f"/{lang}/" in page.links()


def test_an_address_in_a_language_is_answered_in_it_also_at_a_first_visit(client: PageClient):
    assert client.get("/nl/nonsense", 404).language == "nl"


def test_a_page_that_does_not_take_a_method_names_the_ones_it_takes(client: PageClient):
    answer = client.http.post("/en/result")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_the_answers_survive_every_error(client: PageClient):
    client.answer_all(STAY)
    client.get("/en/nonsense", 404)
    client.post("/en/helpful", {"helpful": "x"}, 400)
    client.post("/en/check/country", {"answer": "x" * 20_000}, 413)
    client.refused("country", "XX")
    assert client.answered() == list(STAY)


@pytest.mark.parametrize(
    "path", ["/en/check/0123456789", "/en/check/asylum_decision", "/en/forget", "/en/new-client"]
)
def test_what_is_too_large_is_refused_wherever_it_is_sent(app: Flask, path: str):
    """Also to an address that is nobody's, where nothing of it would be read."""
    http = app.test_client()
    assert http.post(path, data={"answer": "x" * 20_000}).status_code == 413
    assert http.post(path, data={"answer": "x"}).status_code in {302, 303}


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/nl/helpful", {"helpful": "x"}, 400),
        ("/nl/result", {"answer": "x"}, 405),
        ("/nl/check/asylum_decision", {"answer": "x" * 20_000}, 413),
        ("/nl/beside", {"second": "en"}, 429),
        ("/nl/new-client", {"answer": "x"}, 500),
    ],
)
def test_what_a_browser_sent_in_vain_is_told_by_a_page_that_is_asked_for(
    broken: Flask, path: str, data: dict[str, str], status: int
):
    """The body of a POST that is answered with a page stays on the disk of the visitor."""
    broken.view_functions["pages.beside"] = broken.view_functions["pages.rule_book"]
    broken.view_functions["pages.begin_anew"] = broken.view_functions["pages.privacy"]
    http = broken.test_client()
    sent = http.post(path, data=data, headers=BROWSER)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/nl/sorry/{status}")
    page = http.get(sent.headers["Location"], headers=BROWSER)
    assert page.status_code == status
    assert 'lang="nl"' in page.text
    assert ("Retry-After" in page.headers) == (status == 429)
    assert http.post(path, data=data).status_code == status, "a program is told at once"


def test_there_is_no_page_for_another_error(client: PageClient):
    for status in (200, 303, 403, 404, 418, 503):
        client.get(f"/en/sorry/{status}", 404)


def test_an_unexpected_error_gets_a_page_and_keeps_the_answers(broken: Flask):
    client = PageClient(broken)
    client.answer_all(STAY)
    page = client.get("/en/privacy", 500)
    assert "/en/" in page.links()
    assert "message" not in page.html
    assert client.answered() == list(STAY)


def test_an_unexpected_error_of_the_api_is_a_problem_document(broken: Flask):
    answer = broken.test_client().get("/api/v1/questions")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 500
    assert "message" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/en/privacy", "/api/v1/questions"])
def test_of_an_unexpected_error_only_its_type_is_logged(
    broken: Flask, caplog: pytest.LogCaptureFixture, path: str
):
    client = PageClient(broken)
    client.answer_all(DECIDED)
    caplog.set_level(logging.DEBUG)
    assert client.http.get(path).status_code == 500
    assert "RuntimeError" in caplog.text
    for word in (*DISTINCTIVE, "must not be told"):
        assert word not in caplog.text


def test_no_other_request_logs_anything(client: PageClient, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    client.cookie = "forged"
    client.get("/en/")
    client.answer_all(DECIDED)
    client.refused("country", "XX")
    client.get("/en/result")
    client.get("/en/nonsense", 404)
    client.http.post("/api/v1/decisions", json={"answers": DECIDED})
    client.http.post("/api/v1/decisions", json={"answers": {"country": "Somalia"}})
    assert caplog.records == []

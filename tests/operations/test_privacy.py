"""The privacy page promises what a test proves, paragraph by paragraph."""

from __future__ import annotations

import re

from flask import Flask

from tests.operations.requests.test_headers import paths
from tests.operations.test_documents import ROOT, existing_tests
from tests.support.journeys import DECIDED
from tests.support.page_client import PageClient

PROOF = ROOT / "docs" / "privacy.md"
PAGE = ROOT / "templates" / "reading" / "privacy.html"
COOKIES = {"answers", "helping", "language", "opener", "second"}


def promises() -> dict[str, str]:
    """Each paragraph in the table, and the tests beside it."""
    rows = [line.split(" | ") for line in PROOF.read_text(encoding="utf-8").splitlines()]
    return {row[0].removeprefix("| "): row[1] for row in rows if len(row) == 2 and "`" in row[1]}


def test_every_paragraph_of_the_privacy_page_has_its_proof():
    # A long sentence stands in the template in pieces.
    page = re.sub(r'"\n\s*"', "", PAGE.read_text(encoding="utf-8"))
    assert list(promises()) == re.findall(r'<p>\{\{ _\(\s*"(.*?)"\)\s*\}\}</p>', page)
    assert page.count("<p>") == len(promises())


def test_every_proof_is_a_test_that_is_there():
    for paragraph, proof in promises().items():
        named = re.findall(r"`(test_\w+)`", proof)
        assert named, paragraph
        assert set(named) <= existing_tests(), paragraph


def test_no_question_has_a_field_to_write_in(client: PageClient):
    client.answer_all(DECIDED)
    for question in DECIDED:
        for control in client.question(question).controls():
            assert control.get("type", control.tag) in {"radio", "checkbox", "select"}, question


def test_no_cookie_but_these_is_ever_set(app: Flask):
    http = app.test_client()
    for question, answer in DECIDED.items():
        http.post(f"/nl/check/{question}", data={"answer": answer})
    http.post("/nl/beside", data={"second": "ti"})
    http.post("/nl/helping", data={"helping": "yes"})
    seen = set()
    for method, path in paths(app):
        answer = http.open(path, method=method)
        seen |= {each.partition("=")[0] for each in answer.headers.getlist("Set-Cookie")}
        answer.close()
    held = {cookie.key for cookie in http._cookies.values()} | seen
    assert held <= COOKIES
    assert "answers" in seen


def test_the_embedded_page_reads_and_sets_no_cookie(app: Flask):
    http = app.test_client()
    plain = http.get("/nl/embed")
    for question, answer in DECIDED.items():
        http.post(f"/nl/check/{question}", data={"answer": answer})
    http.post("/nl/helping", data={"helping": "yes"})
    with_cookies = http.get("/nl/embed")
    assert with_cookies.data == plain.data
    assert "Set-Cookie" not in with_cookies.headers


def test_leaving_deletes_every_cookie_also_where_the_browser_cannot_wipe_by_itself(app: Flask):
    http = app.test_client()
    http.get("/nl/")
    http.post("/nl/check/asylum_decision", data={"answer": "waiting"})
    http.post("/nl/beside", data={"second": "ti"})
    http.post("/nl/helping", data={"helping": "yes"})
    assert {cookie.key for cookie in http._cookies.values()} == COOKIES
    http.get(http.post("/nl/leave").headers["Location"])
    assert http._cookies == {}

"""A request that is no POST changes nothing, whatever it carries."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.operations.requests.test_headers import paths
from tests.support.answers.case_codes import code_shown
from tests.support.journeys import DECIDED, STAY
from tests.support.page_client import PageClient

FORM = {
    "answer": "rejected",
    "asylum_decision": "rejected",
    "complete": "1",
    "helping": "yes",
    "helpful": "yes",
    "print": "country",
    "second": "ar",
}
"""Something for every form."""


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "GET"])
def test_a_request_that_is_no_post_changes_nothing_whatever_it_carries(app: Flask, method: str):
    other = PageClient(app)
    other.answer_all(DECIDED)
    code = code_shown(other.http.post("/en/case/code", follow_redirects=True).text)
    client = PageClient(app)
    client.answer_all(STAY)
    client.get("/en/result")
    before = client.cookie
    takes_posts = {path for name, path in paths(app) if name == "POST"}
    for path in sorted(takes_posts):
        client.http.open(path, method=method, data={**FORM, "code": code})
        assert client.cookie == before, path
    assert client.answered() == list(STAY)


@pytest.mark.parametrize("place", ["case", "form"])
def test_a_head_with_a_body_is_answered_as_a_get(client: PageClient, place: str):
    assert client.http.head(f"/en/{place}", data={**FORM, "code": "0"}).status_code == 200
    assert client.cookie is None

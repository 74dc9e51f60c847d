"""Every line of "Errors" in the contract: a problem document that names the field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import AppMaker
from tests.support.api import DECISIONS, OPENAPI, QUESTIONS, problem
from tests.support.journeys import STAY
from wizard.web.rate_limits import limiter

JSON = "application/json"
LARGEST = 16 * 1024
PER_MINUTE = "30 per minute"

NO_JSON = {
    "nothing": b"",
    "half": b'{"answers": {',
    "more after the end": b'{"answers": {}} {}',
    "another format": b"answers=1",
    "single quotes": b"{'answers': {}}",
    "bad UTF-8": b'{"answers": {"country": "\xff\xfe\xc3"}}',
    "cut UTF-8": b'{"answers": {"country": "\xc3',
    "lists nested without end": b'{"answers": ' + b"[" * 16_000,
    "objects nested without end": b'{"a":' * 3_000,
    "a number without end": b'{"answers": ' + b"9" * 15_000 + b"}",
}

UNPROCESSABLE: dict[str, tuple[Any, str]] = {
    "a list": ([], "body"),
    "a word": ("answers", "body"),
    "null": (None, "body"),
    "a number": (7, "body"),
    "an unknown key": ({"answers": {}, "language": "en"}, "body"),
    "no answers": ({"lang": "en"}, "answers"),
    "answers are null": ({"answers": None}, "answers"),
    "answers are a list": ({"answers": ["country"]}, "answers"),
    "an unknown question": ({"answers": {"shoe_size_secret": "44"}}, "answers"),
    "no question's name": ({"answers": {"": "44"}}, "answers"),
    "an unknown option": ({"answers": {"appeal": "secret"}}, "answers.appeal"),
    "an option of another question": ({"answers": {"appeal": "secret"}}, "answers.appeal"),
    "an unknown country": ({"answers": {"country": "XX"}}, "answers.country"),
    "a country in small letters": ({"answers": {"country": "so"}}, "answers.country"),
    "a number for an option": ({"answers": {"new_facts": 1}}, "answers.new_facts"),
    "true for yes": ({"answers": {"new_facts": True}}, "answers.new_facts"),
    "null for an option": ({"answers": {"new_facts": None}}, "answers.new_facts"),
    "a list for one": ({"answers": {"appeal": ["over"]}}, "answers.appeal"),
    "an object for one": ({"answers": {"country": {"secret": 1}}}, "answers.country"),
    "half a character": ({"answers": {"country": "\ud800"}}, "answers.country"),
    "one for a list": ({"answers": {"help_wanted": "goods"}}, "answers.help_wanted"),
    "an empty list": ({"answers": {"help_wanted": []}}, "answers.help_wanted"),
    "an option twice": ({"answers": {"help_wanted": ["care"] * 2}}, "answers.help_wanted"),
    "an unknown option in a list": (
        {"answers": {"help_wanted": ["goods", "secret"]}},
        "answers.help_wanted",
    ),
    "a number in a list": ({"answers": {"circumstances": [1]}}, "answers.circumstances"),
    "a list in a list": ({"answers": {"circumstances": [["none"]]}}, "answers.circumstances"),
    "an unknown language": ({"answers": {}, "lang": "secret"}, "lang"),
    "an empty language": ({"answers": {}, "lang": ""}, "lang"),
    "null for a language": ({"answers": {}, "lang": None}, "lang"),
    "a number for a language": ({"answers": {}, "lang": 1}, "lang"),
    "a list for a language": ({"answers": {}, "lang": ["en"]}, "lang"),
}


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("body", NO_JSON.values(), ids=list(NO_JSON))
def test_what_is_not_json_is_a_bad_request(http: FlaskClient, body: bytes):
    assert len(body) <= LARGEST
    answer = http.post(DECISIONS, data=body, content_type=JSON)
    assert problem(answer, 400)["field"] == "body"


@pytest.mark.parametrize(("body", "field"), UNPROCESSABLE.values(), ids=list(UNPROCESSABLE))
def test_what_does_not_exist_or_has_the_wrong_type_is_named(
    http: FlaskClient, body: Any, field: str
):
    answer = http.post(DECISIONS, data=json.dumps(body), content_type=JSON)
    assert problem(answer, 422)["field"] == field


@pytest.mark.parametrize(("body", "field"), UNPROCESSABLE.values(), ids=list(UNPROCESSABLE))
def test_an_error_never_repeats_what_was_sent(http: FlaskClient, body: Any, field: str):
    answer = http.post(DECISIONS, data=json.dumps(body), content_type=JSON)
    assert "secret" not in answer.get_data(as_text=True)


def test_one_wrong_answer_among_good_ones_is_named(http: FlaskClient):
    answer = http.post(DECISIONS, json={"answers": {**STAY, "new_facts": "perhaps"}})
    assert problem(answer, 422)["field"] == "answers.new_facts"


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "application/x-www-form-urlencoded", "application/xml", "json", "x/"],
)
def test_another_content_type_is_refused(http: FlaskClient, content_type: str | None):
    answer = http.post(DECISIONS, data=b'{"answers": {}}', content_type=content_type)
    assert problem(answer, 415)["field"] == "Content-Type"


def test_a_content_type_with_a_character_set_is_taken(http: FlaskClient):
    answer = http.post(DECISIONS, data=b'{"answers": {}}', content_type=f"{JSON}; charset=utf-8")
    assert answer.status_code == 200


def padded(size: int) -> bytes:
    """A good body of exactly so many bytes."""
    body = b'{"answers": {}}'
    return body + b" " * (size - len(body))


def test_16_kilobytes_are_taken_and_one_byte_more_is_refused(http: FlaskClient):
    assert http.post(DECISIONS, data=padded(LARGEST), content_type=JSON).status_code == 200
    answer = http.post(DECISIONS, data=padded(LARGEST + 1), content_type=JSON)
    problem(answer, 413)


def in_pieces(http: FlaskClient, size: int) -> TestResponse:
    """Send a body without telling its size, as a server hands it to us."""
    return http.post(
        DECISIONS,
        data=padded(size),
        content_type=JSON,
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )


def test_a_body_that_does_not_tell_its_size_is_measured(http: FlaskClient):
    assert in_pieces(http, LARGEST).status_code == 200
    problem(in_pieces(http, LARGEST + 1), 413)


def test_a_body_that_is_too_large_is_named(http: FlaskClient):
    answer = http.post(DECISIONS, data=padded(LARGEST + 1), content_type=JSON)
    assert problem(answer, 413)["field"] == "body"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", DECISIONS, {"POST", "OPTIONS"}),
        ("PUT", DECISIONS, {"POST", "OPTIONS"}),
        ("DELETE", DECISIONS, {"POST", "OPTIONS"}),
        ("POST", QUESTIONS, {"GET", "HEAD", "OPTIONS"}),
        ("PATCH", OPENAPI, {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_another_method_is_refused_and_the_right_ones_are_named(
    http: FlaskClient, method: str, path: str, allowed: set[str]
):
    answer = http.open(path, method=method, json={"answers": {}})
    problem(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v2/decisions", "/api/v1/decisions/x"])
def test_an_address_that_does_not_exist_is_not_found(http: FlaskClient, path: str):
    problem(http.get(path), 404)


@pytest.mark.parametrize("lang", ["xx", "", "EN", "nl_NL", "en,nl"])
def test_the_questions_in_a_language_that_does_not_exist_are_refused(http: FlaskClient, lang: str):
    answer = http.get(QUESTIONS, query_string={"lang": lang})
    assert problem(answer, 422)["field"] == "lang"


@pytest.fixture
def limited(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A client of an app that counts requests, with a count that begins at nothing."""
    monkeypatch.setattr(limiter, "enabled", True)
    return make_app(RATELIMIT_ENABLED="true", RATELIMIT=PER_MINUTE).test_client()


def test_too_many_requests_are_refused(limited: FlaskClient):
    for _ in range(int(PER_MINUTE.split(maxsplit=1)[0])):
        assert limited.post(DECISIONS, json={"answers": {}}).status_code == 200
    problem(limited.post(DECISIONS, json={"answers": {}}), 429)


def test_one_address_does_not_use_up_the_requests_of_another(limited: FlaskClient):
    for _ in range(int(PER_MINUTE.split(maxsplit=1)[0]) + 1):
        refused = limited.post(DECISIONS, json={"answers": {}})
    assert refused.status_code == 429
    other = limited.post(DECISIONS, json={"answers": {}}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert other.status_code == 200


def test_the_page_for_too_many_requests_keeps_the_answers(limited: FlaskClient):
    for _ in range(int(PER_MINUTE.split(maxsplit=1)[0]) + 1):
        answer = limited.get("/nl/thanks")
    assert answer.status_code == 429
    assert answer.mimetype == "text/html"
    assert "answers=" not in str(answer.headers.getlist("Set-Cookie"))
    assert '<html lang="nl"' in answer.get_data(as_text=True)

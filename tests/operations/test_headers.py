"""What every response of every route tells the browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask

from tests.conftest import AppMaker
from tests.journeys import DECIDED
from tests.page_checks import directives
from wizard.assets import STATIC, asset_url

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
REFUSED_FEATURES = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
MAY_BE_FOUND = {"/", "/nl/", "/nl/rules", "/nl/flow", "/nl/privacy"}
A_YEAR = "public, max-age=31536000, immutable"

Response = tuple[str, int, Mapping[str, str]]


def paths(app: Flask) -> Iterator[tuple[str, str]]:
    """A real address for every route and method of the app, and some that lead nowhere."""
    values = {"lang": "nl", "question_id": "country", "filename": "enhance.js"}
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name, value in values.items():
            path = path.replace(f"<{name}>", value).replace(f"<path:{name}>", value)
        assert "<" not in path, f"tell this test how to reach {rule.rule}"
        for method in sorted(rule.methods or ()):
            yield method, path
    yield from (("GET", "/nonsense"), ("GET", "/nl/nonsense"), ("GET", "/static/nonsense"))
    yield from (("DELETE", "/nl/"), ("POST", "/api/v1/nonsense"), ("GET", "/nl"))


@pytest.fixture(scope="module")
def responses(app: Flask) -> list[Response]:
    """What every route answers to somebody who has answered everything."""
    http = app.test_client()
    for question, answer in DECIDED.items():
        http.post(f"/nl/check/{question}", data={"answer": answer})
    last = ("/nl/forget", "/nl/leave")
    found = []
    for method, path in sorted(paths(app), key=lambda each: (each[1] in last, each)):
        answer = http.open(path, method=method)
        found.append((f"{method} {path}", answer.status_code, dict(answer.headers)))
        answer.close()
    return found


def test_every_kind_of_answer_is_among_them(responses: list[Response]):
    assert {status for _, status, _ in responses} >= {200, 303, 308, 400, 404, 405, 415, 422}
    assert not [response for response in responses if response[1] >= 500]


@pytest.mark.parametrize("header", ALWAYS)
def test_every_response_has_the_header(responses: list[Response], header: str):
    assert [name for name, _, headers in responses if headers.get(header) != ALWAYS[header]] == []


def test_every_response_refuses_what_no_page_needs(responses: list[Response]):
    for name, _, headers in responses:
        policy = headers.get("Permissions-Policy", "")
        assert all(f"{feature}=()" in policy for feature in REFUSED_FEATURES), name


def test_every_response_has_a_strict_content_policy(responses: list[Response]):
    for name, _, headers in responses:
        policy = directives(headers)
        assert policy.get("default-src") == ["'none'"], name
        assert policy.get("frame-ancestors") == ["'none'"], name
        assert policy.get("base-uri") == ["'none'"], name
        everything = " ".join(source for sources in policy.values() for source in sources)
        assert not [word for word in ("unsafe", "*", "data:", "blob:") if word in everything], name


def test_only_what_is_the_same_for_everybody_may_be_found_or_kept(responses: list[Response]):
    for name, status, headers in responses:
        method, path = name.split(" ")
        if path.startswith("/static/") and status == 200:
            assert headers["Cache-Control"] == "no-cache", name
        elif headers["Cache-Control"] == "no-cache":
            assert path in {"/nl/offline.json", "/sw.js"}, name
        else:
            assert headers["Cache-Control"] == "no-store", name
        found = headers.get("X-Robots-Tag") != "noindex"
        may = path in MAY_BE_FOUND and status < 400
        assert found == (may or (path.startswith("/static/") and status == 200)) or (
            method == "DELETE" and path in MAY_BE_FOUND
        ), name


def test_a_static_file_is_kept_for_a_year_only_under_its_own_fingerprint(app: Flask):
    http = app.test_client()
    for file in STATIC.iterdir():
        with app.test_request_context():
            address = asset_url(file.name)
        assert http.get(address).headers["Cache-Control"] == A_YEAR
        for other in (address[:-1] + "0_", f"/static/{file.name}", f"/static/{file.name}?v="):
            assert http.get(other).headers["Cache-Control"] == "no-cache", other


def test_tls_is_demanded_for_a_year_where_it_is_used_and_not_elsewhere(make_app: AppMaker):
    http = make_app(TRUSTED_PROXIES="1").test_client()
    over_tls = http.get("/en/", headers={"X-Forwarded-Proto": "https"}).headers
    assert "max-age=31536000" in over_tls["Strict-Transport-Security"]
    for headers in ({}, {"X-Forwarded-Proto": "http"}, {"X-Forwarded-Ssl": "on"}):
        plain = http.get("/en/", headers=headers).headers
        assert "Strict-Transport-Security" not in plain


@pytest.mark.parametrize(
    ("hops", "claimed", "believed"),
    [
        ("0", "https", False),
        ("1", "https", True),
        ("1", "https, http", False),
        ("2", "https, http", True),
        ("2", "https", False),
    ],
)
def test_as_many_proxies_are_believed_as_are_named(
    make_app: AppMaker, hops: str, claimed: str, believed: bool
):
    http = make_app(TRUSTED_PROXIES=hops).test_client()
    answer = http.get("/en/", headers={"X-Forwarded-Proto": claimed})
    assert ("Strict-Transport-Security" in answer.headers) == believed

"""What every response of every route tells the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NoReturn

import pytest
from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app

from serving.safe_headers import NOT_FOR_SEARCH_ENGINES, OVER_TLS, SAFE
from tests.conftest import AppMaker
from tests.support.broken.failing_app import break_pages
from tests.support.journeys import DECIDED
from tests.support.nginx_server import CONFIGURATION
from tests.support.pages.page_checks import directives
from wizard.monitoring.metrics import metrics_app
from wizard.web.static_files import STATIC, asset_url

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
REFUSED_FEATURES = ("camera", "geolocation", "microphone")
MAY_BE_FOUND = {
    "/",
    "/nl/",
    *("/nl/rules", "/nl/rules/facts", "/nl/wrong-number"),
    "/nl/flow",
    "/nl/privacy",
    "/nl/words",
    "/nl/accessibility",
    *("/nl/asked", "/nl/countries", "/nl/countries/AF", "/nl/places"),
}
A_YEAR = "public, max-age=31536000, immutable"

Response = tuple[str, int, Mapping[str, str]]


def missing_headers(headers: Mapping[str, str]) -> list[str]:
    """What a response should say and does not, whoever made it."""
    wrong = [name for name, value in ALWAYS.items() if headers.get(name) != value]
    features = headers.get("Permissions-Policy", "")
    wrong += [feature for feature in REFUSED_FEATURES if f"{feature}=()" not in features]
    policy = directives(headers)
    wrong += [name for name in ("default-src", "frame-ancestors") if policy.get(name) != ["'none'"]]
    everything = " ".join(source for sources in policy.values() for source in sources)
    wrong += [word for word in ("unsafe", "*", "data:", "blob:") if word in everything]
    return wrong if headers.get("Cache-Control") else [*wrong, "Cache-Control"]


def paths(app: Flask) -> Iterator[tuple[str, str]]:
    """A real address for every route and method of the app, and some that lead nowhere."""
    values = {
        "lang": "nl",
        "question_id": "country",
        "letters": "0123456789",
        "code": "AF",
        "kind": "facts",
        "filename": "enhance.js",
        "status": "429",
    }
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name, value in values.items():
            path = re.sub(rf"<(\w+:)?{name}>", value, path)
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
    last = ("/nl/forget", "/nl/leave", "/nl/new-client")
    found = []
    for method, path in sorted(paths(app), key=lambda each: (each[1] in last, each)):
        answer = http.open(path, method=method)
        found.append((f"{method} {path}", answer.status_code, dict(answer.headers)))
        answer.close()
    return found


def test_every_kind_of_answer_is_among_them(responses: list[Response]):
    assert {status for _, status, _ in responses} >= {200, 303, 308, 400, 404, 405, 415}
    assert not [response for response in responses if response[1] >= 500]


def test_every_response_has_every_header(responses: list[Response]):
    wrong = {name: missing_headers(headers) for name, _, headers in responses}
    assert {name: problems for name, problems in wrong.items() if problems} == {}


def fingerprinted(app: Flask) -> list[str]:
    """The address of every static file as pages name it: answered before Flask."""
    with app.test_request_context():
        files = [path for path in STATIC.rglob("*") if path.is_file()]
        return [asset_url(file.relative_to(STATIC).as_posix()) for file in files]


def test_a_file_says_what_every_other_response_says(app: Flask):
    for address in fingerprinted(app):
        headers = app.test_client().get(address).headers
        ours = [(name, value) for name, value in SAFE if name != "Cache-Control"]
        assert [(name, headers[name]) for name, _ in ours] == ours, address


def test_nginx_says_by_itself_what_every_other_response_says():
    text = CONFIGURATION.read_text(encoding="utf-8")
    said = re.findall(r'add_header (\S+) "?([^"\n]*?)"? always;', text)
    over_tls = said[len(SAFE) :]
    assert said[: len(SAFE)] == list(SAFE)
    # What every other refusal for a while says too: when to come back.
    assert over_tls == [*SAFE, NOT_FOR_SEARCH_ENGINES, *OVER_TLS, ("Retry-After", "60")]


def test_files_that_never_come_to_flask_have_every_header_too(app: Flask):
    http = app.test_client()
    for address in fingerprinted(app):
        for method in ("GET", "HEAD", "POST"):
            assert missing_headers(http.open(address, method=method).headers) == [], address


def test_what_fails_is_refused_or_is_not_new_has_every_header_too(make_app: AppMaker):
    http = break_pages(make_app(METRICS_BIND="127.0.0.1:9")).test_client()
    known = http.get("/nl/offline.json").headers["ETag"]
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    answers = {
        304: http.get("/nl/offline.json", headers={"If-None-Match": known}),
        403: http.post("/nl/forget", headers=elsewhere),
        413: http.post("/nl/check/asylum_decision", data={"answer": "x" * 30_000}),
        429: http.get("/nl/rules"),
        500: http.get("/nl/privacy"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert missing_headers(answer.headers) == [], status
    problem = http.get("/api/v1/questions")
    assert (problem.status_code, problem.mimetype) == (500, "application/problem+json")
    assert missing_headers(problem.headers) == []


def test_an_error_among_the_last_steps_of_a_request_takes_no_header_along(make_app: AppMaker):
    app = make_app()

    @app.after_request
    def fail(_response: object) -> NoReturn:
        raise RuntimeError("nobody thought of this")

    answer = app.test_client().get("/nl/")
    assert answer.status_code == 500
    assert missing_headers(answer.headers) == []


@pytest.mark.parametrize("path", ["/metrics", "/"])
def test_figures_have_every_header_too(path: str):
    environ = create_environ(path)
    _, _, headers = run_wsgi_app(metrics_app(), environ)
    assert missing_headers(headers) == []


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
    for address in fingerprinted(app):
        assert http.get(address).headers["Cache-Control"] == A_YEAR
        bare = address.partition("?")[0]
        for other in (address[:-1] + "0_", bare, f"{bare}?v="):
            assert http.get(other).headers["Cache-Control"] == "no-cache", other


def test_tls_is_demanded_for_a_year_where_it_is_used_and_not_elsewhere(make_app: AppMaker):
    http = make_app(TRUSTED_PROXIES="1").test_client()
    [file, *_] = fingerprinted(http.application)
    for path in ("/en/", "/", "/nonsense", "/api/v1/questions", "/sw.js", file):
        over_tls = http.get(path, headers={"X-Forwarded-Proto": "https"}).headers
        assert "max-age=31536000" in over_tls["Strict-Transport-Security"], path
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

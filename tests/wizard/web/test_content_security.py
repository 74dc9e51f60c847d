"""What every answer says to the browser, and which requests are refused."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app

from tests.conftest import AppMaker
from tests.support.journeys import STAY
from tests.support.page_client import PageClient
from tests.support.pages.page_checks import directives, header_problems

POSTS = {
    "a question": ("/en/check/asylum_decision", {"answer": "waiting"}),
    "helpful": ("/en/helpful", {"helpful": "yes"}),
    "forget": ("/en/forget", {}),
}
ELSEWHERE = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another host of the same site": {"Sec-Fetch-Site": "same-site"},
    "an unknown word": {"Sec-Fetch-Site": "somewhere"},
    "another site that sets our origin": {
        "Sec-Fetch-Site": "cross-site",
        "Origin": "http://localhost",
    },
    "the origin of another host": {"Origin": "https://evil.example"},
    "the origin of another port": {"Origin": "http://localhost:8080"},
    "an origin that begins like ours": {"Origin": "http://localhost.evil.example"},
    "a hidden origin, but a page of another site": {
        "Origin": "null",
        "Referer": "https://evil.example/localhost",
    },
    "no origin, but a page of another site": {"Referer": "http://localhost.evil.example/"},
    "an origin that is none": {"Origin": "http://[localhost"},
    "another site that hides its origin": {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
}
HERE = {
    "our own page": {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    "the address bar": {"Sec-Fetch-Site": "none"},
    "a browser that names its origin only": {"Origin": "http://localhost"},
    "no browser": {},
    "a browser that hides the origin": {"Origin": "null"},
    "a browser that hides the origin, and tells our page": {
        "Origin": "null",
        "Referer": "http://localhost/en/check/asylum_decision",
    },
    "a browser that names our page only": {"Referer": "http://localhost/en/"},
}


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=list(ELSEWHERE))
@pytest.mark.parametrize("post", POSTS.values(), ids=list(POSTS))
def test_what_another_site_sends_is_refused_and_changes_nothing(
    client: PageClient, post: tuple[str, dict[str, str]], headers: dict[str, str]
):
    path, data = post
    client.answer_all(STAY)
    page = client.post(path, data, 403, headers=headers)
    assert "/en/" in page.links()
    assert client.question("asylum_decision").chosen() == [STAY["asylum_decision"]]


@pytest.mark.parametrize("headers", HERE.values(), ids=list(HERE))
@pytest.mark.parametrize("post", POSTS.values(), ids=list(POSTS))
def test_what_our_own_pages_send_is_taken(
    client: PageClient, post: tuple[str, dict[str, str]], headers: dict[str, str]
):
    path, data = post
    client.redirect_of_post(path, data, headers=headers)


def test_what_another_site_sends_to_the_api_is_refused(client: PageClient):
    answer = client.http.post(
        "/api/v1/decisions", json={"answers": {}}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert answer.mimetype == "application/problem+json"


def test_a_link_from_another_site_may_be_followed(client: PageClient):
    client.get("/en/", headers={"Sec-Fetch-Site": "cross-site"})


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/en/", 200),
        ("GET", "/", 302),
        ("GET", "/nl", 308),
        ("GET", "/nonsense/of/some/kind", 404),
        ("GET", "/en/helpful", 405),
        ("POST", "/en/", 405),
        ("POST", "/en/helpful", 400),
        ("POST", "/en/forget", 303),
        ("GET", "/healthz", 200),
        ("GET", "/api/v1/questions", 200),
        ("GET", "/api/v1/openapi.json", 200),
        ("GET", "/api/v1/nonsense", 404),
        ("POST", "/api/v1/decisions", 415),
        ("GET", "/api/v1/decisions", 405),
        ("OPTIONS", "/en/check/country", 200),
    ],
)
def test_every_answer_has_the_security_headers(app: Flask, method: str, path: str, status: int):
    answer = app.test_client().open(path, method=method)
    assert answer.status_code == status
    assert list(header_problems(answer.headers)) == []


def test_only_our_own_scripts_images_and_forms_are_allowed(client: PageClient):
    policy = directives(client.get("/en/").headers)
    assert policy["script-src"] == policy["img-src"] == policy["form-action"] == ["'self'"]
    # The page that works without a network. Its service worker falls under `script-src`.
    assert policy["connect-src"] == policy["manifest-src"] == ["'self'"]
    assert not {"font-src", "frame-src", "object-src", "worker-src"} & set(policy)


def test_pages_with_answers_are_kept_out_of_search_engines(client: PageClient):
    assert client.question("asylum_decision").headers["X-Robots-Tag"] == "noindex"


def test_static_files_may_be_kept_for_ever_because_their_address_changes(client: PageClient):
    [script] = client.get("/en/").document.all("script")
    answer = client.http.get(script["src"])
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert "v=" in script["src"]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["../settings.py", "%2e%2e/settings.py", "nonsense.css", ""])
def test_nothing_beside_the_static_files_is_served(client: PageClient, path: str):
    client.get(f"/static/{path}", 404)


def test_every_page_names_an_icon_of_ours_so_that_no_browser_looks_for_one(client: PageClient):
    icons = [each for each in client.get("/en/").document.all("link") if "icon" in each["rel"]]
    assert icons
    for icon in icons:
        answer = client.http.get(icon["href"])
        assert answer.status_code == 200
        assert answer.mimetype.startswith("image/")


def test_tls_is_asked_for_only_where_it_is_used(client: PageClient):
    assert "Strict-Transport-Security" not in client.get("/en/").headers
    over_tls = client.http.get("/en/", base_url="https://localhost")
    assert "max-age=" in over_tls.headers["Strict-Transport-Security"]


def test_a_proxy_is_believed_only_when_it_is_named(make_app: AppMaker):
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    plain = make_app().test_client().get("/en/", headers=headers)
    behind_one = make_app(TRUSTED_PROXIES="1").test_client().get("/en/", headers=headers)
    assert "Strict-Transport-Security" not in plain.headers
    assert "Strict-Transport-Security" in behind_one.headers


NO_HOSTS = (
    "a..b",
    ".a",
    "a" * 64,
    f"nl.{'b' * 64}.nl",
    "[::1",
    "a b",
    "é.nl",
    "a:b",
    "a/b",
    "a@b",
    ":80",
)


@pytest.mark.parametrize("host", NO_HOSTS)
@pytest.mark.parametrize("path", ["/en/", "/nonsense", "/static/enhance.js", "/api/v1/questions"])
def test_a_host_that_cannot_be_is_refused_and_not_logged(
    app: Flask, caplog: pytest.LogCaptureFixture, host: str, path: str
):
    environ = create_environ(path)
    environ["HTTP_HOST"] = host.encode().decode("latin-1")
    _, status, headers = run_wsgi_app(app.wsgi_app, environ)
    assert status.startswith("400 ")
    assert list(header_problems(headers)) == []
    assert caplog.records == []


@pytest.mark.parametrize(
    "host", ["localhost:8000", "example.nl.", "my_shelter:80", "[::1]:8000", "192.0.2.1", "a" * 63]
)
def test_any_other_host_is_served(app: Flask, host: str):
    assert app.test_client().get("/en/", headers={"Host": host}).status_code == 200


NEARLY = {
    "/nl/form/": "/nl/form",
    "/NL/": "/nl/",
    "/NL": "/nl/",
    "/Nl/Check/": None,
    "/nL/check/country/": "/nl/check/country",
    "/nl/form/?second=x%0d%0a": "/nl/form?second=x%0d%0a",
    "/nl/case/code//": "/nl/case/code",
    "//nl//rules": "/nl/rules",
    "/favicon.ico": None,
    "/xx/": None,
    "/xx/form/": None,
    "//evil.example/": None,
    "//evil.example/form/": None,
    "/NL//evil.example": None,
    "/nonsense": None,
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("path", "meant"), NEARLY.items(), ids=list(NEARLY))
def test_an_address_that_is_nearly_right_leads_to_its_page_at_once(
    app: Flask, method: str, path: str, meant: str | None
):
    environ = create_environ("/", method=method)
    environ["PATH_INFO"], _, environ["QUERY_STRING"] = path.partition("?")
    _, status, headers = run_wsgi_app(app.wsgi_app, environ)
    assert status[:3] == ("308" if meant else "404")
    assert headers.get("Location") == meant
    if meant:
        assert app.test_client().get(meant).status_code in {200, 303}


def test_every_page_is_found_in_capitals_and_with_a_slash_behind(app: Flask):
    pages = [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    fill = {"<lang>": "fa", "<question_id>": "country", "<letters>": "0a1b2c3d4e", "<code>": "SY"}
    fill |= {"<int:status>": "429", "<kind>": "facts"}
    for rule in [each for each in pages if each.startswith("/<lang>/")]:
        path = rule
        for name, value in fill.items():
            path = path.replace(name, value)
        for near in {path.replace("/fa/", "/FA/"), path.rstrip("/") + "/", f"/FA{path[3:]}/"} - {
            path
        }:
            answer = app.test_client().get(near)
            assert (answer.status_code, answer.headers["Location"]) == (308, path), near


def test_what_is_sent_to_an_address_that_is_nearly_right_is_not_sent_on(client: PageClient):
    assert client.http.post("/nl/form/", data={"answer": "x"}).status_code == 404
    assert client.http.post("/NL/forget").status_code == 404


def test_a_page_names_no_software(client: PageClient):
    assert not {"Server", "X-Powered-By"} & set(client.get("/en/").headers)

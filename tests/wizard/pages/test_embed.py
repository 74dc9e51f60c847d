"""The page for a frame: who may show it, and that it needs no cookie."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import AppMaker
from tests.support.page_client import PageClient
from tests.support.pages.documents import parse
from tests.support.pages.page_checks import directives
from wizard.i18n.languages import languages

PARTNERS = "https://partner.example, http://localhost:8001 https://partner.example:8443"
NAMED = ["https://partner.example", "http://localhost:8001", "https://partner.example:8443"]

WRONG = {
    "a wildcard": "*",
    "a part of a name": "https://*.partner.example",
    "no encryption": "http://partner.example",
    "an address without encryption": "http://192.0.2.7",
    "a slash": "https://partner.example/",
    "a path": "https://partner.example/page",
    "a second directive": "https://partner.example;script-src",
    "a keyword": "'self'",
    "no scheme": "partner.example",
    "another scheme": "data:",
    "a name in front": "https://somebody@partner.example",
    "no port": "https://partner.example:",
    "no such port": "https://partner.example:99999",
    "capitals": "https://Partner.example",
    "no host": "https://",
    "another alphabet": "https://партнёр.example",
    "one wrong among right ones": "https://partner.example,https://b.example/",
}


@pytest.fixture(scope="module")
def http(make_app: AppMaker) -> FlaskClient:
    """A browser at a service with three partners."""
    return make_app(EMBED_ORIGINS=PARTNERS).test_client(use_cookies=False)


def test_the_partners_of_the_settings_may_frame_the_page(http: FlaskClient):
    headers = http.get("/nl/embed").headers
    assert directives(headers)["frame-ancestors"] == NAMED
    assert headers.getlist("Cross-Origin-Resource-Policy") == ["cross-origin"]
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"


@pytest.mark.parametrize("setting", [{}, {"EMBED_ORIGINS": ""}, {"EMBED_ORIGINS": " , "}])
def test_without_the_setting_nobody_may(make_app: AppMaker, setting: dict[str, str]):
    answer = make_app(**setting).test_client().get("/nl/embed")
    assert answer.status_code == 200
    assert directives(answer.headers)["frame-ancestors"] == ["'none'"]
    assert answer.headers.getlist("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert "Cross-Origin-Embedder-Policy" not in answer.headers


def test_no_other_address_may_be_framed_or_taken_along(http: FlaskClient):
    app = http.application
    values = {"lang": "nl", "question_id": "country", "code": "AF", "filename": "embed.js"}
    framed = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<\w+:", "<", rule.rule)
        for name, value in values.items():
            path = path.replace(f"<{name}>", value)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            with http.open(path, method=method) as answer:
                framing = directives(answer.headers)["frame-ancestors"]
                taking = answer.headers.getlist("Cross-Origin-Resource-Policy")
                if (framing, taking) != (["'none'"], ["same-origin"]):
                    framed.add(path)
    assert framed == {"/nl/embed"}


@pytest.mark.parametrize("text", WRONG.values(), ids=list(WRONG))
def test_what_is_no_origin_stops_the_start_and_names_the_setting(make_app: AppMaker, text: str):
    with pytest.raises(ValueError, match="EMBED_ORIGINS: ") as error:
        make_app(EMBED_ORIGINS=text)
    assert repr(text.rsplit(",", maxsplit=1)[-1]) in str(error.value)


@pytest.mark.parametrize("tag", list(languages()))
def test_the_page_is_the_same_whatever_cookies_come_and_sets_none(http: FlaskClient, tag: str):
    plain = http.get(f"/{tag}/embed")
    everything = "answers=forged; language=fr; second=ti; helping=1"
    with_cookies = http.get(f"/{tag}/embed", headers={"Cookie": everything})
    assert plain.text == with_cookies.text
    for answer in (plain, with_cookies):
        assert answer.headers.getlist("Set-Cookie") == []
        assert "Cookie" not in answer.headers.get("Vary", "")
    table = http.get(f"/{tag}/offline.json")
    assert table.status_code == 200
    assert table.headers.getlist("Set-Cookie") == []


def test_a_cookie_that_does_not_open_is_still_said_on_the_next_page(client: PageClient):
    client.cookie, client.opener = "forged", "ours"
    client.http.get("/en/embed")
    assert client.cookie == "forged"
    assert client.get("/en/").notices()


def test_the_frame_may_install_nothing_and_send_nothing(http: FlaskClient):
    policy = directives(http.get("/nl/embed").headers)
    assert policy["worker-src"] == policy["manifest-src"] == policy["form-action"] == ["'none'"]
    assert policy["connect-src"] == policy["script-src"] == ["'self'"]


def test_without_javascript_the_page_introduces_and_leads_to_a_new_tab(http: FlaskClient):
    page = parse(http.get("/en/embed").text)
    assert page.one("base").attributes == {"target": "_blank"}
    assert page.one("noscript").text
    assert page.one("h1").text
    assert page.all("form") == []
    (link,) = [link for link in page.all("a") if link["href"] == "/en/"]
    assert link["rel"] == "noopener"
    assert link.get("target") == ""


def test_a_language_that_we_do_not_have_is_not_found(app: Flask):
    assert app.test_client().get("/xx/embed").status_code == 404

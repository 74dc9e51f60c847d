"""No page is heavier on a first visit than what arrives in one round trip."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

import brotli
import pytest
from flask import Flask

from benchmarks.loaded import loaded_by
from benchmarks.weight import LATER, Weight, heaviest_pages, visits, weigh, weighed
from tests.support.answers.people import LONG
from tests.support.page_client import PageClient

KINDS = (
    *("start page", "first question", "question page", "reasons"),
    *("result page",),
    *("question of a client", "result of a client", "new client", "compare"),
    *("result in two languages", "reasons in two languages", "country in two languages"),
    *("form", "form for a client", "form in two languages"),
    *("rule book", "flow", "privacy", "words", "accessibility", "what stays behind"),
    *("often asked", "list of countries", "facts of a country", "places", "wrong number"),
    *(f"rules: {kind}" for kind in ("situation", "steps", "organisations", "help", "facts")),
    *("often asked in two languages", "list of countries in two languages"),
    *("facts of a country in two languages", "places in two languages"),
    *("paper", "case code", "open a case", "thanks", "without internet", "in a frame"),
)


@pytest.fixture(scope="module")
def heaviest() -> Mapping[str, Weight]:
    return heaviest_pages()


def test_every_kind_of_page_is_weighed(heaviest: Mapping[str, Weight]):
    assert set(heaviest) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_stays_within_its_budget(heaviest: Mapping[str, Weight], kind: str):
    bytes_sent, budget = weighed(kind, heaviest[kind])
    assert bytes_sent <= budget, heaviest[kind]


def test_of_a_page_that_people_land_on_everything_counts_and_of_a_later_one_the_page():
    assert weighed("start page", Weight(10_000, 4_000)) == (14_000, 14_600)
    assert weighed("result page", Weight(10_000, 4_000)) == (10_000, 30_000)
    assert set(KINDS) >= LATER


def test_every_page_that_can_be_opened_is_weighed(app: Flask):
    pages = {
        rule.rule.partition("/<lang>/")[2]
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule.startswith("/<lang>/")
    }
    weighed = {visit.path.split("/", 2)[2] for visit in visits([LONG])}
    # The whole form is for browsers without scripts, which load none.
    assert pages - weighed == {
        # No page: it leads to the question that comes next, and a file to keep.
        *("check", "paper/pdf"),
        *("check/<letters>", "form/countries/<question_id>", "form/whole", "offline.json"),
        *("countries/<code>", "rules/<kind>"),
        # A few lines, where a form was sent in vain.
        "sorry/<int:status>",
    }


def test_headers_and_what_the_page_loads_are_counted(app: Flask):
    client = app.test_client()
    weight = weigh(client, "/en/")
    body = client.get("/en/", headers={"Accept-Encoding": "br"}).get_data()
    assert weight.page > len(body) + 500
    assert weight.loaded > 500


@pytest.mark.parametrize(
    ("html", "loaded"),
    [
        ('<script src="/a.js" defer></script>', {"/a.js"}),
        ('<img src="/a.svg" alt="">', {"/a.svg"}),
        ('<link rel="manifest" href="/m">', {"/m"}),
        ('<link rel="shortcut icon" href="/i">', {"/i"}),
        ('<link rel="icon" href="data:,">', set()),
        ('<link rel="alternate" href="/nl/">', set()),
        ('<a href="/b">b</a>', set()),
        ("<script>1</script>", set()),
    ],
)
def test_what_a_browser_loads_by_itself(html: str, loaded: set[str]):
    assert loaded_by(html) == loaded


@pytest.mark.parametrize(
    ("accepted", "used"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("deflate", None),
        ("identity", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("what", ["page", "file"])
def test_the_best_compression_that_a_browser_takes(
    app: Flask, what: str, accepted: str, used: str | None
):
    client = app.test_client()
    script = next(a for a in loaded_by(client.get("/en/").text) if a.startswith("/static/"))
    path = "/en/" if what == "page" else script
    plain = client.get(path).get_data()
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == used
    assert "Accept-Encoding" in answer.headers["Vary"]
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[used]
    assert unpack(answer.get_data()) == plain
    assert int(answer.headers["Content-Length"]) == len(answer.get_data())


def test_a_compressed_answer_keeps_a_weak_tag_that_is_still_recognised(app: Flask):
    client = app.test_client()
    with_brotli = {"Accept-Encoding": "br"}
    first = client.get("/en/offline.json", headers=with_brotli)
    assert first.headers["Content-Encoding"] == "br"
    assert first.headers["ETag"].startswith("W/")
    again = client.get(
        "/en/offline.json", headers={**with_brotli, "If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


def test_what_stands_again_far_below_is_found(client: PageClient):
    page = client.http.get(client.url("offline.json"), headers={"Accept-Encoding": "br"})
    near = brotli.compress(brotli.decompress(page.data), mode=brotli.MODE_TEXT, quality=5, lgwin=16)
    assert len(page.data) < len(near)


def test_a_file_under_the_fingerprint_of_another_content_is_not_kept(app: Flask):
    answer = app.test_client().get("/static/enhance.js?v=0000000000000000")
    assert "immutable" not in answer.headers["Cache-Control"]


def test_a_file_answers_head_without_a_body(app: Flask):
    client = app.test_client()
    script = next(a for a in loaded_by(client.get("/en/").text) if a.startswith("/static/"))
    answer = client.head(script)
    assert answer.status_code == 200
    assert answer.get_data() == b""
    assert int(answer.headers["Content-Length"]) == len(client.get(script).get_data())

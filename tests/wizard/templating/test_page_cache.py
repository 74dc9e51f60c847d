"""Pages that are kept as they are sent."""

from __future__ import annotations

import re
from itertools import product

import pytest
from flask import Flask

from tests.conftest import AppMaker
from tests.support.journeys import DECIDED, STAY, THINKING, Route, as_list
from tests.support.page_client import PageClient
from wizard.i18n import helper_mode
from wizard.i18n.languages import SECOND_COOKIE_NAME
from wizard.web.compression import accepted_encoding

ABOUT = ("rules", "flow", "words", "accessibility", "privacy")
READERS = list(product(("nl", "ar"), ("", "ti"), ("", helper_mode.ON)))
"""A language, a second one or none, and whether somebody helps."""


def reader(app: Flask, language: str, second: str, helps: str) -> PageClient:
    """Somebody with these preferences."""
    client = PageClient(app, language)
    client.http.set_cookie(SECOND_COOKIE_NAME, second)
    client.http.set_cookie(helper_mode.COOKIE_NAME, helps)
    return client


def seen_on_the_way(client: PageClient, route: Route) -> dict[str, str]:
    """Each question page before it is answered, and what is always there, before and after."""
    pages = {f"before {name}": client.get(client.url(name)).html for name in ABOUT}
    for question_id, answer in route.items():
        pages[question_id] = client.question(question_id).html
        client.answer(question_id, answer)
        pages[f"back to {question_id}"] = client.question(question_id).html
    return pages | {f"after {name}": client.get(client.url(name)).html for name in ABOUT}


def test_whoever_asks_gets_the_page_that_would_be_made_for_them(make_app: AppMaker):
    everybody = make_app()
    # Each reader once; whoever asks other questions, with one of them.
    for route, who in [*((DECIDED, who) for who in READERS), (THINKING, READERS[-1])]:
        alone = seen_on_the_way(reader(make_app(), *who), route)
        assert seen_on_the_way(reader(everybody, *who), route) == alone
        assert seen_on_the_way(reader(everybody, *who), route) == alone


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_page_sent_twice_is_the_same_with_the_same_headers(client: PageClient, encoding: str):
    client.answer("asylum_decision", "rejected")
    for place in ("check/appeal", *ABOUT):
        first, again = (
            client.http.get(client.url(place), headers={"Accept-Encoding": encoding})
            for _ in range(2)
        )
        assert first.data == again.data
        assert dict(first.headers) == dict(again.headers)
        assert first.headers.get("Content-Encoding", "identity") == encoding
        assert first.headers.getlist("Vary") == ["Accept-Encoding"]


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("route", [DECIDED, STAY], ids=["decided", "stay"])
def test_what_was_chosen_is_marked_and_nothing_else(
    app: Flask, who: tuple[str, str, str], route: Route
):
    client = reader(app, *who)
    client.answer_all(route)
    for question_id, answer in route.items():
        page = client.question(question_id)
        assert page.chosen() == as_list(answer)
        marked = [each for each in page.document.walk() if "checked" in each or "selected" in each]
        assert [each["value"] for each in marked] == [*filter(None, [who[1]]), *as_list(answer)]


def test_a_page_with_what_was_chosen_is_not_kept(app: Flask):
    chooser, other = PageClient(app), PageClient(app)
    chooser.answer("asylum_decision", "rejected")
    assert chooser.question("asylum_decision").chosen() == ["rejected"]
    assert other.question("asylum_decision").chosen() == []
    other.answer("asylum_decision", "waiting")
    assert other.question("asylum_decision").chosen() == ["waiting"]


def test_each_folder_that_it_is_served_in_has_its_own_addresses(client: PageClient):
    client.question("asylum_decision")
    place = client.url("check/asylum_decision")
    for folder in ("/help", "/hulp"):
        html = client.http.get(place, environ_overrides={"SCRIPT_NAME": folder}).text
        links = re.findall(r'href="(/[^"]*)"', html)
        assert links.count(f"{folder}/en/words") > 1
        assert [link for link in links if not link.startswith(f"{folder}/")] == []


def test_a_message_is_shown_once_and_not_to_the_next(app: Flask):
    first, next_one = PageClient(app), PageClient(app)
    for visitor in (first, next_one):
        visitor.question("asylum_decision")
    first.cookie = "forged"
    assert first.question("asylum_decision").notices()
    assert not next_one.question("asylum_decision").notices()
    assert not first.question("asylum_decision").notices()


def test_only_who_has_answered_is_asked_whether_they_are_still_there(client: PageClient):
    for place in ABOUT:
        assert not client.get(client.url(place)).document.all("dialog")
    client.answer("asylum_decision", "rejected")
    for place in ABOUT:
        assert client.get(client.url(place)).document.one("dialog")
    client.redirect_of_post("/en/forget")
    for place in ABOUT:
        assert not client.get(client.url(place)).document.all("dialog")


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;Q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, *", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("", None),
        ("br;q=0, gzip;q=0", None),
    ],
)
def test_the_encoding_is_one_that_the_browser_takes(header: str, taken: str | None):
    assert accepted_encoding(header) == taken

"""Between two clients: what is deleted, what is kept, and what is said of it."""

from __future__ import annotations

import pytest

from tests.support.journeys import DECIDED, STAY
from tests.support.page_client import PageClient

PLACE = "/en/new-client"


@pytest.fixture
def helper(client: PageClient) -> PageClient:
    """A social worker who has answered everything with a client, in two languages."""
    client.redirect_of_post("/en/helping", {"helping": "yes", "back": "/en/"})
    client.redirect_of_post("/en/beside", {"second": "ti", "back": "/en/"})
    client.answer_all(DECIDED)
    return client


def cookie(client: PageClient, name: str) -> str | None:
    found = client.http.get_cookie(name)
    return found.value if found else None


def test_a_helper_finds_it_on_every_page_and_nobody_else_does(helper: PageClient):
    places = ("", "check/asylum_decision", "result", "rules", "privacy")
    for helping in (True, False):
        for place in places:
            links = helper.get(f"/en/{place}").document.one("footer").all("a", href=PLACE)
            assert len(links) == helping, place
        helper.redirect_of_post("/en/helping", {"helping": "no", "back": "/en/"})


def test_looking_at_the_warning_deletes_nothing(helper: PageClient):
    page = helper.get(PLACE)
    assert helper.answered() == list(DECIDED)
    assert page.main.one("form")["method"] == "post"
    # Back to where this client was.
    assert "/en/check" in page.links()


def test_one_press_deletes_every_answer_and_says_so_once(helper: PageClient):
    answer = helper.http.post(PLACE)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/"
    assert {'"cache"', '"storage"'} == set(answer.headers["Clear-Site-Data"].split(", "))
    assert len(helper.get("/en/").notices()) == 1
    assert helper.cookie is None
    assert helper.get("/en/").notices() == []
    assert helper.redirect_of_get("/en/result") == "/en/check/asylum_decision"
    assert helper.question("asylum_decision").chosen() == []


def test_how_the_pages_speak_is_kept(helper: PageClient):
    helper.redirect_of_post(PLACE)
    kept = {name: cookie(helper, name) for name in ("language", "second", "helping")}
    assert kept == {"language": "en", "second": "ti", "helping": "1"}


def test_a_cookie_that_does_not_open_goes_too(helper: PageClient):
    helper.cookie = "forged"
    helper.redirect_of_post(PLACE)
    helper.get("/en/")
    assert helper.cookie is None


def test_another_site_cannot_press_it(client: PageClient):
    client.answer_all(STAY)
    client.post(PLACE, {}, 403, headers={"Sec-Fetch-Site": "cross-site"})
    assert client.answered() == list(STAY)

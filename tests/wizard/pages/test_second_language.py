"""A second language beside the first: for two people who read one page together."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest

from tests.support.journeys import DECIDED, FORCED
from tests.support.page_client import PageClient
from wizard.i18n.languages import languages

BESIDE = "/en/beside"
PLACES = ("result", "result/why", *(f"check/{name}" for name in DECIDED))


@pytest.fixture
def two(client: PageClient) -> PageClient:
    """A visitor who reads English and Dutch."""
    client.redirect_of_post(BESIDE, {"second": "nl", "back": "/en/"})
    return client


def test_the_choice_leads_back_to_the_same_page(client: PageClient):
    client.answer("asylum_decision", "rejected")
    back = {"second": "nl", "back": "/en/check/appeal"}
    assert client.redirect_of_post(BESIDE, back) == "/en/check/appeal"


@pytest.mark.parametrize("place", PLACES)
def test_the_page_shows_both_languages_and_says_which_is_which(two: PageClient, place: str):
    two.answer_all(DECIDED)
    page = two.get(f"/en/{place}")
    assert page.language == "en"
    # A name that is isolated, such as a title of a Dutch page, finds its direction itself.
    dutch = [each for each in page.main.all(lang="nl") if each.tag != "bdi"]
    assert dutch
    assert {element["dir"] for element in dutch} == {languages()["nl"].direction}


def test_both_columns_of_the_result_say_the_same(two: PageClient):
    two.answer_all(FORCED)
    ids = two.get("/en/result").ids
    second = {name.removeprefix("second-") for name in ids if name.startswith("second-")}
    assert second
    assert second <= ids


def test_every_reason_stands_beside_its_translation(two: PageClient):
    two.answer_all(FORCED)
    reasons = two.get("/en/result/why").main
    alone = PageClient(two.app, "nl")
    alone.answer_all(FORCED)
    items = alone.get("/nl/result/why").main.all("li")
    rules = [each for each in items if each.get("id", "").startswith("rule-")]
    assert rules
    for rule in rules:
        assert reasons.one("li", id=rule["id"]).one("div", lang="nl").text == rule.text
    summaries = reasons.all("summary")
    assert summaries
    assert all(each.all(lang="nl") for each in summaries)


def test_an_error_is_said_in_both_languages(two: PageClient):
    page = two.refused("asylum_decision")
    assert page.main.one(role="alert").all(lang="nl")
    assert page.main.one(id="error").all(lang="nl")


def test_the_choice_can_be_taken_back(two: PageClient):
    two.redirect_of_post(BESIDE, {"second": "", "back": "/en/"})
    assert two.question("asylum_decision").main.all(lang="nl") == []


def test_the_language_of_the_page_is_not_shown_twice(two: PageClient):
    page = two.get("/nl/check/asylum_decision")
    assert page.main.all("span", class_="second") == []


@pytest.mark.parametrize("tag", ["xx", "EN", "../nl", "nl "])
def test_a_language_that_does_not_exist_is_refused(client: PageClient, tag: str):
    client.post(BESIDE, {"second": tag, "back": "/en/"}, status=400)


@pytest.mark.parametrize("tag", ["xx", "", "nl/"])
def test_a_saved_language_that_does_not_exist_is_passed_over(client: PageClient, tag: str):
    client.http.set_cookie("second", tag)
    client.question("asylum_decision")


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/en/",
        "//evil.example/",
        "//evil.example/\r\nSet-Cookie: a=b",
        "/evil.example/",
        "/%0d%0aSet-Cookie: a=b/",
        "//evil.example/en/",
        "///evil.example/en/",
        "/\t/evil.example/",
        "javascript:alert(1)",
        "/static/enhance.js",
        "/en/forget",
        "/en/nonsense/x",
        "",
        "evil.example",
        "/en/\r\nSet-Cookie: a=b",
    ],
)
def test_the_way_back_is_a_page_of_ours_or_else_the_start(client: PageClient, back: str):
    assert client.redirect_of_post(BESIDE, {"second": "nl", "back": back}) == "/en/"


@pytest.mark.parametrize("back", ["/\\evil.example/", "\\\\evil.example/", "/%5cevil.example/"])
def test_what_a_browser_takes_for_slashes_leads_nowhere_else(client: PageClient, back: str):
    answer = client.http.post(BESIDE, data={"second": "nl", "back": back})
    as_browser = answer.headers["Location"].replace("\\", "/")
    assert urlsplit(urljoin("http://localhost/en/", as_browser)).netloc == "localhost"


def test_the_cookie_is_like_that_of_the_language(client: PageClient):
    answer = client.http.post(BESIDE, data={"second": "nl", "back": "/en/"})
    [header] = [h for h in answer.headers.getlist("Set-Cookie") if h.startswith("second=")]
    assert header.startswith("second=nl;")
    assert {"HttpOnly", "SameSite=Lax"} <= {part.strip() for part in header.split(";")}


def test_another_site_cannot_choose(client: PageClient):
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    client.post(BESIDE, {"second": "nl", "back": "/en/"}, status=403, headers=elsewhere)

"""Deleting the answers, and saying whether the result helped."""

from __future__ import annotations

import logging

import pytest

from tests.support.journeys import DECIDED, STAY
from tests.support.page_client import PageClient
from wizard.monitoring.feedback import tell_counts

PLACES = (
    "",
    "check/asylum_decision",
    "result",
    "rules",
    "privacy",
    "thanks",
    "case",
    "case/code",
)


@pytest.mark.parametrize("place", PLACES)
def test_every_page_has_the_button_that_deletes_the_answers(client: PageClient, place: str):
    client.answer_all(STAY)
    forms = client.get(f"/en/{place}").document.all("form", action="/en/forget")
    assert len(forms) == 1
    assert forms[0].one("button").text


def test_forget_takes_the_answers_away(client: PageClient):
    client.answer_all(DECIDED)
    assert client.redirect_of_post("/en/forget") == "/en/"
    assert client.cookie is None
    assert client.redirect_of_get("/en/result") == "/en/check/asylum_decision"
    assert client.question("asylum_decision").chosen() == []
    assert client.get("/en/").notices() == []


def test_forget_tells_the_browser_to_clear_what_it_kept(client: PageClient):
    client.answer_all(STAY)
    answer = client.http.post("/nl/forget")
    assert {'"cache"', '"storage"'} <= set(answer.headers["Clear-Site-Data"].split(", "))
    [header] = [h for h in answer.headers.getlist("Set-Cookie") if h.startswith("answers=")]
    assert header.startswith("answers=;")
    assert "Max-Age=0" in header


def test_forget_works_without_answers_and_with_a_broken_cookie(client: PageClient):
    assert client.redirect_of_post("/en/forget") == "/en/"
    client.cookie = "forged"
    assert client.redirect_of_post("/en/forget") == "/en/"
    assert client.cookie is None


def test_forget_cannot_be_done_by_a_link(client: PageClient):
    client.answer_all(STAY)
    assert client.http.get("/en/forget").status_code == 405
    assert client.answered() == list(STAY)


def test_the_result_asks_whether_it_helped(client: PageClient):
    client.answer_all(STAY)
    form = client.get("/en/result").main.one("form", action="/en/helpful")
    buttons = {(each["name"], each["value"]) for each in form.all("button")}
    assert buttons == {("helpful", "yes"), ("helpful", "no")}


def test_yes_and_no_are_counted_and_only_the_totals_are_told_when_the_worker_ends(
    client: PageClient, caplog: pytest.LogCaptureFixture
):
    client.answer_all(DECIDED)
    caplog.set_level(logging.DEBUG)
    client.redirect_of_post("/en/helpful", {"helpful": "no"})
    tell_counts()
    for value in ("yes", "yes", "no"):
        assert client.redirect_of_post("/en/helpful", {"helpful": value}) == "/en/thanks"
    assert len(caplog.records) == 1, "a line at a press tells when somebody was here"
    tell_counts()
    before, after = (_counts(record.getMessage()) for record in caplog.records)
    assert (after[0] - before[0], after[1] - before[1]) == (2, 1)


def _counts(message: str) -> tuple[int, int]:
    """The numbers in the message, which holds nothing but these and fixed words."""
    words = message.replace("=", " ").split()
    return int(words[words.index("yes") + 1]), int(words[words.index("no") + 1])


@pytest.mark.parametrize("value", [None, "", "maybe", "YES", "trafficking", "yes\n", "x" * 9000])
def test_anything_but_yes_and_no_is_refused_and_not_counted(
    client: PageClient, caplog: pytest.LogCaptureFixture, value: str | None
):
    caplog.set_level(logging.DEBUG)
    page = client.post("/en/helpful", {} if value is None else {"helpful": value}, 400)
    assert "/en/" in page.links()
    assert caplog.records == []


def test_a_vote_keeps_the_answers_and_the_way_back_to_the_result(client: PageClient):
    client.answer_all(STAY)
    client.redirect_of_post("/en/helpful", {"helpful": "no"})
    assert "/en/result" in client.get("/en/thanks").links()
    client.get("/en/result")


def test_without_answers_there_is_no_way_back_to_a_result(client: PageClient):
    assert "/en/result" not in client.get("/en/thanks").links()

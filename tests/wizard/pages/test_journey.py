"""The way through the questionnaire, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from rules import default_decider
from tests.support.journeys import (
    DECIDED,
    FORCED,
    ROUTES,
    STAY,
    THINKING,
    WAITING,
    Route,
    as_list,
)
from tests.support.page_client import PageClient
from tests.support.question_addresses import ClientByIds
from wizard.i18n.languages import languages
from wizard.i18n.texts import texts_of
from wizard.session.question_addresses import letters_for

LANGUAGES = ("en", "nl")


def left_of(client: PageClient, question_id: str) -> int:
    """How many questions the page says are left, this one with them."""
    stops = client.question(question_id).main.one(class_="route").all("i")
    return sum(stop.get("class") != "done" for stop in stops)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_each_answer_leads_to_the_next_question_and_the_last_to_the_result(
    new_client: Callable[[str], PageClient], lang: str, route: Route
):
    client = new_client(lang)
    assert client.url("check") in client.get(client.url("")).links()
    begun = client.redirect_of_get(client.url("check"))
    assert begun.partition("?")[0] == client.url(f"check/{next(iter(route))}")
    expected = [*(client.url(f"check/{name}") for name in route), client.url("result")]
    for place, following, (name, answer) in zip(
        expected, expected[1:], route.items(), strict=False
    ):
        assert client.get(place).chosen() == []
        assert client.answer(name, answer) == following
    assert client.answered() == list(route)
    assert client.get(client.url("result")).language == lang


def test_the_start_page_leads_to_where_one_was(client: PageClient):
    client.answer("asylum_decision", "waiting")
    assert "/en/check" in client.get("/en/").links()
    assert client.redirect_of_get("/en/check") == "/en/check/dublin"
    client.answer_all(STAY)
    assert client.redirect_of_get("/en/check") == "/en/result"


@pytest.mark.parametrize("place", ["check/help_wanted", "check/appeal", "result"])
def test_a_page_out_of_turn_leads_to_the_first_question_unanswered(client: PageClient, place: str):
    assert client.redirect_of_get(f"/en/{place}") == "/en/check/asylum_decision"
    client.answer("asylum_decision", "waiting")
    assert client.redirect_of_get(f"/en/{place}") == "/en/check/dublin"


def test_a_question_that_is_not_asked_leads_to_the_end_when_all_is_answered(client: PageClient):
    client.answer_all(STAY)
    assert client.redirect_of_get("/en/check/help_wanted") == "/en/result"


def test_an_answer_out_of_turn_is_not_taken(client: PageClient):
    assert client.answer("return_choice", "stay") == "/en/check/asylum_decision"
    client.answer("asylum_decision", "permit")
    assert client.question("return_choice").chosen() == []


def test_the_result_waits_for_the_last_answer(client: PageClient):
    *before, (last, answer) = FORCED.items()
    client.answer_all(dict(before))
    assert client.redirect_of_get("/en/result") == f"/en/check/{last}"
    client.answer(last, answer)
    client.get("/en/result")


def test_an_answered_question_shows_its_answer(client: PageClient):
    client.answer_all(DECIDED)
    for name, answer in DECIDED.items():
        assert client.question(name).chosen() == as_list(answer)


def test_a_changed_answer_drops_what_is_no_longer_asked_and_keeps_the_rest(client: PageClient):
    client.answer_all(DECIDED)
    assert client.answer("return_choice", "stay") == "/en/result"
    kept = [
        *("asylum_decision", "appeal", "dublin", "arranged", "new_facts", "return_choice"),
        *("country", "household", "circumstances", "residence"),
    ]
    assert client.answered() == kept
    for name in kept:
        expected = "stay" if name == "return_choice" else DECIDED[name]
        assert client.question(name).chosen() == as_list(expected)


def test_what_was_dropped_does_not_come_back(client: PageClient):
    client.answer_all(DECIDED)
    client.answer("return_choice", "stay")
    assert client.answer("return_choice", "decided") == "/en/check/vwn_view"
    assert client.question("vwn_view").chosen() == []


def test_a_changed_answer_asks_only_what_is_new(client: PageClient):
    client.answer_all(THINKING)
    assert client.answer("return_choice", "decided") == "/en/check/travel_document"
    assert client.answer("travel_document", "no") == "/en/check/returned_before"


def test_the_same_answer_again_changes_nothing(client: PageClient):
    client.answer_all(DECIDED)
    assert client.answer("return_choice", "decided") == "/en/result"
    assert client.answered() == list(DECIDED)


def test_back_leads_to_the_question_before_and_from_the_first_to_the_start(client: PageClient):
    before = "/en/"
    for name, answer in WAITING.items():
        assert before in client.question(name).links()
        assert client.question(name).links()[0] == before
        client.answer(name, answer)
        before = f"/en/check/{name}"


def test_back_from_an_answered_question_leads_to_the_one_before_it(client: PageClient):
    client.answer_all(WAITING)
    assert client.question("country").links()[0] == "/en/check/return_choice"
    assert client.question("asylum_decision").links()[0] == "/en/"


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_the_number_of_questions_left_is_never_too_low_and_always_falls(
    client: PageClient, route: Route
):
    names = list(route)
    before = 16
    for position, name in enumerate(names):
        left = left_of(client, name)
        assert len(names) - position <= left < before
        before = left
        client.answer(name, route[name])
    assert before == 1


def test_a_question_that_is_looked_at_again_counts_itself_and_what_is_open(client: PageClient):
    client.answer_all(STAY)
    assert left_of(client, "country") == 1
    client.answer("return_choice", "thinking")
    open_now = left_of(client, "help_wanted")
    assert left_of(client, "country") == open_now + 1


def test_the_number_left_is_also_said_in_words(client: PageClient):
    for name, answer in STAY.items():
        said = client.question(name).main.one(class_="progress").text
        assert str(left_of(client, name)) in said
        client.answer(name, answer)


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_every_result_ends_with_the_same_line_for_who_can_bear_no_more(
    client: PageClient, route: Route
):
    points = [each for each in default_decider().policy.contacts.values() if each.at_end]
    assert points
    client.redirect_of_post("/en/beside", {"second": "nl", "back": "/en/"})
    client.answer_all(route)
    footer = client.get("/en/result").document.one("footer")
    for point in points:
        assert point.what_for in footer.text
        assert texts_of(languages()["nl"]).gettext(point.what_for) in footer.text
        assert point.contact.website in [link["href"] for link in footer.all("a")]
    # Nothing of it in what is taken along: whoever finds that would think of who carries it.
    taken = " ".join(each.text for each in client.get("/en/paper").document.all("textarea"))
    assert not any(point.name in taken or "113" in taken for point in points)


def test_the_summary_says_each_answer_in_words(client: PageClient):
    client.answer_all(DECIDED)
    shown = client.get("/en/result").main.one("dl").text
    for name, answer in DECIDED.items():
        page = client.question(name)
        labels = {each["for"]: each.text for each in page.main.all("label") if "for" in each}
        words = {each["value"]: each.text for each in page.main.all("option")}
        words |= {each["value"]: labels[each["id"]] for each in page.main.all("input")}
        for option in as_list(answer):
            assert words[option] in shown


def test_each_change_link_says_what_it_changes(client: PageClient):
    client.answer_all(DECIDED)
    links = [link for link in client.get("/en/result").main.all("a") if "/check/" in link["href"]]
    texts = [link.text for link in links]
    assert len(set(texts)) == len(texts) == len(DECIDED)


@pytest.mark.parametrize("letters", ["nonsense", "0123456789", "Country", "stage"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_address_that_the_cookie_does_not_know_leads_to_the_first_open_question(
    client: PageClient, lang: str, letters: str
):
    client.lang = lang
    client.answer("asylum_decision", "rejected")
    place = f"/{lang}/check/{letters_for(b'somebody else', letters)}"
    assert client.redirect_of_get(place) == f"/{lang}/check/appeal"
    assert client.redirect_of_post(place, {"answer": "yes"}) == f"/{lang}/check/appeal"
    assert client.question("appeal").chosen() == []


@pytest.mark.parametrize("asked_before", ["check", "", "result"])
def test_a_bookmark_of_a_question_leads_to_the_first_one_for_who_is_new(
    client: PageClient, asked_before: str
):
    client.http.get(client.url(asked_before))
    client.http.delete_cookie("answers")
    location = client.redirect_of_get("/en/check/0123456789")
    # It comes with a mark, which shows whether the cookie came back, and goes at once.
    assert location == "/en/check/asylum_decision?cookie=check"
    assert client.redirect_of_get(location) == "/en/check/asylum_decision"
    assert client.question("asylum_decision").chosen() == []


def test_no_address_or_title_on_the_way_tells_a_question_or_an_answer(app: Flask):
    seen: dict[str, list[tuple[str, str]]] = {}
    for person in ("one", "another"):
        http = PageClient(app).http
        http.get("/en/")
        here = str(super(ClientByIds, http).open("/en/check").headers["Location"])
        for answer in DECIDED.values():
            page = super(ClientByIds, http).open(here)
            title = re.findall("<title>(.*?)</title>", page.text)[0]
            seen.setdefault(person, []).append((here, title))
            sent = super(ClientByIds, http).open(here, method="POST", data={"answer": answer})
            here = sent.headers["Location"]
    titles = [title for _, title in seen["one"]]
    numbers = range(1, len(DECIDED) + 1)
    assert titles == [f"Question {number} – Terugkeerwijzer" for number in numbers]
    assert not {here for here, _ in seen["one"]} & {here for here, _ in seen["another"]}

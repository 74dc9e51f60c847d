"""A desk for two: a helper and a client at one screen, in two languages."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route as Request
from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.browser.everybody.test_every_page import violations
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.journeys import DECIDED, THINKING, WAITING, Route
from tests.support.servers import Service, running

HARMLESS = "https://harmless.invalid/"
LAPTOP = {"width": 1366, "height": 768}
HIGHEST_FORM = 4_500
SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift" });
}"""
"""Adds up every shift, also those right after a press."""
PAIRS = """(other) => [...document.querySelectorAll(".two")]
  .filter((row) => row.checkVisibility())
  .map((row) => [...row.children].map((each) => {
    const { top, width } = each.getBoundingClientRect();
    return [each.lang || "", each.innerText.trim() !== "", Math.round(top), Math.round(width)];
  }))"""


@pytest.fixture
def desk(new_visitor: VisitorMaker) -> VisitorMaker:
    """Makes helpers at a laptop, with Dutch and the language of a client."""

    def make(second: str = "", **options: object) -> Visitor:
        visitor = new_visitor("nl", **LAPTOP, **options)
        visitor.help_a_client()
        if second:
            cookie = {"name": "second", "value": second, "url": visitor.origin}
            visitor.context.add_cookies([cookie])
        return visitor

    return make


@pytest.mark.parametrize("second", ["", "ar", "ti", "fa"])
def test_the_form_is_short_and_nothing_jumps_as_questions_fold(
    desk: VisitorMaker, second: str
) -> None:
    helper = desk(second)
    helper.go("form")
    height = helper.page.evaluate("document.documentElement.scrollHeight")
    assert height <= HIGHEST_FORM
    helper.page.evaluate(SHIFTS)
    for question, option in (("asylum_decision", "permit"), ("return_choice", "stay")):
        chosen = helper.page.locator(f"[data-question={question}] input[value={option}] + label")
        chosen.scroll_into_view_if_needed()
        before = chosen.bounding_box()
        with helper.page.expect_response("**/form/asked"):
            chosen.click()
        expect(helper.page.locator("[data-question=appeal]:is([inert], [hidden])")).to_have_count(1)
        helper.page.wait_for_timeout(300)
        assert chosen.bounding_box() == before
    assert helper.page.evaluate("window.shifted") == 0
    assert helper.page.evaluate("document.documentElement.scrollHeight") < height


def test_a_question_that_folds_in_view_keeps_its_place_and_takes_no_key(
    desk: VisitorMaker,
) -> None:
    helper = desk()
    helper.go("form")
    helper.page.locator("#asylum_decision-answer-1").focus()
    with helper.page.expect_response("**/form/asked"):
        helper.page.locator("[data-question=asylum_decision] input[value=permit] + label").click()
    resting = helper.page.locator(".resting").first
    expect(resting).to_have_attribute("inert", "")
    helper.page.keyboard.press("Enter")
    assert helper.page.evaluate("document.activeElement.closest('[inert]')") is None
    helper.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    helper.page.evaluate("scrollTo(0, 0)")
    with helper.page.expect_response("**/form/asked"):
        helper.page.locator("[data-question=asylum_decision] input[value=rejected] + label").click()
    expect(helper.page.locator(".resting")).to_have_count(0)
    expect(helper.page.locator("[data-question=appeal]")).to_be_visible()


def test_what_is_left_and_the_button_stay_in_view(desk: VisitorMaker) -> None:
    helper = desk("ar")
    helper.go("form")
    for height in (0, 1_500):
        helper.page.evaluate("(height) => scrollTo(0, height)", height)
        for part in ("#left", ".bar .button"):
            expect(helper.page.locator(part)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("second", ["ar", "ti", "fa"])
def test_each_part_of_the_result_stands_beside_its_translation(
    desk: VisitorMaker, second: str
) -> None:
    helper = desk(second)
    helper.answer_behind_the_scenes(DECIDED)
    helper.go("result")
    helper.open_all_details()
    helper.look()
    rows = helper.page.evaluate(PAIRS, second)
    assert len(rows) > 40
    for (here, said, top, width), (other, said_too, top_too, width_too) in rows:
        assert (here, other, said, top, width) == ("", second, said_too, top_too, width_too)
    steps = helper.page.locator("#now ~ .steps, section:has(#now) .steps > li > .two:first-child")
    assert steps.count() >= 3
    assert violations(helper, dark=False) == []


@pytest.mark.parametrize("route", [DECIDED, THINKING, WAITING])
@pytest.mark.parametrize("second", ["", "fa"])
def test_the_first_screen_says_what_to_say_to_check_and_to_do(
    desk: VisitorMaker, second: str, route: Route
) -> None:
    helper = desk(second)
    helper.answer_behind_the_scenes(route)
    helper.go("result")
    for heading in ("say", "today"):
        expect(helper.page.locator(f"#{heading}")).to_be_visible()
    bottom = helper.page.locator(".desk").evaluate("(desk) => desk.getBoundingClientRect().bottom")
    assert bottom <= LAPTOP["height"]
    assert helper.page.locator(".desk section:has(#today) li").count() >= 1
    expect(helper.page.locator(".desk [lang=fa]")).to_have_count(1 if second else 0)


def test_somebody_at_vwn_says_its_view_today_and_the_result_follows(desk: VisitorMaker) -> None:
    helper = desk()
    helper.answer_behind_the_scenes({**DECIDED, "vwn_view": "unknown"})
    helper.go("result")
    with helper.page.expect_navigation():
        helper.page.locator(".desk button[value=unsafe]").click()
    assert helper.path == "/nl/result"
    assert helper.answers["vwn_view"] == "unsafe"
    expect(helper.page.locator(".desk fieldset")).to_have_count(0)


def test_the_client_language_is_chosen_on_the_start_page(desk: VisitorMaker) -> None:
    helper = desk()
    helper.go("")
    helper.page.locator("#client-language").select_option("ti")
    with helper.page.expect_navigation():
        helper.page.locator("form:has(#client-language) button").click()
    assert helper.path == "/nl/"
    helper.go("check/asylum_decision")
    expect(helper.page.locator("main h1 .second[lang=ti]")).to_have_count(1)


# Leaving quickly


@pytest.fixture(scope="module")
def leaving_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service with a harmless page of ours."""
    with running(tmp_path_factory.mktemp("desk"), LEAVE_URL=HARMLESS) as started:
        yield started


@pytest.fixture
def finished(desk: VisitorMaker, leaving_server: Service) -> Visitor:
    """A helper at the result, by a clock of the test's own."""
    helper = desk(origin=leaving_server.origin)

    def weather(request: Request) -> None:
        request.fulfill(body="<title>Weather</title>", content_type="text/html")

    helper.context.route(f"{HARMLESS}**", weather)
    helper.expected_elsewhere.add(HARMLESS)
    helper.page.clock.install()
    helper.answer_behind_the_scenes(DECIDED)
    helper.go("result")
    helper.page.wait_for_load_state("load")
    return helper


@pytest.mark.parametrize("way", ["button", "keys"])
def test_a_stray_press_empties_the_page_and_can_be_undone(finished: Visitor, way: str) -> None:
    leave(finished, way)
    assert finished.page.title() == "…"
    expect(finished.page.locator("body > *")).to_have_count(1)
    expect(finished.page.locator("main")).to_have_count(0)
    finished.page.clock.fast_forward("00:04")
    finished.page.locator("body > button").click()
    finished.page.clock.fast_forward("00:10")
    expect(finished.page.locator(".desk")).to_be_visible()
    assert set(finished.answers) == set(DECIDED)


@pytest.mark.parametrize("way", ["button", "keys"])
def test_who_undoes_nothing_leaves_nothing(finished: Visitor, way: str) -> None:
    leave(finished, way)
    finished.page.clock.fast_forward("00:05")
    finished.page.wait_for_url(HARMLESS)
    assert finished.answers == {}
    # The other page does not wait for our answer, which wipes the rest.
    end = time.monotonic() + PATIENCE / 1000
    while finished.context.cookies(finished.origin):
        assert time.monotonic() < end
        finished.page.wait_for_timeout(50)


def test_a_page_that_goes_before_closes_the_answers(finished: Visitor) -> None:
    leave(finished, "button")
    finished.page.goto(HARMLESS)
    assert finished.answers == {}


def leave(visitor: Visitor, way: str) -> None:
    """Leave quickly, by the button or by three Escapes."""
    if way == "button":
        visitor.page.locator(".leave button").click()
    for _ in range(3 if way == "keys" else 0):
        visitor.page.keyboard.press("Escape")

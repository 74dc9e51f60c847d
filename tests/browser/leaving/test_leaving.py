"""Leave quickly: everything is wiped, and Back shows nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route as Request
from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.support.journeys import STAY
from tests.support.servers import Service, running

HARMLESS = "https://harmless.invalid/"


ALONE, UNANSWERED = "15:00", "02:00"
"""After so long a page asks whether anybody is there, and then ends."""


@pytest.fixture(scope="module")
def leaving_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service with a harmless page of ours."""
    with running(tmp_path_factory.mktemp("leaving"), LEAVE_URL=HARMLESS) as started:
        yield started


def visitor_of(new_visitor: VisitorMaker, server: Service, **options: bool) -> Visitor:
    visitor = new_visitor(origin=server.origin, **options)

    def weather(request: Request) -> None:
        request.fulfill(body="<title>Weather</title>", content_type="text/html")

    visitor.context.route(f"{HARMLESS}**", weather)
    visitor.expected_elsewhere.add(HARMLESS)
    return visitor


def alone(new_visitor: VisitorMaker, server: Service) -> Visitor:
    """A visitor who did nothing for so long that the page asks, by a clock of the test's own: a
    real one runs on while a busy machine still loads the page.
    """
    visitor = visitor_of(new_visitor, server)
    visitor.page.clock.install()
    visitor.answer_behind_the_scenes(STAY)
    visitor.go("check/return_choice")
    visitor.page.wait_for_load_state("load")
    visitor.page.clock.fast_forward(ALONE)
    return visitor


def gone(visitor: Visitor) -> None:
    """The harmless page is shown, no cookie is left, and Back brings no answer back."""
    visitor.page.wait_for_url(re.compile("harmless"))
    assert visitor.context.cookies(visitor.origin) == []
    visitor.page.go_back()
    visitor.page.wait_for_load_state()
    expect(visitor.page.locator("input:checked")).to_have_count(0)
    # Back leads to the first question, in a session of its own.
    assert visitor.answers == {}


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_the_button_wipes_and_shows_something_harmless(
    new_visitor: VisitorMaker, leaving_server: Service, javascript: bool
) -> None:
    visitor = visitor_of(new_visitor, leaving_server, javascript=javascript)
    visitor.answer_behind_the_scenes(STAY)
    visitor.go("check/return_choice")
    visitor.page.locator(".leave button").click()
    gone(visitor)


def test_escape_three_times_does_the_same(
    new_visitor: VisitorMaker, leaving_server: Service
) -> None:
    visitor = visitor_of(new_visitor, leaving_server)
    visitor.answer_behind_the_scenes(STAY)
    visitor.go("check/return_choice")
    visitor.page.wait_for_load_state("load")
    for _ in range(3):
        visitor.page.keyboard.press("Escape")
    gone(visitor)


def test_the_button_comes_first_in_tab_order(visitor: Visitor) -> None:
    for place in ("", "check/asylum_decision", "rules", "privacy"):
        visitor.go(place)
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("document.activeElement.closest('.leave') !== null"), place


def test_who_does_nothing_is_asked_and_may_stay(
    new_visitor: VisitorMaker, leaving_server: Service
) -> None:
    visitor = alone(new_visitor, leaving_server)
    dialog = visitor.page.get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button").click()
    expect(dialog).to_be_hidden()
    visitor.page.clock.fast_forward(UNANSWERED)
    expect(visitor.page.locator("input:checked")).to_have_count(1)


def test_who_does_not_answer_the_question_is_wiped(
    new_visitor: VisitorMaker, leaving_server: Service
) -> None:
    visitor = alone(new_visitor, leaving_server)
    visitor.page.clock.fast_forward(UNANSWERED)
    visitor.page.wait_for_url(f"{visitor.origin}/en/")
    assert all(cookie["name"] != "answers" for cookie in visitor.context.cookies())


def test_i_am_done_on_the_result_leaves_too(
    new_visitor: VisitorMaker, leaving_server: Service
) -> None:
    visitor = visitor_of(new_visitor, leaving_server, javascript=False)
    visitor.answer_behind_the_scenes(STAY)
    visitor.go("result")
    visitor.page.locator("main form[action$='/leave'] button").click()
    gone(visitor)

"""What has the focus, or was jumped to, is never under the bar that stays at the top."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.support.journeys import DECIDED

UNDER = """() => {
  const bar = document.querySelector(".leave button").getBoundingClientRect();
  const place = document.activeElement.getBoundingClientRect();
  const isOurs = document.activeElement.closest("main, footer");
  return isOurs && place.height && place.bottom <= bar.bottom + 1
    && place.left >= bar.left - 1 && place.right <= bar.right + 1
    ? document.activeElement.outerHTML.slice(0, 100) : "";
}"""
"""The focused element of the content, where the bar hides the whole of it (WCAG 2.4.11)."""

JUMPED = """(id) => document.getElementById(id).getBoundingClientRect().top
  - document.querySelector(".leave button").getBoundingClientRect().bottom"""
MOST_STOPS = 200


@pytest.mark.parametrize("place", ["result", "privacy", "rules"])
@pytest.mark.parametrize("width", [320, 1280])
def test_going_back_with_shift_tab_never_goes_under_the_bar(
    new_visitor: VisitorMaker, place: str, width: int
):
    visitor = new_visitor(width=width, height=600)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go(place)
    visitor.open_all_details()
    visitor.page.locator("footer button").last.focus()
    hidden = []
    for _ in range(MOST_STOPS):
        visitor.page.keyboard.press("Shift+Tab")
        hidden.append(visitor.page.evaluate(UNDER))
        if visitor.page.evaluate("Boolean(document.activeElement.closest('header'))"):
            break
    assert not [each for each in hidden if each]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_jump_to_a_part_of_the_result_ends_below_the_bar(new_visitor: VisitorMaker, width: int):
    visitor = new_visitor(width=width, height=600)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go("result")
    for part in ("now", "who", "what"):
        visitor.page.evaluate("(part) => { location.hash = part }", part)
        assert visitor.page.evaluate(JUMPED, part) >= 0, part


@pytest.mark.parametrize("width", [320, 1280])
def test_a_jump_from_what_is_wrong_ends_below_the_bar(visitor: Visitor, width: int):
    visitor.page.set_viewport_size({"width": width, "height": 400})
    visitor.help_a_client()
    visitor.go("form")
    # A question far below is left with what cannot be an answer.
    control = visitor.page.locator("#residence-answer-1")
    control.evaluate("(input) => { input.value = 'by_hand'; input.checked = true }")
    visitor.allow(422)
    visitor.send()
    visitor.page.locator("#error-summary a").first.click()
    expect(visitor.page.locator("#residence-answer-1")).to_be_focused()
    assert visitor.page.evaluate(JUMPED, "residence-answer-1") >= 0

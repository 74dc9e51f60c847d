"""A whole journey without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.support.journeys import DECIDED, STAY, Answer, Route, as_list

MOST_TABS = 150
IS_FOCUSED = "(element) => element === document.activeElement"
FOCUS_RING = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until this has the focus, which must be seen at every stop."""
    wanted = visitor.page.locator(selector)
    expect(wanted).to_have_count(1)
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement !== document.body"):
            assert visitor.page.evaluate(FOCUS_RING), f"the focus cannot be seen: {visitor.path}"
        if wanted.evaluate(IS_FOCUSED):
            return
    raise AssertionError(f"{selector} is not reached with Tab on {visitor.path}")


def choose(visitor: Visitor, answer: Answer) -> None:
    """Choose an answer with the keyboard."""
    if visitor.page.locator("select[name=answer]").count():
        choose_country(visitor, as_list(answer)[0])
    elif visitor.page.locator("input[type=radio]").count():
        choose_one(visitor, as_list(answer)[0])
    else:
        for option in as_list(answer):
            tab_to(visitor, f"#{visitor.control_id(option)}")
            visitor.page.keyboard.press("Space")


def choose_one(visitor: Visitor, option: str) -> None:
    """A group of radio buttons is one stop; the arrows move within it."""
    tab_to(visitor, "#answer-1")
    visitor.page.keyboard.press("Space")
    wanted = visitor.page.locator(f"#{visitor.control_id(option)}")
    for _ in range(10):
        if wanted.is_checked():
            return
        visitor.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{option} is not reached with the arrows")


def choose_country(visitor: Visitor, option: str) -> None:
    """Type the beginning of the name, go down the list to it and take it; or press its button."""
    if visitor.page.locator(f"button[data-value={option}]").count():
        tab_to(visitor, f"button[data-value={option}]")
        visitor.page.keyboard.press("Enter")
        return
    name = visitor.page.locator(f"main option[value={option}]").inner_text()
    tab_to(visitor, "#answer-1")
    visitor.page.keyboard.type(name[:4], delay=30)
    wanted = visitor.page.locator(f"[role=option][data-value={option}]")
    for _ in range(10):
        visitor.page.keyboard.press("ArrowDown")
        active = visitor.page.locator("#answer-1").get_attribute("aria-activedescendant")
        if active == wanted.get_attribute("id"):
            visitor.page.keyboard.press("Enter")
            return
    raise AssertionError(f"{option} is not reached with the arrows")


@pytest.mark.parametrize("route", [DECIDED, STAY], ids=["decided", "stay"])
def test_a_whole_journey_by_keyboard_alone(visitor: Visitor, route: Route):
    visitor.go("")
    tab_to(visitor, "main a.button")
    visitor.page.keyboard.press("Enter")
    for question_id, answer in route.items():
        expect(visitor.page).to_have_url(visitor.origin + visitor.place(f"check/{question_id}"))
        choose(visitor, answer)
        tab_to(visitor, "main form .button")
        visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(visitor.origin + "/en/result")
    tab_to(visitor, "summary:has(+ .links)")
    visitor.page.keyboard.press("Enter")
    tab_to(visitor, "[data-print]")


def test_enter_in_a_group_of_answers_sends_it(visitor: Visitor):
    visitor.go("check/asylum_decision")
    tab_to(visitor, "#answer-1")
    visitor.page.keyboard.press("Space")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(visitor.origin + visitor.place("check/dublin"))


def test_the_language_is_changed_by_keyboard(visitor: Visitor):
    visitor.go("")
    tab_to(visitor, "header summary")
    visitor.page.keyboard.press("Enter")
    tab_to(visitor, "header a[hreflang=nl]")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(visitor.origin + "/nl/")


def test_an_error_is_followed_to_its_control_by_keyboard(visitor: Visitor):
    visitor.go("check/asylum_decision")
    tab_to(visitor, "main form .button")
    visitor.allow(422)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#error-summary")).to_be_focused()
    tab_to(visitor, "#error-summary a")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#answer-1")).to_be_focused()

"""Letters twice as large, on the smallest phone: everything stays within its edges (WCAG 1.4.4)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Playwright

from tests.browser.states import every_broken_state, every_state
from tests.browser.visitor import Visitor, launch_chromium
from tests.support.servers import Service

pytestmark = pytest.mark.timeout(600)
"""Each test goes through all states."""

SMALLEST, TWICE = 320, 200

PAST_THE_EDGE = """() => {
  const width = document.documentElement.clientWidth;
  const isPast = ({ left, right }) => left < -1 || right > width + 1;
  const past = [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility({ checkVisibilityCSS: true }))
    .filter((each) => !each.closest(".hidden, .skip, .scroll > *"))
    .filter((each) => isPast(each.getBoundingClientRect()))
    .map((each) => each.outerHTML.slice(0, 100));
  const sideways = document.documentElement.scrollWidth - width;
  return sideways > 0 ? [`scrolls sideways by ${sideways}`, ...past] : past;
}"""
"""What runs out of the window; a drawing that scrolls within its own frame does not."""


@pytest.mark.parametrize("lang", ["nl", "ar", pytest.param("ti", marks=pytest.mark.slow)])
def test_letters_twice_as_large_make_no_page_scroll_sideways(
    playwright: Playwright, server: Service, broken_server: Service, lang: str
):
    browser = launch_chromium(playwright, TWICE)
    faults = {}
    for service, states in ((server, every_state), (broken_server, every_broken_state)):
        visitor = Reader(browser, service.origin, lang, width=SMALLEST)
        for name in states(visitor):
            visitor.open_all_details()
            if past := visitor.page.evaluate(PAST_THE_EDGE):
                faults[name] = past
        visitor.close()
    browser.close()
    assert faults == {}


class Reader(Visitor):
    """A visitor whose pages are looked at here, all in the same way."""

    def look(self) -> None:
        """Nothing: what is asked of a page with usual letters is asked elsewhere."""

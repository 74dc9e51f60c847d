"""What has the focus is in sight and under nothing, wherever Tab leads (WCAG 2.4.11)."""

from __future__ import annotations

import pytest

from tests.browser.conftest import VisitorMaker
from tests.support.journeys import DECIDED

MOST_STOPS = 250
WINDOWS = [(360, 740), (1366, 768)]

HIDDEN = """() => {
  const focused = document.activeElement;
  const box = focused.getBoundingClientRect();
  const name = focused.outerHTML.slice(0, 100);
  // What is taller than half of the window is in sight where a part of it is.
  const isTall = box.height > innerHeight / 2;
  const isInside = box.left >= -1 && box.right <= innerWidth + 1
    && (isTall || (box.top >= -1 && box.bottom <= innerHeight + 1));
  if (!isInside) return `out of the window: ${name}`;
  // A link that takes two lines has its middle between them: the first line counts.
  const { left, width, top, bottom } = focused.getClientRects()[0];
  const [upper, lower] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  const found = document.elementFromPoint(left + width / 2, (upper + lower) / 2);
  return focused.contains(found) ? "" : `under ${found?.outerHTML.slice(0, 100)}: ${name}`;
}"""
"""What hides the focused element, or nothing."""


@pytest.mark.parametrize(("width", "height"), WINDOWS)
@pytest.mark.parametrize("place", ["", "check/asylum_decision", "form", "result", "paper"])
@pytest.mark.parametrize("lang", ["nl", pytest.param("ar", marks=pytest.mark.slow)])
def test_the_focus_is_in_sight_and_under_nothing(
    new_visitor: VisitorMaker, lang: str, place: str, width: int, height: int
):
    visitor = new_visitor(lang, width=width, height=height)
    visitor.help_a_client()
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go(place)
    visitor.open_all_details()
    for key in ("Tab", "Shift+Tab"):
        stops = []
        for _ in range(MOST_STOPS):
            visitor.page.keyboard.press(key)
            if visitor.page.evaluate("document.activeElement === document.body"):
                break
            stops.append(visitor.page.evaluate(HIDDEN))
        assert len(stops) > 5, key
        assert [each for each in stops if each] == [], key

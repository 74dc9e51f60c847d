"""After one visit the whole questionnaire works without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from rules import default_decider
from tests.browser.conftest import VisitorMaker
from tests.browser.states import answer_offline
from tests.browser.visitor import Visitor
from tests.support.journeys import DECIDED, FORCED, Route
from tests.support.vocabulary import ORGANISATIONS

FILES = 6
"""The page, its table, three scripts and the names of countries."""

KEPT = """async () => {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  return (await Promise.all(stores.map((store) => store.keys()))).flat().map(({ url }) => url);
}"""


def visit(visitor: Visitor) -> None:
    """Visit the start page, and stay until the browser has kept all it needs."""
    visitor.go("")
    for _ in range(100):
        if len(visitor.page.evaluate(KEPT)) >= FILES:
            return
        visitor.page.wait_for_timeout(50)
    raise AssertionError(f"kept only {visitor.page.evaluate(KEPT)}")


def visit_and_lose_the_network(visitor: Visitor) -> None:
    visit(visitor)
    visitor.context.set_offline(True)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("route", [DECIDED, FORCED], ids=["decided", "forced"])
def test_a_whole_journey_without_a_network(
    new_visitor: VisitorMaker, lang: str, route: Route
) -> None:
    visitor = new_visitor(lang, width=320)
    visit_and_lose_the_network(visitor)
    visitor.page.goto(visitor.place("check/asylum_decision"))
    answer_offline(visitor, route)
    expect(visitor.page.locator("#offline article h4 bdi")).to_have_count(len(ORGANISATIONS))
    assert "null" not in visitor.page.locator("#offline").inner_text()
    for point in default_decider().policy.contacts.values():
        if point.at_end:
            last = visitor.page.locator("#offline > p.dates:last-of-type a")
            expect(last).to_have_attribute("href", point.contact.website or "")
    for name in visitor.page.locator("#offline h3.on").all():
        goes_on = name.locator("xpath=..").inner_text()
        assert goes_on.startswith(f"{name.inner_text()} "), goes_on
    visitor.look()


def test_nothing_chosen_is_said_and_nothing_is_lost(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor()
    visit_and_lose_the_network(visitor)
    visitor.page.goto(visitor.place("offline"))
    visitor.page.locator("#offline > .button").click()
    visitor.page.locator("#offline form .button").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()


def test_no_answer_is_kept_by_the_browser(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor()
    visit_and_lose_the_network(visitor)
    visitor.page.goto(visitor.place("offline"))
    answer_offline(visitor, FORCED)
    storage = visitor.page.evaluate("[localStorage.length, sessionStorage.length]")
    assert storage == [0, 0]
    visitor.page.reload()
    expect(visitor.page.locator("#offline article")).to_have_count(0)


def test_deleting_the_answers_deletes_what_was_kept(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor()
    visit(visitor)
    visitor.page.goto(visitor.place("privacy"))
    with visitor.page.expect_navigation():
        visitor.page.locator("footer form button").click()
    # The start page keeps its copy anew; what counts is that nothing older was left.
    assert visitor.path == "/en/"

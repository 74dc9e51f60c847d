"""What a journey leaves in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.support.journeys import DECIDED, DISTINCTIVE, options_of
from tests.support.pages.page_checks import holds_answer
from tests.support.servers import Service

KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = await Promise.all(stores.map((store) => store.keys()));
  return requests.flat().map((request) => request.url);
}"""
"""The addresses of everything that the service worker keeps."""

STORES = "() => ({...localStorage, ...sessionStorage, name: window.name, cookie: document.cookie})"


WITH_A_CLIENT = (
    "form",
    "compare",
    "result/why",
    "paper",
    "case",
    "case/code",
    "new-client",
    "result",
)
"""What somebody who helps a client also opens."""


@pytest.fixture(scope="module", params=["alone", "with a client"])
def travelled(
    request: pytest.FixtureRequest, browser: Browser, server: Service
) -> Iterator[Visitor]:
    """A visitor at the end of a whole journey."""
    visitor = Visitor(browser, server.origin)
    visitor.go("")
    if request.param == "with a client":
        visitor.page.get_by_role("button", name="I am helping somebody").click()
    visitor.begin("asylum_decision")
    visitor.answer_all(DECIDED)
    if request.param == "with a client":
        for place in WITH_A_CLIENT:
            visitor.go(place)
            if place == "case/code":
                visitor.page.get_by_role("button", name="Show the code").click()
    yield visitor
    visitor.close()


def test_no_address_on_the_way_held_an_answer(travelled: Visitor):
    assert len(travelled.urls) > len(DECIDED) * 2
    for url in travelled.urls:
        assert not holds_answer(url, options_of(DECIDED))
        assert not any(word in unquote(url) for word in DISTINCTIVE)


def test_the_history_of_the_window_holds_no_answer(travelled: Visitor):
    session = travelled.context.new_cdp_session(travelled.page)
    entries = session.send("Page.getNavigationHistory")["entries"]
    assert len(entries) > len(DECIDED)
    for entry in entries:
        for word in DISTINCTIVE:
            assert word not in entry["url"]
            assert word not in entry["title"]


def test_the_cookies_hold_no_answer_in_the_clear_and_end_with_the_browser(travelled: Visitor):
    cookies = {cookie["name"]: cookie for cookie in travelled.context.cookies()}
    assert set(cookies) - {"helping"} == {"answers", "opener", "language"}
    assert cookies["language"]["value"] == "en"
    assert cookies["answers"]["expires"] == -1
    assert cookies["answers"]["httpOnly"]
    assert cookies["answers"]["sameSite"] == "Lax"
    for word in (*DISTINCTIVE, *DECIDED):
        assert word not in unquote(cookies["answers"]["value"])


def test_a_script_finds_nothing_but_the_random_value_that_it_may_delete(travelled: Visitor):
    opener = {each["name"]: each["value"] for each in travelled.context.cookies()}["opener"]
    assert travelled.page.evaluate(STORES) == {"name": "", "cookie": f"opener={opener}"}
    assert not any(word in opener for word in (*DISTINCTIVE, *DECIDED))


def test_no_store_of_the_browser_holds_an_answer(travelled: Visitor):
    state = travelled.context.storage_state(indexed_db=True)
    assert state["origins"] == []
    assert not any(word in json.dumps(state) for word in DISTINCTIVE)
    assert travelled.page.evaluate("async () => (await indexedDB.databases()).length") == 0


def test_what_is_kept_for_use_without_a_network_is_no_page_with_answers(travelled: Visitor):
    kept = travelled.page.evaluate(KEPT)
    assert kept
    for url in kept:
        path = urlsplit(url).path
        assert not any(part in path for part in ("/check/", "/answers", "/result", "/thanks"))
        assert not holds_answer(url, options_of(DECIDED))


def test_a_new_window_of_the_same_browser_session_goes_on_and_another_browser_starts_anew(
    travelled: Visitor, new_visitor: VisitorMaker
):
    page = travelled.context.new_page()
    page.goto("/en/result")
    assert page.url == f"{travelled.origin}/en/result"
    other = new_visitor()
    other.page.goto("/en/result")
    assert other.path == "/en/check/asylum_decision"

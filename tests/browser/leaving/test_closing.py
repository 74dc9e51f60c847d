"""Whatever becomes of the request: the answers are closed on the device before it is sent."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.bad_network import (
    BadNetwork,
    Passing,
    bad_network,
    delay,
    drop,
    without_header,
)
from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import ARGUMENTS, PATIENCE, Visitor, chromium_path
from tests.support.journeys import STAY
from tests.support.servers import Service, running

HARMLESS = "https://harmless.invalid/"
OPENERS = {"opener", "__Host-opener"}
LATE = 1.5
"""Seconds."""


@pytest.fixture(scope="module")
def patient_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("patient"), LEAVE_URL=HARMLESS) as started:
        yield started


@pytest.fixture
def network(patient_server: Service) -> Iterator[BadNetwork]:
    """It ends before the visitors: a test closes its window, or what is under way would fail."""
    with bad_network(patient_server) as between:
        yield between


def visitor_with_answers(
    new_visitor: VisitorMaker, origin: str, place: str = "check/return_choice", clock: bool = False
) -> Visitor:
    visitor = new_visitor(origin=origin)
    if clock:
        visitor.page.clock.install()
    visitor.context.set_default_timeout(4 * PATIENCE)
    visitor.context.route(
        f"{HARMLESS}**",
        lambda request: request.fulfill(body="<title>Weather</title>", content_type="text/html"),
    )
    visitor.expected_elsewhere.add(HARMLESS)
    visitor.answer_behind_the_scenes(STAY)
    visitor.page.goto(visitor.place(place))
    visitor.page.wait_for_load_state("load")
    return visitor


def openers(visitor: Visitor) -> set[str]:
    return OPENERS & {each["name"] for each in visitor.context.cookies(visitor.origin)}


def press(page: Page, way: str) -> None:
    """One of the ways to end a visit that need no waiting."""
    if way == "button":
        page.locator(".leave button").click(no_wait_after=True)
    elif way == "escape":
        for _ in range(3):
            page.keyboard.press("Escape")
    elif way == "done":
        page.locator("main form[action$='/leave'] button").click(no_wait_after=True)
    elif way == "delete":
        page.locator("footer form button").click(no_wait_after=True)
    else:
        page.locator("main form .button").click(no_wait_after=True)


WAYS = {
    "button": "check/return_choice",
    "escape": "check/return_choice",
    "done": "result",
    "delete": "check/return_choice",
    "new client": "new-client",
}
"""Where each way is pressed."""


def spoil(network: BadNetwork, visitor: Visitor, how: str) -> None:
    """Make the network bad in one of the ways below."""
    if how == "offline":
        visitor.context.set_offline(True)
    elif how == "cut":
        network.is_cut = True
    else:
        network.changes[""] = {"dropped": drop, "delayed": delay(3)}[how]


@pytest.mark.parametrize("way", WAYS)
def test_the_opener_is_gone_before_the_request_whatever_becomes_of_it(
    new_visitor: VisitorMaker, network: BadNetwork, way: str
) -> None:
    for how in ("offline", "cut", "dropped", "delayed"):
        network.changes.clear()
        network.is_cut = False
        visitor = visitor_with_answers(new_visitor, network.origin, WAYS[way])
        assert openers(visitor) == {"opener"}
        network.seen.clear()
        spoil(network, visitor, how)
        press(visitor.page, way)
        expect_closed(visitor)
        wait_until(lambda how=how: how == "offline" or posted(network))
        assert not any("opener" in cookies for cookies in posted(network)), how
        complained(visitor)


def complained(visitor: Visitor) -> None:
    """Close the window of a browser that complained of the network, as it is meant to."""
    visitor.context.close()
    visitor.problems.clear()


def expect_closed(visitor: Visitor) -> None:
    wait_until(lambda: not openers(visitor))


def wait_until(is_true: Callable[[], object]) -> None:
    end = time.monotonic() + 4 * PATIENCE / 1000
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.02)


def posted(network: BadNetwork) -> list[str]:
    """The cookies of every request that asked to wipe something."""
    return [each.cookies for each in network.seen if each.method == "POST"]


def test_who_does_not_answer_closes_the_answers_without_a_network(
    new_visitor: VisitorMaker, network: BadNetwork
) -> None:
    visitor = visitor_with_answers(new_visitor, network.origin, clock=True)
    network.seen.clear()
    network.is_cut = True
    visitor.page.clock.fast_forward("15:00")
    expect(visitor.page.get_by_role("alertdialog")).to_be_visible()
    visitor.page.clock.fast_forward("02:00")
    expect_closed(visitor)
    assert not any("opener" in cookies for cookies in posted(network))
    complained(visitor)


@pytest.mark.parametrize("way", ["delete", "new client"])
def test_deleting_without_a_network_says_that_the_rest_is_left_and_then_does_it(
    new_visitor: VisitorMaker, network: BadNetwork, way: str
) -> None:
    visitor = visitor_with_answers(new_visitor, network.origin, WAYS[way])
    visitor.page.wait_for_function("() => navigator.serviceWorker.controller")
    network.is_cut = True
    press(visitor.page, way)
    expect(visitor.page.get_by_role("alert")).to_contain_text("There is no internet now.")
    expect(visitor.page.locator("main input")).to_have_count(0)
    visitor.look()
    network.is_cut = False
    visitor.page.locator("main form button").click()
    visitor.page.wait_for_url(f"{network.origin}/en/")
    assert not {each["name"] for each in visitor.context.cookies()} & {"answers", "opener"}
    complained(visitor)


def test_who_waits_too_long_for_the_answer_is_told_so(
    new_visitor: VisitorMaker, network: BadNetwork
) -> None:
    visitor = visitor_with_answers(new_visitor, network.origin)
    network.changes["/forget"] = delay(60)
    press(visitor.page, "delete")
    expect(visitor.page.locator("main")).to_be_hidden()
    expect(visitor.page.get_by_role("alert")).to_be_visible(timeout=15_000)
    complained(visitor)


def test_an_answer_that_comes_late_does_not_bring_the_opener_back(
    new_visitor: VisitorMaker, network: BadNetwork
) -> None:
    visitor = visitor_with_answers(new_visitor, network.origin, "form")
    network.changes["/form/asked"] = late_opener
    visitor.page.locator("main label").first.click()
    wait_until(lambda: any(each.path.endswith("/form/asked") for each in network.seen))
    press(visitor.page, "button")
    visitor.page.wait_for_url(re.compile("harmless"))
    time.sleep(2 * LATE)
    assert openers(visitor) == set()
    visitor.context.close()


def late_opener(passing: Passing) -> None:
    time.sleep(LATE)
    passing.headers.append(("Set-Cookie", "opener=again; Path=/; SameSite=Lax"))


@pytest.mark.parametrize(
    ("way", "shown"), [("button", HARMLESS), ("escape", HARMLESS), ("delete", "/en/")]
)
def test_every_other_tab_goes_too(
    new_visitor: VisitorMaker, network: BadNetwork, way: str, shown: str
) -> None:
    visitor = visitor_with_answers(new_visitor, network.origin)
    others = [visitor.context.new_page() for _ in range(2)]
    for other, place in zip(others, ("result", "offline"), strict=True):
        other.goto(visitor.place(place))
    press(visitor.page, way)
    for page in (visitor.page, *others):
        page.wait_for_url(re.compile(f"{re.escape(shown)}$"))
    visitor.context.close()


def test_a_tab_that_was_not_told_shows_nothing_when_somebody_comes_back_to_it(
    new_visitor: VisitorMaker, network: BadNetwork
) -> None:
    visitor = visitor_with_answers(new_visitor, network.origin)
    visitor.context.add_init_script("delete window.BroadcastChannel")
    other = visitor.context.new_page()
    other.goto(visitor.place("result"))
    press(visitor.page, "button")
    visitor.page.wait_for_url(re.compile("harmless"))
    assert other.url.endswith("/result")
    other.evaluate("dispatchEvent(new Event('focus'))")
    other.wait_for_url(f"{network.origin}/en/")
    visitor.context.close()


def test_the_next_client_is_not_disturbed_by_a_tab_that_slept(
    new_visitor: VisitorMaker, network: BadNetwork
) -> None:
    """It is told of the end when somebody else's answers are already here."""
    visitor = visitor_with_answers(new_visitor, network.origin)
    other = visitor.context.new_page()
    other.goto(visitor.place("privacy"))
    other.evaluate("new BroadcastChannel('terugkeerwijzer').postMessage('start')")
    visitor.page.wait_for_url(f"{network.origin}/en/")
    assert openers(visitor) == {"opener"}
    visitor.context.close()


def test_a_page_that_the_browser_kept_for_back_shows_nothing(
    browser: Browser, network: BadNetwork, tmp_path: Path
) -> None:
    # Else no browser would keep a page over plain HTTP.
    network.changes[""] = without_header("Cache-Control")
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=chromium_path(),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
        base_url=network.origin,
    )
    page = context.pages[0]
    page.goto("/en/rules")
    context.add_cookies([{"name": "opener", "value": "of the last one", "url": network.origin}])
    page.goto("/en/check/asylum_decision")
    page.evaluate("window.isKept = true")
    page.locator("main label").first.click()
    page.goto("/en/privacy")
    page.go_back(wait_until="commit")
    page.wait_for_function("() => window.isKept")
    expect(page.locator("main input:checked")).to_have_count(1)
    page.go_forward(wait_until="commit")
    # Playwright loses sight of the addresses of pages that were kept.
    page.wait_for_function("() => location.pathname.endsWith('/privacy')")
    page.evaluate("document.cookie = 'opener=; Path=/; Max-Age=0'")
    page.go_back(wait_until="commit")
    page.wait_for_function("() => location.pathname === '/en/'")
    context.close()

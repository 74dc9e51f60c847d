"""The service worker: what it keeps, what it leaves alone, and what it may never spoil."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import expect

from tests.browser.bad_network import BadNetwork, Passing, bad_network, drop, fail
from tests.browser.conftest import VisitorMaker
from tests.browser.network.test_offline import FILES, KEPT
from tests.browser.states import answer_offline
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.journeys import FORCED
from tests.support.servers import Service

BY_OUR_WORKER = "() => navigator.serviceWorker.controller"
ASK = """async (address) => {
  try { const answer = await fetch(address); return [answer.status, (await answer.text()).length]; }
  catch (error) { return [0, String(error)]; }
}"""


@pytest.fixture
def network(server: Service) -> Iterator[BadNetwork]:
    with bad_network(server) as between:
        yield between


@pytest.fixture
def someone(new_visitor: VisitorMaker, network: BadNetwork) -> Iterator[Visitor]:
    """A visitor whose browser has kept everything."""
    visitor = new_visitor(origin=network.origin)
    visitor.context.set_default_timeout(4 * PATIENCE)
    visit(visitor, lambda kept: len(kept) >= FILES)
    yield visitor
    visitor.context.close()
    # The browser complains of the network.
    visitor.problems.clear()


def visit(visitor: Visitor, is_enough: Callable[[list[str]], bool]) -> None:
    """View one page, until the browser has kept enough."""
    visitor.page.goto(visitor.place(""))
    visitor.page.wait_for_function(BY_OUR_WORKER)
    end = time.monotonic() + 4 * PATIENCE / 1000
    while not is_enough(kept := visitor.page.evaluate(KEPT)):
        assert time.monotonic() < end, kept
        visitor.page.wait_for_timeout(50)


def scripts(kept: list[str]) -> list[str]:
    return [address for address in kept if "?v=" in address]


def is_next(address: str) -> bool:
    return "?v=b" in address


def works_without_a_network(visitor: Visitor, network: BadNetwork) -> None:
    here = visitor.place("check/asylum_decision")
    network.is_cut = True
    visitor.page.goto(here)
    answer_offline(visitor, FORCED)
    expect(visitor.page.locator("#offline .meaning")).to_be_visible()


def test_one_page_view_after_a_new_version_is_enough(someone: Visitor, network: BadNetwork) -> None:
    network.next_version = True
    visit(
        someone,
        lambda kept: len(kept) == FILES and all(is_next(each) for each in scripts(kept)),
    )
    works_without_a_network(someone, network)


def test_a_new_version_that_cannot_be_kept_whole_leaves_the_former_one(
    someone: Visitor, network: BadNetwork
) -> None:
    network.next_version = True
    network.changes["/static/offline.js"] = fail
    someone.page.goto(someone.place(""))
    end = time.monotonic() + 4 * PATIENCE / 1000
    while not any(each.path.endswith("/static/offline.js") for each in network.seen[-12:]):
        assert time.monotonic() < end
        someone.page.wait_for_timeout(50)
    someone.page.wait_for_timeout(500)
    kept = someone.page.evaluate(KEPT)
    assert [each for each in scripts(kept) if not is_next(each)]
    works_without_a_network(someone, network)


def test_a_full_storage_does_not_keep_an_answer_of_the_network_from_the_page(
    someone: Visitor, network: BadNetwork
) -> None:
    session = someone.context.new_cdp_session(someone.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": network.origin, "quotaSize": 1})
    someone.page.reload()
    for address in [*scripts(someone.page.evaluate(KEPT)), f"{network.origin}/en/offline.json"]:
        status, length = someone.page.evaluate(ASK, address)
        assert status == 200, (address, length)
        assert length > 100
    # What leaving needs is there too.
    someone.page.evaluate("document.cookie = 'opener=0123456789abcdef; Path=/'")
    with (
        pytest.raises(BrowserError, match="ERR_NAME_NOT_RESOLVED"),
        someone.page.expect_navigation(),
    ):
        for _ in range(3):
            someone.page.keyboard.press("Escape")
    assert "opener" not in {each["name"] for each in someone.context.cookies(network.origin)}


@pytest.mark.parametrize("how", ["rejected", "refused storage"])
def test_a_storage_that_fails_is_no_error(
    new_visitor: VisitorMaker, network: BadNetwork, how: str
) -> None:
    broken = {
        "rejected": "Cache.prototype.put = () => Promise.reject(new Error('full'));",
        "refused storage": "CacheStorage.prototype.open = () => Promise.reject(new Error('no'));",
    }[how]

    def spoil(passing: Passing) -> None:
        passing.body = broken.encode() + passing.body

    network.changes["/sw.js"] = spoil
    visitor = new_visitor(origin=network.origin)
    visitor.go("")
    visitor.page.wait_for_timeout(500)
    visitor.go("offline")
    answer_offline(visitor, {"asylum_decision": "rejected"})
    expect(visitor.page.locator("#offline form")).to_be_visible()


def another_answer(passing: Passing) -> None:
    passing.body = b'{"broken": true}'
    passing.status = 500


def redirected(passing: Passing) -> None:
    passing.status, passing.body = 302, b""
    passing.headers = [("Location", "/healthz")]


@pytest.mark.parametrize("change", [fail, another_answer, redirected, drop])
def test_only_what_is_whole_is_kept(
    someone: Visitor, network: BadNetwork, change: Callable[[Passing], None]
) -> None:
    network.changes["/offline.json"] = network.changes["/en/offline"] = change
    someone.page.goto(someone.place("privacy"))
    someone.page.evaluate(ASK, "/en/offline.json")
    someone.page.wait_for_timeout(500)
    works_without_a_network(someone, network)


def test_what_changes_something_and_fails_is_never_answered_by_a_page_of_ours(
    someone: Visitor, network: BadNetwork
) -> None:
    network.is_cut = True
    # Without our script, which would ask first.
    with pytest.raises(BrowserError, match="ERR_EMPTY_RESPONSE"), someone.page.expect_navigation():
        someone.page.evaluate("document.querySelector('footer form').submit()")

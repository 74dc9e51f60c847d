"""A slow network, no scripts, no styles, no cookies, and Firefox."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.conftest import VisitorMaker
from tests.browser.firefox import Firefox, running_firefox
from tests.browser.visitor import ARGUMENTS, chromium_path
from tests.support.journeys import DECIDED, as_list
from tests.support.keys import COOKIE_KEY
from tests.support.question_addresses import visitor_of, with_ids
from tests.support.servers import ROOT, Service

SLOWEST = 3_000
"""Milliseconds until a page can be read on the slow network."""
SLOW = {
    "offline": False,
    "latency": 800,
    "downloadThroughput": 50_000 / 8,
    "uploadThroughput": 20_000 / 8,
}
"""A bad mobile network: 50 kbit/s down, 0.8 s until an answer begins."""
READABLE = """() => new Promise((done) => new PerformanceObserver((list) =>
  done(list.getEntries()[0].startTime)).observe({ type: "paint", buffered: true }))"""
PICTURES = ROOT / "test-results" / "firefox"


def before(question_id: str) -> dict[str, str | list[str]]:
    names = list(DECIDED)
    return {name: DECIDED[name] for name in names[: names.index(question_id)]}


@pytest.mark.parametrize("lang", ["nl", "ti", "uk"])
@pytest.mark.parametrize("place", ["", "check/country", "result"])
def test_a_page_can_be_read_on_a_slow_network(
    new_visitor: VisitorMaker, record_property, lang: str, place: str
):
    visitor = new_visitor(lang)
    if place == "result":
        visitor.answer_behind_the_scenes(DECIDED)
    elif place:
        visitor.answer_behind_the_scenes(before("country"))
    # The first page of all costs the browser seconds of its own, for its fonts.
    warm = new_visitor(lang)
    warm.page.goto(warm.place(""))
    network = visitor.context.new_cdp_session(visitor.page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    visitor.context.set_default_timeout(4 * SLOWEST)
    visitor.page.goto(visitor.place(place), wait_until="commit")
    took = visitor.page.evaluate(READABLE)
    record_property("readable after ms", took)
    print(f"{visitor.place(place)}: readable after {took:.0f} ms")
    assert took > SLOW["latency"], "the network was not slow"
    assert took <= SLOWEST
    expect(visitor.page.locator("h1")).to_be_visible()


def test_without_scripts_and_styles_the_page_reads_in_order(new_visitor: VisitorMaker):
    visitor = new_visitor(javascript=False)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.page.goto(visitor.place("result"))
    html = re.sub(r"<style>.*?</style>", "", visitor.page.content(), flags=re.DOTALL)
    bare = visitor.context.new_page()
    bare.set_content(html)
    tops = bare.eval_on_selector_all(
        "h1, main section > h2",
        "(all) => all.map((each) => each.getBoundingClientRect().top)",
    )
    assert len(tops) >= 6
    assert tops == sorted(tops)
    assert bare.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # A drawing without a style must not fill the screen.
    sizes = bare.eval_on_selector_all("svg", "(all) => all.map((each) => each.clientWidth)")
    assert max(sizes) <= 48


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_without_cookies_one_is_told_and_led_to_what_needs_none(
    playwright: Playwright, server: Service, tmp_path: Path, javascript: bool
):
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(preferences), encoding="utf-8")
    context = playwright.chromium.launch_persistent_context(
        tmp_path,
        executable_path=chromium_path(),
        args=ARGUMENTS,
        base_url=server.origin,
        java_script_enabled=javascript,
    )
    page = context.new_page()
    page.goto("/en/")
    page.locator("main a.button").click()
    expect(page.locator("h1")).to_have_text("Cookies are off")
    page.locator("main a.button").first.click()
    expect(page).to_have_url(f"{server.origin}/en/offline")
    if javascript:
        page.locator("#offline .button").click()
        expect(page.locator("#offline input[name=answer]").first).to_be_visible()
    context.close()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with running_firefox(tmp_path_factory.mktemp("firefox")) as browser:
        yield browser


def wait_for(firefox: Firefox, path: str) -> None:
    """Until the page at this address is there; a question is named by its id."""
    for _ in range(100):
        shown, state = firefox.ask("return [location.pathname, document.readyState]")
        if state == "complete" and with_ids(shown, visitor_in(firefox)) == path:
            return
        time.sleep(0.1)
    raise AssertionError(f"{path} was not reached: {firefox.ask('return location.href')}")


def visitor_in(firefox: Firefox) -> bytes | None:
    """Whom the cookies of this browser are of."""
    cookies = {each["name"]: each["value"] for each in firefox.send("WebDriver:GetCookies")}
    return visitor_of(cookies, (COOKIE_KEY,))


def wait_until(firefox: Firefox, script: str) -> None:
    """Until this is true in the page."""
    for _ in range(100):
        if firefox.ask(script):
            return
        time.sleep(0.1)
    raise AssertionError(f"never true: {script}")


_TYPED = "Somal"
"""Latin letters on the Arabic page: a country is found by its name in any of our languages."""
_ENTER = "\ue007"


def choose(firefox: Firefox, question_id: str) -> None:
    answers = as_list(DECIDED[question_id])
    if firefox.ask("return Boolean(document.querySelector('select[name=answer]'))"):
        firefox.click("#answer-1")
        firefox.type("#answer-1", _TYPED)
        wait_until(firefox, "return document.querySelector('.said').textContent !== ''")
        firefox.type("#answer-1", _ENTER)
        chosen = "return document.querySelector('select[name=answer]').value"
        wait_until(firefox, f"{chosen} === '{answers[0]}'")
        return
    for answer in answers:
        name = firefox.ask(f"return document.querySelector('main input[value={answer}]').id")
        firefox.click(f"main label[for={name}]")


def test_a_whole_journey_in_firefox_from_right_to_left(firefox: Firefox, server: Service):
    PICTURES.mkdir(parents=True, exist_ok=True)
    firefox.send("WebDriver:SetWindowRect", width=480, height=900)
    firefox.go(f"{server.origin}/ar/")
    assert firefox.ask("return getComputedStyle(document.body).direction") == "rtl"
    firefox.picture(PICTURES / "start.png")
    firefox.click("main a.button")
    following = [*(f"check/{name}" for name in DECIDED), "result"]
    for place, question_id in zip(following, DECIDED, strict=False):
        wait_for(firefox, f"/ar/{place}")
        sideways = "return document.documentElement.scrollWidth - innerWidth"
        assert firefox.ask(sideways) <= 0, place
        choose(firefox, question_id)
        firefox.picture(PICTURES / f"{question_id}.png")
        firefox.click("main form .button")
    wait_for(firefox, "/ar/result")
    firefox.picture(PICTURES / "result.png")
    # Cards of organisations are there, and their drawings have the size that the styles give.
    assert firefox.ask("return document.querySelectorAll('.steps li').length") >= 3
    assert 10 < firefox.ask("return document.querySelector('.icon').clientWidth") < 60

"""The questionnaire in a frame on a partner's page: another host name, another port, no cookies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Request as SentRequest
from playwright.sync_api import Route as Sent

from rules import default_decider
from tests.browser.conftest import VisitorMaker
from tests.browser.everybody.test_every_page import AXE, RUN, TAGS
from tests.browser.partner import (
    EXAMPLE,
    ISOLATED,
    Partner,
    blocking_browser,
    framed,
    partner_website,
    snippets,
)
from tests.browser.visitor import choose_country
from tests.support.journeys import DECIDED, FORCED, ROUTES, Route, as_list
from tests.support.servers import Service, running
from wizard.i18n.languages import languages
from wizard.i18n.texts import texts_of
from wizard.presenters.letter import LetterWriter
from wizard.presenters.result import Presenter

LEAVE_URL = "https://harmless.invalid/"
MOST, STEP = 1600, 200
REFUSED = "chrome-error://chromewebdata/"
"""What Chromium shows in a frame that it may not show."""

Opener = Callable[..., Page]

STORES = """async () => ({
  cookie: document.cookie, local: localStorage.length, session: sessionStorage.length,
  caches: await caches.keys(), databases: await indexedDB.databases(), name: window.name,
  workers: (await navigator.serviceWorker.getRegistrations()).length})"""
NOTHING = {
    **{"cookie": "", "local": 0, "session": 0},
    **{"caches": [], "databases": [], "name": "", "workers": 0},
}


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    with partner_website() as website:
        yield website


@pytest.fixture(scope="module")
def service(partner: Partner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, with one partner in its settings."""
    folder = tmp_path_factory.mktemp("embed")
    with running(folder, EMBED_ORIGINS=partner.origin, LEAVE_URL=LEAVE_URL) as started:
        plain, listening = (each.replace(EXAMPLE, started.origin) for each in snippets())
        partner.show("/plain", plain)
        partner.show("/listening", listening)
        partner.show("/arabic", plain.replace("/nl/", "/ar/"))
        partner.show("/isolated", plain, ISOLATED)
        safe = "allow-scripts allow-same-origin allow-forms allow-popups"
        sandbox = f'<iframe sandbox="{safe} allow-popups-to-escape-sandbox"'
        partner.show("/sandbox", plain.replace("<iframe", sandbox))
        partner.show("/other-page", plain.replace("/embed", "/"))
        yield started


@pytest.fixture(scope="module")
def context(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with third-party cookies blocked; `browser` holds the Playwright that starts it."""
    playwright = _playwright_of(browser)
    with blocking_browser(playwright, tmp_path_factory.mktemp("profile")) as blocking:
        yield blocking


def _playwright_of(browser: Browser) -> Any:
    class Started:
        chromium = browser.browser_type

    return Started


@pytest.fixture
def open_page(context: BrowserContext, partner: Partner, service: Service) -> Iterator[Opener]:
    """Opens a page of the partner; at the end no request of the frame has carried a cookie."""
    pages: list[Page] = []
    cookies: list[str] = []

    def see(request: SentRequest) -> None:
        if request.url.startswith(service.origin) and "cookie" in request.all_headers():
            cookies.append(request.url)

    def make(path: str, origin: str = partner.origin) -> Page:
        page = context.new_page()
        page.on("requestfinished", see)
        pages.append(page)
        page.goto(origin + path)
        return page

    yield make
    for page in pages:
        page.close()
    assert cookies == []
    assert context.cookies(service.origin) == []


def answer(frame: Frame, route: Route) -> None:
    """Start, and answer every question in the frame."""
    frame.locator("#offline > .button").click()
    for given in route.values():
        select = frame.locator("#offline select")
        if select.count():
            choose_country(frame.locator("#offline form"), as_list(given)[0])
        # Not by their place: the frame may grow or shrink at this moment.
        for option in as_list(given) if not select.count() else ():
            frame.locator(f"#offline input[value={option}]").dispatch_event("click")
        frame.locator("#offline form .button").dispatch_event("click")


def shown(frame: Frame) -> dict[str, list[str]]:
    """What the letter in the frame says, in its order, folds included."""
    expect(frame.locator(".steps").first).to_be_visible()
    frame.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    cards = frame.locator("section:not(.meaning) article")
    return {
        "headings": frame.locator("#offline section > :is(h1, h2)").all_inner_texts(),
        "steps": frame.locator(".steps h3").all_inner_texts(),
        "open": frame.locator(".helper h3").all_inner_texts(),
        "names": cards.locator("h4").all_inner_texts(),
        "helps": frame.locator(".helps b").all_inner_texts(),
        "supports": cards.locator("h3").all_inner_texts(),
        "bring": frame.locator(".bring li").all_inner_texts(),
    }


def of_the_server(page: Page, service: Service, route: Route, lang: str) -> dict[str, list[str]]:
    """What the page of the server says for the same answers, without its icons."""
    api = page.request.post(
        f"{service.origin}/api/v1/decisions", data={"answers": route, "lang": lang}
    ).json()
    language = languages()[lang]
    decider = default_decider()
    path = decider.path(route)
    decision = decider.decide_at(path, date.today())
    said = Presenter(decider.policy, language).result(decision)
    letter = LetterWriter(decider.policy, language).letter(
        said, path.answers, decision, date.today()
    )
    texts = texts_of(language).gettext
    headings = ["What this means", "Do this now", "Who can help", "Possible help"]
    assert [each["id"] for each in api["next_steps"]] == [each.id for each in said.steps]
    return {
        "headings": [
            *(texts(each) for each in headings),
            *([letter.country.name] if letter.country else []),
            *([texts("What to bring")] if letter.bring or letter.more_to_bring else []),
        ],
        "steps": [each.step.do or "" for each in (*letter.steps, *letter.later_steps)],
        "open": [each.card.name for each in letter.cards],
        "names": [card.name for group in said.groups for card in group.organisations],
        "helps": [each.label for each in letter.supports],
        "supports": [each.label for each in said.supports],
        "bring": [*letter.bring, *letter.more_to_bring],
    }


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_every_journey_ends_in_the_frame_as_on_the_server(
    open_page: Opener, service: Service, route: Route
) -> None:
    page = open_page("/plain")
    answer(framed(page), route)
    assert shown(framed(page)) == of_the_server(page, service, route, "nl")
    assert framed(page).evaluate(STORES) == NOTHING


@pytest.mark.parametrize("path", ["/isolated", "/sandbox", "/arabic"])
def test_it_works_on_strict_pages_and_from_right_to_left(
    open_page: Opener, service: Service, path: str
) -> None:
    page = open_page(path)
    lang = "ar" if path == "/arabic" else "nl"
    answer(framed(page), DECIDED)
    assert shown(framed(page)) == of_the_server(page, service, DECIDED, lang)
    assert framed(page).evaluate("document.dir") == ("rtl" if lang == "ar" else "ltr")


def test_this_browser_does_block_the_cookies_of_frames(open_page: Opener) -> None:
    frame = framed(open_page("/plain"))
    frame.evaluate("document.cookie = 'tried=1; SameSite=None; Secure'")
    assert frame.evaluate("document.cookie") == ""


@pytest.mark.parametrize("path", ["/plain", "/listening"])
def test_a_website_that_is_not_in_the_settings_shows_an_empty_frame(
    open_page: Opener, partner: Partner, path: str
) -> None:
    framed(open_page(path, partner.elsewhere)).wait_for_url(REFUSED)


def test_no_other_page_can_be_framed_by_the_partner(open_page: Opener) -> None:
    framed(open_page("/other-page")).wait_for_url(REFUSED)


def told(page: Page) -> list[Any]:
    """The messages so far, each with the origin that it came from."""
    messages: list[Any] = page.evaluate("(window.told ?? []).map((m) => [m.origin, m.data])")
    return messages


def test_the_page_around_is_told_rough_heights_and_nothing_else(
    open_page: Opener, service: Service
) -> None:
    page = open_page("/listening")
    for route in (FORCED, DECIDED):
        answer(framed(page), route)
        expect(page.locator("iframe")).to_have_css("height", f"{MOST}px")
        framed(page).locator("#offline > .quiet").last.click()
        expect(page.locator("iframe")).not_to_have_css("height", f"{MOST}px")
        framed(page).evaluate("location.reload()")
        expect(framed(page).locator("#offline > .button")).to_be_visible()
    messages = told(page)
    assert len(messages) > 4
    for origin, data in messages:
        assert origin == service.origin
        assert set(data) == {"type", "height"}
        assert data["type"] == "terugkeerwijzer-height"
        assert data["height"] in range(STEP, MOST + 1, STEP)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_height_of_a_result_is_the_same_for_everybody(open_page: Opener, width: int) -> None:
    for route in ROUTES.values():
        page = open_page("/listening")
        page.set_viewport_size({"width": width, "height": 800})
        answer(framed(page), route)
        expect(page.locator("iframe")).to_have_css("height", f"{MOST}px")


def test_the_snippet_believes_only_the_frame(open_page: Opener, partner: Partner) -> None:
    page = open_page("/listening")
    expect(page.locator("iframe")).not_to_have_css("height", "900px")
    before = page.locator("iframe").evaluate("(frame) => frame.style.height")
    page.evaluate("postMessage({ type: 'terugkeerwijzer-height', height: 7 }, '*')")
    page.wait_for_function("told.some(({ data }) => data.height === 7)")
    assert page.locator("iframe").evaluate("(frame) => frame.style.height") == before


def test_a_page_that_is_no_partner_is_told_nothing(
    open_page: Opener, context: BrowserContext, partner: Partner, service: Service
) -> None:
    def name_another(request: Sent) -> None:
        response = request.fetch()
        assert partner.origin in response.text()
        body = response.text().replace(partner.origin, "https://somebody.example")
        request.fulfill(response=response, body=body)

    address = f"{service.origin}/nl/embed"
    context.route(address, name_another)
    page = open_page("/listening")
    answer(framed(page), FORCED)
    context.unroute(address)
    assert told(page) == []


def press_escape_until_left(page: Page) -> None:
    """As somebody in fear does. Three count that come within two seconds, and on a busy machine
    one alone can take longer.
    """
    for _ in range(20):
        if framed(page).url == "about:blank":
            return
        # The frame that would say that it got the last one is gone before it can.
        with suppress(BrowserError):
            framed(page).locator("h1").press("Escape", timeout=2_000)


@pytest.mark.parametrize("how", ["button", "escape"])
def test_leaving_quickly_leaves_an_empty_frame_and_nothing_to_go_back_to(
    open_page: Opener, partner: Partner, how: str
) -> None:
    page = open_page("/plain")
    entries = page.evaluate("history.length")
    answer(framed(page), dict(list(FORCED.items())[:3]))
    if how == "button":
        framed(page).locator(".leave button").click()
    else:
        press_escape_until_left(page)
    page.wait_for_function("frames.length === 1")
    expect(page.frame_locator("iframe").locator("body")).to_be_empty()
    assert framed(page).url == "about:blank"
    assert page.url == f"{partner.origin}/plain"
    assert page.evaluate("history.length") == entries


def test_leaving_quickly_comes_first_in_the_tab_order_of_the_frame(open_page: Opener) -> None:
    frame = framed(open_page("/plain"))
    expect(frame.locator(".leave button")).to_be_visible()
    first = "document.querySelector('a, button:not([hidden]), input, summary').closest('.leave')"
    assert frame.evaluate(f"{first} !== null")


def test_back_to_the_partners_page_brings_no_answer_back(
    open_page: Opener, partner: Partner
) -> None:
    page = open_page("/plain")
    answer(framed(page), FORCED)
    page.wait_for_function(f"told.at(-1).data.height === {MOST}")
    page.evaluate("window.kept = true")
    page.goto(f"{partner.origin}/elsewhere")
    page.go_back(wait_until="commit")
    # The browser kept the page and its frame. Playwright loses sight of a frame that was kept, so
    # its height must tell that it shows no result any more.
    page.wait_for_function("window.kept")
    page.wait_for_function(f"told.at(-1).data.height < {MOST}")


def test_links_open_beside_the_partners_page(
    open_page: Opener, context: BrowserContext, service: Service
) -> None:
    page = open_page("/plain")
    with context.expect_page() as opened:
        framed(page).locator("footer a").first.click()
    opened.value.wait_for_url(f"{service.origin}/nl/")
    assert opened.value.evaluate("window.opener") is None
    opened.value.close()
    context.clear_cookies()
    answer(framed(page), DECIDED)
    targets = framed(page).evaluate("[...document.links].map((link) => link.target)")
    assert set(targets) <= {"", "_blank"}
    assert framed(page).evaluate("document.querySelector('base').target") == "_blank"


@pytest.mark.parametrize("lang", ["en", "nl", "ar"])
def test_the_button_to_leave_covers_nothing_of_the_title(
    new_visitor: VisitorMaker, lang: str
) -> None:
    visitor = new_visitor(lang, width=320)
    visitor.page.goto(visitor.place("embed"))
    button = visitor.page.locator(".leave button").bounding_box()
    title = visitor.page.locator("h1").bounding_box()
    assert button and title
    assert button["y"] + button["height"] <= title["y"]


def test_axe_finds_nothing_in_the_frame(open_page: Opener) -> None:
    page = open_page("/arabic")
    for route in ({}, dict(list(DECIDED.items())[:3]), DECIDED):
        framed(page).evaluate("location.reload()")
        expect(framed(page).locator("#offline > .button")).to_be_visible()
        if route:
            answer(framed(page), route)
        # Through the protocol, which no content policy stops.
        framed(page).evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
        assert framed(page).evaluate(RUN, ["tag", TAGS]) == []


def test_who_does_nothing_in_the_frame_is_asked_and_then_wiped(
    context: BrowserContext, partner: Partner, service: Service
) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(f"{partner.origin}/plain")
    framed(page).locator("#offline > .button").click()
    expect(framed(page).locator("#offline form")).to_be_visible()
    page.clock.fast_forward("15:00")
    dialog = framed(page).get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button").click()
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("02:00")
    expect(framed(page).locator("#offline form")).to_be_visible()
    page.clock.fast_forward("13:00")
    expect(dialog).to_be_visible()
    page.clock.fast_forward("02:00")
    expect(framed(page).locator("#offline > .button")).to_be_visible()
    expect(framed(page).locator("#offline form")).to_have_count(0)
    page.close()


def test_without_javascript_a_link_opens_the_questions_in_a_new_tab(
    browser: Browser, partner: Partner, service: Service, tmp_path: Path
) -> None:
    playwright = _playwright_of(browser)
    with blocking_browser(playwright, tmp_path, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{partner.origin}/listening")
        frame = framed(page)
        expect(frame.locator("noscript")).to_be_visible()
        expect(frame.locator(".leave button")).to_be_hidden()
        assert context.cookies() == []
        with context.expect_page() as opened:
            frame.locator("footer a").first.click()
        opened.value.wait_for_url(f"{service.origin}/nl/")
        opened.value.locator("main .button").click()
        opened.value.wait_for_url(re.compile(r"/nl/check/[0-9a-f]{10}"))

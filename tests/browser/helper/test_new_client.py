"""One press between two clients: nothing of the first is left anywhere in the browser."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError

from tests.browser.states import every_state
from tests.browser.visitor import ARGUMENTS, PATIENCE, Visitor, choose_country
from tests.support.journeys import DECIDED, DISTINCTIVE, as_list
from tests.support.keys import COOKIE_KEY
from tests.support.question_addresses import visitor_of, with_ids, with_letters
from tests.support.servers import running, written_below

FIRST = "/en/check/asylum_decision"
START = "/en/check"
SPEAKING = {"language": "en", "second": "ti", "helping": "1"}
"""The cookies that say how the pages speak."""

STORES = """async () => {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = (await Promise.all(stores.map((store) => store.keys()))).flat();
  return {
    local: {...localStorage}, session: {...sessionStorage}, cookie: document.cookie,
    name: window.name, databases: await indexedDB.databases(),
    kept: requests.map((request) => new URL(request.url).pathname)
      .filter((path) => !/^[/](static[/].*|en[/]offline([.]json)?)$/.test(path)),
  };
}"""
"""Everything that a script finds; `kept` but for the files that are the same for everybody."""

SAME_FOR_EVERYBODY = {"Cache", "Code Cache", "GPUCache", "Service Worker", "CacheStorage"}
"""Folders of the profile with our files: the table holds every option, chosen or not."""

UNFIT = """() => {
  const forms = [...document.forms].filter((form) => form.autocomplete !== "off"
    && form.querySelector("input:not([type=hidden]), select, textarea"));
  // On boxes that are ticked HTML allows it only for the whole form.
  const fields = [...document.querySelectorAll("main input, main select, main textarea")]
    .filter((field) => !["hidden", "radio", "checkbox"].includes(field.type))
    .filter((field) => field.autocomplete !== "off");
  return [...forms, ...fields].map((each) => each.outerHTML.slice(0, 120));
}"""


@dataclass
class Desk:
    """The computer of a social worker: one browser with a profile on disk, and what was written."""

    context: BrowserContext
    profile: Path
    log: Path
    addresses: dict[str, str]
    """Of each question, for the client who is gone."""

    @property
    def page(self) -> Page:
        """The one window."""
        return self.context.pages[0]


@pytest.fixture(scope="module", params=[True, False], ids=["with-script", "without-script"])
def desk(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """After a client answered everything, and "New client" was pressed."""
    log, profile = tmp_path_factory.mktemp("log"), tmp_path_factory.mktemp("profile")
    with running(log, ACCESS_LOG="-") as server:
        context = browser.browser_type.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=ARGUMENTS,
            # Pages are kept for Back and Forward, as people have it.
            ignore_default_args=["--disable-back-forward-cache"],
            java_script_enabled=request.param,
            base_url=server.origin,
            locale="en",
        )
        context.set_default_timeout(PATIENCE)
        page = context.pages[0]
        yield Desk(context, profile, log, one_client_and_the_next(page))
        context.close()


def visitor_at(page: Page) -> bytes | None:
    """Whom the cookies of this window are of."""
    cookies = {str(each["name"]): str(each["value"]) for each in page.context.cookies()}
    return visitor_of(cookies, (COOKIE_KEY,))


def is_at(page: Page, path: str) -> bool:
    """Whether the window shows this page; a question is named by its id."""
    return with_ids(urlsplit(page.url).path, visitor_at(page)) == path


def one_client_and_the_next(page: Page) -> dict[str, str]:
    """The addresses that the questions had for the client."""
    page.goto("/en/")
    page.context.add_cookies([{"name": "second", "value": "ti", "url": page.url, "httpOnly": True}])
    page.locator("button[name=helping]").click()
    page.goto(START)
    client = visitor_at(page)
    assert client
    addresses = {each: with_letters(f"/en/check/{each}", client) for each in DECIDED}
    for question, answer in DECIDED.items():
        page.wait_for_url(f"**{addresses[question]}")
        select = page.locator("main select")
        if select.count():
            choose_country(page.locator("main form"), as_list(answer)[0])
        for option in as_list(answer) if not select.count() else ():
            page.locator(f"main input[value={option}]").check()
        page.locator("main form .button").click()
    expect(page.locator(".steps").first).to_be_visible()
    page.goto(addresses["asylum_decision"])
    expect(page.locator("main input:checked")).to_have_count(1)
    page.locator("footer a[href$='/new-client']").click()
    page.locator("main form .button").click()
    page.wait_for_url("**/en/")
    return addresses


def shows_nothing(page: Page) -> None:
    """Whatever page this is: no answer in it."""
    expect(page.locator("h1").first).to_be_visible()
    for trace in ("main input:checked", ".steps", "dl.summary", "[role=alert]"):
        expect(page.locator(trace)).to_have_count(0)
    for select in page.locator("main select:not(#client-language)").all():
        expect(select).to_have_value("")


def test_the_start_page_is_ready_and_says_so(desk: Desk) -> None:
    expect(desk.page.get_by_role("status")).to_contain_text("The next client can start.")


def test_no_cookie_is_left_but_how_the_pages_speak(desk: Desk) -> None:
    assert {each["name"]: each["value"] for each in desk.context.cookies()} == SPEAKING


def test_no_store_is_left(desk: Desk, request: pytest.FixtureRequest) -> None:
    if "without-script" in request.node.name:
        assert desk.context.storage_state(indexed_db=True)["origins"] == []
        return
    found = desk.page.evaluate(STORES)
    nothing = {"local": {}, "session": {}, "cookie": "", "name": "", "databases": [], "kept": []}
    assert found == nothing


def _moved(move: Callable[..., object]) -> None:
    """Go one page on. A page on its way into the browser's own cache cannot be asked just then."""
    for _ in range(20):
        try:
            move(wait_until="commit")
            return
        except BrowserError as error:
            if "Not attached to an active page" not in error.message:
                raise
            time.sleep(0.1)
    raise AssertionError("the page stays on its way")


def test_back_and_forward_show_nothing_and_neither_does_a_reload(desk: Desk) -> None:
    page = desk.page
    session = desk.context.new_cdp_session(page)
    length = len(session.send("Page.getNavigationHistory")["entries"])
    assert length > len(DECIDED)
    for move in (page.go_back, page.go_forward):
        for _ in range(length - 1):
            _moved(move)
            if page.url != "about:blank":
                shows_nothing(page)
    page.goto(START)
    page.locator("main input").first.check()
    page.reload()
    shows_nothing(page)


def test_every_page_leads_a_typed_address_to_the_first_question(desk: Desk) -> None:
    for place in (*desk.addresses.values(), "/en/result"):
        desk.page.goto(place)
        assert is_at(desk.page, FIRST)
        shows_nothing(desk.page)


def test_the_profile_on_disk_and_the_log_of_the_server_hold_no_answer(desk: Desk) -> None:
    """The last test of a desk: the browser is closed, so that it writes down all it would keep."""
    desk.context.close()
    files = [
        path
        for path in desk.profile.rglob("*")
        if path.is_file() and not SAME_FOR_EVERYBODY & set(path.parts)
    ]
    contents = {path: path.read_bytes() for path in files}
    visited = desk.addresses["residence"].encode()
    visits = [name for name, bytes_ in contents.items() if visited in bytes_]
    assert visits, "what the browser writes was not found: this test would find nothing"
    words = [word for word in DISTINCTIVE if "_" in word] + ["trafficking", "Somalia"]
    for name, content in contents.items():
        for word in words:
            assert word.encode() not in content, (name, word)
            assert word.encode("utf-16-le") not in content, (name, word)
    log = written_below(desk.log)
    assert "/<lang>/new-client 303" in log
    assert not [word for word in DISTINCTIVE if word in log]


def test_no_form_lets_the_browser_remember_what_was_filled_in(visitor: Visitor) -> None:
    unfit = {name: visitor.page.evaluate(UNFIT) for name in every_state(visitor)}
    assert len(unfit) > 30
    assert {name: found for name, found in unfit.items() if found} == {}


def test_a_field_of_a_question_is_never_one_that_a_browser_suggests_words_for(
    visitor: Visitor,
) -> None:
    """Suggestions come for named fields with free text; no question has one."""
    for question, answer in DECIDED.items():
        visitor.page.goto(visitor.place(f"check/{question}"))
        kinds = visitor.page.eval_on_selector_all(
            "main [name]", "(fields) => fields.map((field) => field.type)"
        )
        assert set(kinds) <= {"radio", "checkbox", "select-one"}
        visitor.answer_behind_the_scenes({question: answer})

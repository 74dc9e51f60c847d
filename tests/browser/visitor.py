"""A person with a real browser, who notices everything that goes wrong on the way."""

from __future__ import annotations

import re
import shutil
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    Response,
    expect,
)

from tests.support.journeys import Answer, Route, as_list
from tests.support.keys import COOKIE_KEY
from tests.support.page_client import option_ids
from tests.support.pages.page_checks import holds_answer, is_about_a_country
from tests.support.question_addresses import (
    is_of_question,
    visitor_of,
    with_ids,
    with_letters,
)
from wizard.i18n.languages import languages
from wizard.session.cookie import CannotOpenError, Sealer

PATIENCE = 20_000
"""Milliseconds: a page that takes longer is broken."""

SMALLEST_TARGET = 24
"""In CSS pixels (WCAG 2.2, 2.5.8)."""

ARGUMENTS = [
    "--no-sandbox",
    # Without it, Chromium imitates a graphics card on the processor: five times the work.
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")

Scheme = Literal["light", "dark", "forced"]
"""Colours: ours, or those that the reader's system forces on every page."""

TEXT_SIZES = {"defaultFontSize": 16, "defaultFixedFontSize": 13}
"""CSS pixels: the letters of a browser that nobody has set larger."""

APART = 4
"""CSS pixels between two buttons, so that a finger presses the one that is meant."""

LOOK = """({ smallest, apart }) => {
  const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const inLine = (link) => link.matches("a") && getComputedStyle(link).display === "inline";
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const box = (element) => element.getBoundingClientRect();
  const targets = all("a, button, summary, input:not([type=hidden]), select")
    .filter((element) => !inLine(element) && box(element).left >= 0 && box(element).top > -1000);
  const width = document.documentElement.clientWidth;
  const buttons = all("main button, main a.button");
  const near = (one, other) => box(one).left < box(other).right + apart
    && box(other).left < box(one).right + apart && box(one).top < box(other).bottom + apart
    && box(other).top < box(one).bottom + apart;
  return {
    title: document.title,
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    usedDirection: getComputedStyle(document.body).direction,
    scroll: document.documentElement.scrollWidth - width,
    outside: all("main *").filter((element) => box(element).right > width + 1
      && !element.closest(".hidden, .skip")).map((element) => element.outerHTML.slice(0, 80)),
    duplicates: ids.filter((id, place) => ids.indexOf(id) !== place),
    unnamed: [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
      .filter((each) => !each.labels?.length && !each.ariaLabel).map((each) => each.outerHTML),
    loose: [...document.querySelectorAll("input[type=radio], input[type=checkbox]")]
      .filter((each) => !each.closest("fieldset")?.querySelector("legend")?.innerText.trim())
      .map((each) => each.outerHTML),
    small: targets
      .filter((each) => Math.min(box(each).width, box(each).height) < smallest - 0.01)
      .map((each) => `${box(each).width}x${box(each).height} ${each.outerHTML.slice(0, 80)}`),
    touching: buttons.flatMap((one, place) => buttons.slice(place + 1)
      .filter((other) => near(one, other)).map((other) => `${one.innerText}, ${other.innerText}`)),
  };
}"""
"""What a person could see, asked in the page itself."""


def choose_country(group: Locator, option: str) -> None:
    """Choose the answer of a group of controls about the country: by its name typed in full, by its
    button where it is no country, in the list where there are no scripts.
    """
    select = group.locator("select")
    field = group.locator("input[role=combobox]")
    if not field.count():
        select.select_option(option)
        return
    button = group.locator(f"button[data-value={option}]")
    if button.count():
        button.click()
    else:
        field.fill(select.locator(f"option[value={option}]").inner_text())
        field.press("Enter")
    expect(select).to_have_value(option)


def launch_chromium(playwright: Playwright, text: int = 100) -> Browser:
    """The Chromium of this machine, which asks nobody but us for anything.

    Its letters are as large as somebody sets them in a browser, in percent.
    """
    sizes = ",".join(f"{kind}={size * text // 100}" for kind, size in TEXT_SIZES.items())
    arguments = [*ARGUMENTS, f"--blink-settings={sizes}"]
    return playwright.chromium.launch(executable_path=chromium_path(), args=arguments)


def chromium_path() -> str:
    """Where the Chromium of this machine is."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is missing: make test-setup"
    return path


_WITHIN_THE_BROWSER = frozenset(
    {"about", "blob", "chrome", "chrome-extension", "chrome-untrusted", "data", "devtools"}
)
"""Schemes of what a browser has in itself, such as its viewer of PDFs: nobody else is asked."""


def goes_elsewhere(url: str, origin: str) -> bool:
    """Whether a request to this address leaves for another website than that of the origin."""
    return not url.startswith(f"{origin}/") and urlsplit(url).scheme not in _WITHIN_THE_BROWSER


class Visitor:
    """One browser window with cookies of its own."""

    def __init__(
        self,
        browser: Browser,
        origin: str,
        lang: str = "en",
        *,
        javascript: bool = True,
        width: int = 1280,
        height: int = 900,
        scheme: Scheme = "light",
        **options: Any,
    ) -> None:
        self.origin = origin
        self.lang = lang
        self.javascript = javascript
        self.context = browser.new_context(
            base_url=origin,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="light" if scheme == "forced" else scheme,
            forced_colors="active" if scheme == "forced" else "none",
            locale=lang,
            **options,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.urls: list[str] = []
        self.expected_elsewhere: set[str] = set()
        """Addresses of other websites that this visitor is meant to go to."""
        self._allowed: set[int] = set()
        self._last: tuple[str, str] | None = None
        self.context.on("request", self._see_request)
        self.page.on("response", self._see_response)
        self.page.on("console", self._see_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))

    def close(self) -> None:
        """Close the window; fails when anything went wrong on the way."""
        self.context.close()
        assert self.problems == []

    # What goes over the network

    def _see_request(self, request: Request) -> None:
        self.urls.append(request.url)
        if request.url in self.expected_elsewhere:
            return
        if goes_elsewhere(request.url, self.origin):
            self.problems.append(f"request to elsewhere: {request.url}")
        if holds_answer(request.url, option_ids()) and not is_about_a_country(request.url):
            self.problems.append(f"answer in the address: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._allowed:
            self.problems.append(f"status {response.status}: {response.url}")

    def _see_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        status = _STATUS.match(message.text)
        if not status or int(status[1]) not in self._allowed:
            self.problems.append(f"console: {message.text}")

    def allow(self, status: int) -> None:
        """From now on, an answer with this status is no problem."""
        self._allowed.add(status)

    # Where one is

    @property
    def path(self) -> str:
        """The address of the page shown, without the host; a question by its id."""
        return with_ids(urlsplit(self.page.url).path, self._visitor)

    def place(self, name: str) -> str:
        """The address of a page in the language of this visitor; a question is named by its id."""
        address = f"/{self.lang}/{name}"
        if not is_of_question(address):
            return address
        if self._visitor is None:
            self.context.request.get(f"/{self.lang}/check")
        visitor = self._visitor
        return with_letters(address, visitor) if visitor else address

    @property
    def _visitor(self) -> bytes | None:
        return visitor_of(self._cookies, (COOKIE_KEY,))

    @property
    def _cookies(self) -> dict[str, str]:
        return {str(each["name"]): str(each["value"]) for each in self.context.cookies()}

    @property
    def answers(self) -> dict[str, Any]:
        """The answers in the cookies of this visitor."""
        try:
            cookies = self._cookies
            content = Sealer((COOKIE_KEY,), 60).open(cookies["answers"], cookies["opener"])
        except (KeyError, CannotOpenError):
            return {}
        answers: dict[str, Any] = content.get("answers", {})
        return answers

    def go(self, name: str, status: int = 200) -> None:
        """Open a page and look at it."""
        self.allow(status)
        response = self.page.goto(self.place(name))
        assert response
        assert response.status == status
        self._arrive(name)
        self.look()

    def _arrive(self, name: str) -> None:
        """Wait for what a page does by itself, or at the first sign of life."""
        if name == "form" and self.javascript:
            self.page.mouse.move(1, 1)
            expect(self.page.locator("option[value=ZW]")).to_be_attached()
            expect(self.page.locator("input[role=combobox]")).to_be_attached()
            expect(self.page.locator("[data-keys][hidden]")).to_have_count(0)
        elif name == "form":
            self.page.wait_for_url("**/form/whole")

    def look(self) -> None:
        """Check the page shown, as far as a person could see it."""
        seen = self.page.evaluate(LOOK, {"smallest": SMALLEST_TARGET, "apart": APART})
        language = languages()[self.lang]
        name = f"{self.path} ({self.page.viewport_size})"
        assert seen["lang"] == language.tag, name
        assert seen["dir"] == seen["usedDirection"] == language.direction, name
        for fault in ("outside", "duplicates", "unnamed", "loose", "small", "touching"):
            assert seen[fault] == [], f"{name}: {fault}: {seen[fault]}"
        assert seen["scroll"] <= 0, f"{name} scrolls sideways by {seen['scroll']}"
        # The form has a second address, where more of it is in the page.
        page = self.path.removesuffix("/whole")
        if self._last and self._last[0] != page:
            assert seen["title"] != self._last[1], f"{name} has the title of {self._last[0]}"
        self._last = (page, seen["title"])

    # What one does

    def choose(self, answer: Answer) -> None:
        """Choose options on the page of a question."""
        if self.page.locator("select[name=answer]").count():
            choose_country(self.page.locator("main form"), as_list(answer)[0])
            return
        for option in as_list(answer):
            self.page.locator(f"main label[for={self.control_id(option)}]").click()

    def control_id(self, option: str) -> str:
        """The id of the control for an option."""
        found = self.page.locator(f"main input[name=answer][value='{option}']").get_attribute("id")
        assert found
        return found

    def send(self) -> None:
        """Press the button of the question, and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator("main form .button").click()

    def answer(self, question_id: str, answer: Answer) -> None:
        """Answer the question shown, which must be this one."""
        assert self.path == f"/{self.lang}/check/{question_id}"
        self.choose(answer)
        self.send()

    def answer_all(self, route: Route) -> None:
        """Answer the whole route, looking at every page, up to the result."""
        for question_id, answer in route.items():
            self.look()
            self.answer(question_id, answer)
        assert self.path == self.place("result")
        self.look()

    def answer_behind_the_scenes(self, route: Route) -> None:
        """Give all answers without looking at the pages, to be quick."""
        for question_id, answer in route.items():
            form = "&".join(f"answer={option}" for option in as_list(answer))
            self.context.request.post(
                self.place(f"check/{question_id}"),
                data=form,
                headers={"Content-Type": "application/x-www-form-urlencoded"},
                max_redirects=0,
            )

    def help_a_client(self) -> None:
        """Use helper mode from now on."""
        self.context.add_cookies([{"name": "helping", "value": "1", "url": self.origin}])

    def begin(self, question_id: str) -> None:
        """Press Start, which leads to this question."""
        with self.page.expect_navigation():
            self.page.locator(f"main a[href='/{self.lang}/check']").first.click()
        assert self.path == f"/{self.lang}/check/{question_id}"
        self.look()

    def follow(self, place: str) -> None:
        """Follow the link in the content that leads there."""
        with self.page.expect_navigation():
            self.page.locator(f"main a[href='{self.place(place)}']").first.click()
        self._arrive(place)
        assert self.path.removesuffix("/whole") == f"/{self.lang}/{place}"
        self.look()

    def open_all_details(self) -> None:
        """Open everything that can be folded."""
        self.page.evaluate(
            "document.querySelectorAll('main details').forEach((d) => d.open = true)"
        )

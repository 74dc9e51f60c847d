"""Leaves quickly with a real keyboard, again and again, and counts who stayed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page, Playwright

from tests.browser.firefox import Firefox, running_firefox
from tests.browser.real_window import Screen
from tests.browser.visitor import ARGUMENTS, chromium_path

PAGE = "/en/check/asylum_decision"
OPENER = "document.cookie = 'opener=0123456789abcdef; Path=/; SameSite=Lax'"
"""The second part with which the server opens answers; a script can delete it."""


_LONGEST_WAY = 15
"""Seconds until the harmless page is there, on a busy machine."""


class Window(Protocol):
    """A real window of some browser."""

    def open(self, address: str) -> None: ...
    def run(self, script: str) -> object: ...
    def address(self) -> str: ...


class ChromiumWindow:
    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, address: str) -> None:
        self._page.goto(address)

    def run(self, script: str) -> object:
        return self._page.evaluate(script)

    def address(self) -> str:
        # While it waits Playwright hears where the page has gone.
        self._page.wait_for_timeout(50)
        return self._page.url


class FirefoxWindow:
    def __init__(self, firefox: Firefox) -> None:
        self._firefox = firefox

    def open(self, address: str) -> None:
        self._firefox.go(address)

    def run(self, script: str) -> object:
        return self._firefox.ask(f"return {script}")

    def address(self) -> str:
        return str(self._firefox.send("WebDriver:GetCurrentURL"))


@contextmanager
def real_window(
    name: str, screen: Screen, folder: Path, playwright: Playwright
) -> Iterator[Window]:
    """A window of Chromium or Firefox on the screen, with a new profile."""
    if name == "firefox":
        with running_firefox(folder, screen.environment) as firefox:
            yield FirefoxWindow(firefox)
        return
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=chromium_path(),
        args=ARGUMENTS,
        headless=False,
        env=screen.environment,
        no_viewport=True,
    )
    yield ChromiumWindow(context.pages[0])
    context.close()


def stayed(
    window: Window,
    screen: Screen,
    *,
    origin: str,
    harmless: str,
    times: int,
    presses: int,
    spoil: Callable[[], None] = lambda: None,
    mend: Callable[[], None] = lambda: None,
) -> list[str]:
    """Where somebody was who pressed Escape, for each time it was not the harmless page; and
    "open" for each time the answers could still be opened.

    `spoil` makes the network bad before the keys are pressed, `mend` good again after it.
    """
    wrong: list[str] = []
    for _ in range(times):
        window.open(origin + PAGE)
        window.run(OPENER)
        screen.focus("Terugkeerwijzer")
        spoil()
        screen.press(*["Escape"] * presses)
        if not arrived(window, harmless):
            wrong.append(window.address())
        mend()
        window.open(f"{origin}/en/privacy")
        if "opener" in str(window.run("document.cookie")):
            wrong.append("open")
    return wrong


def answered_two(window: Window, origin: str) -> list[str]:
    """Answer two questions as a person does; the addresses of both, and of the one that follows."""
    window.open(f"{origin}/en/check")
    addresses = [window.address()]
    for _ in range(2):
        window.run("document.querySelector('main [type=radio]').click()")
        window.run("document.querySelector('main form[data-question]').requestSubmit()")
        addresses.append(_next_address(window, addresses[-1]))
    return addresses


def _next_address(window: Window, before: str) -> str:
    loaded = "document.readyState === 'complete'"
    end = time.monotonic() + _LONGEST_WAY
    while window.address() == before or not window.run(loaded):
        assert time.monotonic() < end, f"nothing came after {before}"
        time.sleep(0.1)
    return window.address()


def chosen_on_the_page(window: Window) -> int:
    """How many answers the page shows as chosen."""
    return int(str(window.run("document.querySelectorAll('main input:checked').length")))


def arrived(window: Window, harmless: str) -> bool:
    """Whether the window shows the harmless page, after the time it may take."""
    end = time.monotonic() + _LONGEST_WAY
    while time.monotonic() < end:
        if window.address() == harmless:
            return True
        time.sleep(0.1)
    return False

"""Three Escapes on a real keyboard leave, though Escape is also the browser's own key."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.bad_network import bad_network
from tests.browser.leaving_by_keys import (
    answered_two,
    arrived,
    chosen_on_the_page,
    real_window,
    stayed,
)
from tests.browser.real_window import hidden_screen, slow_weather
from tests.support.servers import running


@pytest.mark.parametrize("browser_name", ["chromium", "firefox"])
def test_three_real_escapes_leave_and_so_do_more_of_them(
    playwright: Playwright, tmp_path: Path, browser_name: str
) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    with (
        slow_weather(0.6) as harmless,
        running(tmp_path, LEAVE_URL=harmless) as server,
        hidden_screen() as screen,
        real_window(browser_name, screen, profile, playwright) as window,
    ):
        for presses in (3, 5):
            wrong = stayed(
                window,
                screen,
                origin=server.origin,
                harmless=harmless,
                times=3,
                presses=presses,
            )
            assert wrong == [], presses


@pytest.mark.parametrize("browser_name", ["chromium", "firefox"])
def test_after_three_real_escapes_back_and_typed_addresses_show_no_answer_whatever_the_network_does(
    playwright: Playwright, tmp_path: Path, browser_name: str
) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    with (
        slow_weather(0.2) as harmless,
        running(tmp_path, LEAVE_URL=harmless) as server,
        bad_network(server) as network,
        hidden_screen() as screen,
        real_window(browser_name, screen, profile, playwright) as window,
    ):
        for is_cut in (False, True):
            addresses = answered_two(window, network.origin)
            window.open(addresses[1])
            assert chosen_on_the_page(window) == 1
            window.open(addresses[2])
            screen.focus("Terugkeerwijzer")
            network.is_cut = is_cut
            screen.press(*["Escape"] * 3)
            assert arrived(window, harmless)
            network.is_cut = False
            window.run("history.back()")
            time.sleep(1)
            assert window.address().startswith(network.origin)
            assert chosen_on_the_page(window) == 0
            for typed in (*addresses, f"{network.origin}/en/check"):
                window.open(typed)
                assert chosen_on_the_page(window) == 0, typed

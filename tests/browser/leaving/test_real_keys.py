"""Three Escapes on a real keyboard leave, though Escape is also the browser's own key."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.leaving_by_keys import real_window, stayed
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

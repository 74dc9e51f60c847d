"""Leaving with a real keyboard in real windows, many times, whatever the network does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.bad_network import BadNetwork, bad_network, delay, drop
from tests.browser.leaving_by_keys import Window, real_window, stayed
from tests.browser.real_window import Screen, hidden_screen, slow_weather
from tests.support.servers import running

pytestmark = [pytest.mark.slow, pytest.mark.browser]

TIMES = 12


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with hidden_screen() as started:
        yield started


@pytest.fixture(scope="module")
def harmless() -> Iterator[str]:
    with slow_weather(0.6) as address:
        yield address


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory, harmless: str) -> Iterator[BadNetwork]:
    folder = tmp_path_factory.mktemp("server")
    with running(folder, LEAVE_URL=harmless) as server, bad_network(server) as between:
        yield between


@pytest.fixture(params=["chromium", "firefox"])
def window(
    request: pytest.FixtureRequest, screen: Screen, tmp_path: Path, playwright: Playwright
) -> Iterator[Window]:
    with real_window(request.param, screen, tmp_path, playwright) as started:
        yield started


def cut(network: BadNetwork) -> None:
    network.is_cut = True


def delayed(network: BadNetwork) -> None:
    network.changes[""] = delay(3)


def dropped(network: BadNetwork) -> None:
    network.changes[""] = drop


def good(network: BadNetwork) -> None:
    network.is_cut = False
    network.changes.clear()


@pytest.mark.parametrize("spoil", [good, cut, delayed, dropped])
@pytest.mark.parametrize("presses", [3, 6])
def test_nobody_stays_and_nothing_opens(
    *,
    window: Window,
    screen: Screen,
    network: BadNetwork,
    harmless: str,
    spoil: Callable[[BadNetwork], None],
    presses: int,
) -> None:
    wrong = stayed(
        window,
        screen,
        origin=network.origin,
        harmless=harmless,
        times=TIMES,
        presses=presses,
        spoil=lambda: spoil(network),
        mend=lambda: good(network),
    )
    print(f"stayed or open: {len(wrong)} of {TIMES}")
    assert wrong == []

"""A running service and a Chromium for all browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.states import OPERATOR
from tests.browser.visitor import PATIENCE, Visitor, launch_chromium
from tests.support.servers import Service, running

HERE = Path(__file__).parent
# A busy machine is slow, and not wrong: what does come is not waited for any longer by this.
expect.set_options(timeout=PATIENCE)

VisitorMaker = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service."""
    with running(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(scope="session")
def broken_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service with pages that fail, and with somebody who runs it."""
    folder = tmp_path_factory.mktemp("broken")
    with running(folder, "tests.support.broken.failing_app:make()", **OPERATOR) as started:
        yield started


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser."""
    chromium = launch_chromium(playwright)
    yield chromium
    chromium.close()


@pytest.fixture
def new_visitor(browser: Browser, server: Service) -> Iterator[VisitorMaker]:
    """Makes visitors, and looks at the end whether anything went wrong for them."""
    visitors: list[Visitor] = []

    def make(lang: str = "en", origin: str = server.origin, **options: Any) -> Visitor:
        visitors.append(Visitor(browser, origin, lang, **options))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def visitor(new_visitor: VisitorMaker) -> Visitor:
    """A visitor with English, scripts and a wide window."""
    return new_visitor()

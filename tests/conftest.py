"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import settings

from tests.support.keys import COOKIE_KEY
from tests.support.page_client import PageClient
from tests.support.question_addresses import ClientByIds
from wizard import create_app
from wizard.settings import read_settings

# A deadline measures how busy the machine is, not the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

AppMaker = Callable[..., Flask]


@pytest.fixture(scope="session")
def make_app() -> AppMaker:
    """Make an app; keyword arguments are settings as in the environment."""

    def make(**environment: str) -> Flask:
        defaults = {"COOKIE_KEYS": COOKIE_KEY, "RATELIMIT_ENABLED": "false"}
        chosen = read_settings({**defaults, **environment})
        app = create_app(chosen)
        app.config["TEST_KEYS"] = chosen.cookie_keys
        app.test_client_class = ClientByIds
        return app

    return make


@pytest.fixture(scope="session")
def app(make_app: AppMaker) -> Flask:
    """The app as it is served, without limits."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor who has not been here before."""
    return PageClient(app)


@pytest.fixture
def new_client(app: Flask) -> Callable[..., PageClient]:
    """Makes visitors: `new_client("nl")`."""

    def make(lang: str = "en") -> PageClient:
        return PageClient(app, lang)

    return make


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests counted (`record_property`): figures, and not only that they passed."""
    counted = [
        f"{report.nodeid.rpartition('::')[2]}: {name} = {value}"
        for reports in (
            terminalreporter.getreports("passed"),
            terminalreporter.getreports("failed"),
        )
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, value in report.user_properties
    ]
    if counted:
        terminalreporter.section("figures")
        for line in counted:
            terminalreporter.line(line)

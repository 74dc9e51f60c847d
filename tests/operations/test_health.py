"""Whoever watches the service is told the truth."""

from __future__ import annotations

from typing import NoReturn

import pytest
from flask import Flask

from rules.engine.ruleset import Ruleset
from tests.conftest import AppMaker
from wizard.monitoring import health


def test_a_worker_that_can_decide_is_ready(app: Flask):
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"ready": True})


def test_a_worker_whose_engine_fails_is_alive_but_not_ready(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_arguments: object) -> NoReturn:
        raise OSError("a message")

    app = make_app()
    monkeypatch.setattr(Ruleset, "conclude", fail)
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, {"ready": False})
    assert app.test_client().get("/healthz").status_code == 200
    assert caplog.messages == ["Not ready: OSError"]


def test_who_asks_often_whether_a_worker_is_ready_lets_it_decide_once_a_second(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
):
    decided: list[object] = []
    conclude = Ruleset.conclude

    def count(*arguments: object) -> object:
        decided.append(arguments)
        return conclude(*arguments)  # type: ignore[arg-type]

    now = 100.0
    monkeypatch.setattr(Ruleset, "conclude", count)
    monkeypatch.setattr(health, "monotonic", lambda: now)
    http = make_app().test_client()
    assert {http.get("/readyz").status_code for _ in range(50)} == {200}
    assert len(decided) == 1
    now += 1
    http.get("/readyz")
    assert len(decided) == 2


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nobody_keeps_what_was_true_a_moment_ago(app: Flask, path: str):
    assert app.test_client().get(path).headers["Cache-Control"] == "no-store"

"""Figures over several workers, which name no person, and no way to them from the pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from rules import default_decider
from tests.support.http_visitor import ask, post, walk
from tests.support.journeys import DECIDED, STAY
from tests.support.keys import COOKIE_KEY
from tests.support.redis_server import free_port
from tests.support.servers import ROOT, Service, running
from wizard.i18n.countries import country_names
from wizard.i18n.languages import languages

_SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? ([\d.e+]+)$", re.MULTILINE)
_LABEL = re.compile(r'(\w+)="([^"]*)"')
PLACES = ("/metrics", "/metrics/", "/en/metrics")
ROUTES_OF_OURS = re.compile(r"^(unmatched|static|healthz|readyz|[a-z_]+\.[a-z_]+)$")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, int]]:
    """Three workers, and the port for figures."""
    port = free_port()
    with running(
        tmp_path_factory.mktemp("metrics"),
        COOKIE_KEYS=COOKIE_KEY,
        WEB_CONCURRENCY="3",
        METRICS_BIND=f"127.0.0.1:{port}",
    ) as service:
        yield service, port


def figures(port: int) -> dict[tuple[str, str], float]:
    """Every figure by its name and labels."""
    answer = ask(port, "/metrics")
    assert answer.status == 200
    return {(name, labels): float(value) for name, labels, value in _SAMPLE.findall(answer.text)}


def total(port: int, name: str, **labels: str) -> float:
    """The sum of all figures with this name and these labels."""
    wanted = set(labels.items())
    return sum(
        value
        for (found, text), value in figures(port).items()
        if found == f"terugkeerwijzer_{name}" and wanted <= set(_LABEL.findall(text))
    )


def test_requests_to_all_workers_are_added_up_and_timed(served: tuple[Service, int]):
    service, port = served
    before = total(port, "requests_total", route="pages.start", status="200")
    timed = total(port, "request_seconds_count", route="pages.start")
    for _ in range(60):
        ask(service.port, "/en/")
    assert total(port, "requests_total", route="pages.start", status="200") == before + 60
    assert total(port, "request_seconds_count", route="pages.start") == timed + 60


def test_completions_decisions_and_whether_it_helped_are_counted(served: tuple[Service, int]):
    service, port = served
    names = ("completions_total", "helpful_total", "not_helpful_total", "decision_seconds_count")
    before = {name: total(port, name) for name in names}
    for _ in range(3):
        walked = walk(service.port, STAY)
        header = {"Cookie": walked.cookie}
        ask(service.port, "/en/result", headers=header)
        # An answer that is changed afterwards does not complete it once more.
        changed = post(
            service.port, walked.addresses["residence"], {"answer": "vbl"}, headers=header
        )
        assert changed.headers["Location"] == "/en/result"
    for value in ("yes", "yes", "no"):
        post(service.port, "/en/helpful", {"helpful": value})
    after = {name: total(port, name) - before[name] for name in names}
    assert after == {
        "completions_total": 3,
        "helpful_total": 2,
        "not_helpful_total": 1,
        "decision_seconds_count": 3,
    }


def test_what_a_worker_counted_outlives_it(served: tuple[Service, int]):
    service, port = served
    for _ in range(30):
        ask(service.port, "/en/")
    before = total(port, "requests_total", route="pages.start")
    service.kill_worker()
    assert total(port, "requests_total", route="pages.start") == before
    service.reload()
    ask(service.port, "/en/")
    assert total(port, "requests_total", route="pages.start") == before + 1


def personal_words() -> set[str]:
    """Every question, option, country code and name, and language that a label could betray."""
    questions = default_decider().policy.questionnaire.questions
    words = {question.id for question in questions}
    words |= {option for question in questions for option in question.option_ids}
    codes = default_decider().policy.questionnaire.by_id["country"].country_codes
    words |= {name for _, name in country_names(codes, languages()["en"])}
    return words | set(languages())


def test_no_figure_is_labelled_by_question_answer_country_language_or_address(
    served: tuple[Service, int],
):
    service, port = served
    walk(service.port, DECIDED, "nl")
    ask(service.port, "/nl/trafficking")
    ask(service.port, "/nl/check/SO?answer=with_children", headers={"Cookie": "language=nl"})
    ask(service.port, "/en/", method="TRAFFICKING")
    words = personal_words()
    seen: dict[str, set[str]] = {}
    for _, labels in figures(port):
        for label, value in _LABEL.findall(labels):
            seen.setdefault(label, set()).add(value)
            assert value not in words
    assert set(seen) == {"route", "method", "status", "le"}
    assert all(ROUTES_OF_OURS.match(route) for route in seen["route"]), seen["route"]
    assert seen["method"] <= {"GET", "HEAD", "POST", "OPTIONS", "other"}
    assert all(re.fullmatch(r"\d{3}", status) for status in seen["status"])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "127.0.0.1:{metrics}"},
        {"X-Forwarded-Host": "127.0.0.1:{metrics}", "X-Forwarded-Port": "{metrics}"},
        {"Forwarded": "host=127.0.0.1:{metrics}"},
    ],
    ids=str,
)
def test_the_pages_do_not_show_figures_whatever_a_visitor_claims(
    served: tuple[Service, int], headers: dict[str, str]
):
    service, port = served
    claimed = {name: value.format(metrics=port) for name, value in headers.items()}
    for path in PLACES:
        answer = ask(service.port, path, headers=claimed)
        assert answer.status in {308, 404}
        assert "terugkeerwijzer_" not in answer.text


def test_not_even_a_trusted_proxy_can_be_made_to_ask_for_figures(tmp_path: Path):
    port = free_port()
    with running(tmp_path, METRICS_BIND=f"127.0.0.1:{port}", TRUSTED_PROXIES="1") as service:
        claimed = {"X-Forwarded-Host": f"127.0.0.1:{port}", "X-Forwarded-Port": str(port)}
        for path in ("/metrics/", "/metrics"):
            refused = ask(service.port, path, headers=claimed)
            assert refused.status == 404
            assert "terugkeerwijzer_" not in refused.text
        assert ask(port, "/metrics").status == 200


@pytest.mark.parametrize("path", ["/", "/en/", "/healthz", "/api/v1/questions"])
def test_the_port_for_figures_shows_nothing_else(served: tuple[Service, int], path: str):
    assert ask(served[1], path).status == 404


def test_without_a_setting_there_are_no_figures_to_fetch(app: Flask):
    answer = app.test_client().get("/metrics", follow_redirects=True)
    assert answer.status_code == 404


def test_nothing_is_left_in_memory_when_the_server_has_stopped(tmp_path: Path):
    with running(tmp_path, METRICS_BIND=f"127.0.0.1:{free_port()}") as service:
        ask(service.port, "/en/")
        of_this_run = f"terugkeerwijzer-{service.master}-*"
        assert len(list(Path("/dev/shm").glob(of_this_run))) == 2
    assert list(Path("/dev/shm").glob(of_this_run)) == []


@pytest.mark.parametrize(("bind", "loaded"), [("", "False"), ("127.0.0.1:9", "True")])
def test_what_counts_is_loaded_only_where_somebody_can_fetch_it(bind: str, loaded: str):
    script = "import sys, wsgi; print('prometheus_client' in sys.modules)"
    environment = {**os.environ, "COOKIE_KEYS": COOKIE_KEY, "METRICS_BIND": bind}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    assert done.stdout.decode().split() == [loaded]

"""The log is made for machines, and holds nothing of who asked or what was answered."""

from __future__ import annotations

import json
import logging
import re
import ssl
import sys
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from serving.logs import JsonLines, NoVisitors, TextLines
from tests.conftest import AppMaker
from tests.operations.requests.test_headers import paths
from tests.operations.requests.test_refusals import REQUESTS, send
from tests.support.http_visitor import Walk, ask, post, walk
from tests.support.journeys import DECIDED, DISTINCTIVE
from tests.support.keys import COOKIE_KEY
from tests.support.nginx_server import nginx
from tests.support.redis_server import free_port, redis_server
from tests.support.servers import running

ADDRESS = "127.0.0.23"
FORWARDED = "203.0.113.77"


@pytest.fixture(scope="module")
def run(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Walk]]:
    """All that a full run wrote: the app with every setting on, nginx before it, Redis behind it;
    and the way through it, with what it gave away.
    """
    everywhere = [each for each in paths(app) if each[0] not in {"HEAD", "OPTIONS"}]
    folder = tmp_path_factory.mktemp("run")
    (folder / "redis").mkdir()
    with (
        redis_server(folder / "redis") as redis,
        running(
            folder / "app",
            "tests.support.broken.failing_app:make()",
            COOKIE_KEYS=COOKIE_KEY,
            RATELIMIT_ENABLED="true",
            RATELIMIT_STORAGE_URI=redis.uri,
            RATELIMIT="200 per minute",
            LOG_FORMAT="json",
            ACCESS_LOG="-",
            TRUSTED_PROXIES="1",
            METRICS_BIND=f"127.0.0.1:{free_port()}",
            STATE_FOLDER=str(folder / "state"),
            PROMETHEUS_MULTIPROC_DIR=str(folder / "figures"),
        ) as service,
        nginx(folder / "nginx", [service.port]) as balancer,
    ):
        walked = walk(service.port, DECIDED)
        service.reload()
        # A worker that is killed while it starts leaves its copy of the policy: time for them all.
        visit_all_kinds(service.port, walked, everywhere)
        service.kill_worker()
        visit_all_kinds(balancer.port, walked, everywhere, balancer.tls)
        for request, _ in REQUESTS.values():
            send(service.port, request)
        ask(balancer.plain_port, "/en/trafficking", source=ADDRESS)
        while ask(service.port, "/en/", source=ADDRESS).status != 429:
            pass
        service.kill()
        away = ask(balancer.port, "/en/trafficking", source=ADDRESS, tls=balancer.tls)
        assert away.status == 502
    yield folder, walked


def visit_all_kinds(
    port: int,
    walked: Walk,
    everywhere: list[tuple[str, str]],
    tls: ssl.SSLContext | None = None,
) -> None:
    """Every page, wrong requests, and some that let the app fail, all from one address."""
    told = {
        "Cookie": walked.cookie,
        "X-Forwarded-For": FORWARDED,
        "User-Agent": "trafficking-agent",
    }
    options: dict[str, Any] = {"source": ADDRESS, "tls": tls}
    for method, path in everywhere:
        ask(port, path, method=method, headers=told, **options)
    for path in ("/en/with_children", "/x?a=trafficking"):
        ask(port, path, headers=told, **options)
    for place, data in {
        walked.addresses["household"]: {"answer": "with_children_too"},
        "/en/helpful": {"helpful": "trafficking"},
        "/en/case": {"code": "trafficking"},
    }.items():
        post(port, place, data, headers=told, **options)
    body = json.dumps({"answers": {"country": "Somalia"}}).encode()
    json_headers = {**told, "Content-Type": "application/json"}
    for path in ("/api/v1/decisions", "/api/v1/questions"):
        ask(port, path, method="POST", body=body, headers=json_headers, **options)
    ask(port, "/api/v1/questions?lang=trafficking", headers=told, **options)


def wait_until_no_policy_is_read(folder: Path) -> None:
    """A worker that starts puts the policy into a folder of its own for a moment."""
    end = time.monotonic() + 60
    while any(folder.rglob("policy-*/")):
        assert time.monotonic() < end
        time.sleep(0.1)


def written_below(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file that was written, but for the policy data and keys that were put there."""
    for file in sorted(folder.rglob("*")):
        is_policy = file.name == "policy.json" or "policies" in file.parts
        if file.is_file() and not is_policy and file.suffix not in {".pem", ".conf"}:
            yield file, file.read_text(encoding="utf-8", errors="replace")


def test_a_full_run_writes_no_answer_no_address_and_no_cookie(run: tuple[Path, Walk]):
    folder, walked = run
    cookies = SimpleCookie(walked.cookie)
    tokens = [cookies[name].value for name in ("answers", "opener")]
    tokens += [token[:20] for token in tokens]
    letters = [address.rpartition("/")[2] for address in walked.addresses.values()]
    forbidden = [*DISTINCTIVE, ADDRESS, FORWARDED, *tokens, *letters, COOKIE_KEY, "agent"]
    wait_until_no_policy_is_read(folder)
    files = list(written_below(folder))
    assert any("Unexpected error" in text for _, text in files)
    assert any('"status": 429' in text for _, text in files)
    found = [(file.name, word) for file, text in files for word in forbidden if word in text]
    assert found == []


def test_the_figures_are_among_what_was_searched(run: tuple[Path, Walk]):
    suffixes = {file.suffix for file, text in written_below(run[0]) if text}
    assert {".db", ".log"} <= suffixes


def lines_of(run: tuple[Path, Walk]) -> list[dict[str, Any]]:
    """The log of the app."""
    text = (run[0] / "app" / "output.log").read_text(encoding="utf-8")
    told = [line for line in text.splitlines() if line.startswith("{")]
    return [json.loads(line) for line in told]


def test_each_line_is_one_json_object_with_a_time_and_a_level(run: tuple[Path, Walk]):
    text = (run[0] / "app" / "output.log").read_text(encoding="utf-8")
    others = [line for line in text.splitlines() if not line.startswith("{")]
    assert all(line.startswith("Terugkeerwijzer: ") for line in others), others
    for line in lines_of(run):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line["time"])
        assert line["level"] in {"info", "warning", "error"}


def test_a_line_for_a_request_tells_its_route_status_and_time_only(run: tuple[Path, Walk]):
    requests = [line for line in lines_of(run) if line["logger"] == "wizard.requests"]
    usual = {"time", "level", "logger", "message", "pid"}
    assert all(set(line) == usual | {"route", "status", "milliseconds"} for line in requests)
    routes = {line["route"] for line in requests}
    assert {"/<lang>/check/<letters>", "/<lang>/result", "unmatched"} <= routes


def test_a_line_for_a_request_tells_the_time_where_no_figures_are_served(
    make_app: AppMaker, caplog: pytest.LogCaptureFixture
):
    http = make_app(ACCESS_LOG="-").test_client()
    caplog.set_level(logging.INFO, "wizard.requests")
    for path in ("/en/", "/nonsense", "/xx/"):
        http.get(path)
    http.post("/en/forget", headers={"Sec-Fetch-Site": "cross-site"})
    told = [record.__dict__["told"] for record in caplog.records]
    assert [line["status"] for line in told] == [200, 404, 404, 403]
    assert all(0 < line["milliseconds"] < 60_000 for line in told)


def test_an_unexpected_error_names_its_kind_and_where_it_was(run: tuple[Path, Walk]):
    errors = [line["message"] for line in lines_of(run) if line["level"] == "error"]
    assert any("RuntimeError < " in each and "failing_app.py:" in each for each in errors)


@pytest.mark.parametrize("formatter", [JsonLines(), TextLines()], ids=["json", "text"])
def test_the_message_of_an_error_is_never_written(formatter: logging.Formatter):
    try:
        raise ValueError("with_children")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "Failed", (), sys.exc_info())
    line = formatter.format(record)
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "with_children" not in line


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("Invalid request from ip=192.0.2.7: trafficking", ()),
        ("Error handling request %s %s", ("GET", "/en/trafficking")),
        ("Error handling request %s", ("/en/trafficking",)),
    ],
)
def test_what_gunicorn_says_of_a_visitor_is_replaced(message: str, arguments: tuple[str, ...]):
    record = logging.LogRecord("gunicorn.error", 30, "x.py", 1, message, arguments, None)
    assert NoVisitors().filter(record)
    said = record.getMessage()
    assert said
    assert not any(word in said for word in ("192", "trafficking", "/en"))

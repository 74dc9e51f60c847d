"""Limits spare a shelter that shares one address; Redis counts for all workers, or nobody waits."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from limits import parse

from tests.conftest import AppMaker
from tests.support.http_visitor import ask, post
from tests.support.keys import COOKIE_KEY
from tests.support.redis_server import RedisServer, redis_server
from tests.support.servers import Service, running
from wizard.api.views import DECISIONS_PER_MINUTE
from wizard.web.rate_limits import PER_MINUTE, RESULTS_PER_MINUTE, limiter, of_each_counter

NO_NAME = re.compile("[0-9a-f]{32}")
PEOPLE = 300
A_MINUTE_EACH = 20
"""Requests in a minute of somebody who answers a question every six seconds."""


@pytest.fixture
def limited(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An app that counts, from nothing."""
    monkeypatch.setattr(limiter, "enabled", True)
    return make_app(RATELIMIT_ENABLED="true", RATELIMIT="5 per minute")


def test_by_default_300_people_may_answer_a_question_every_six_seconds():
    assert parse(PER_MINUTE).amount >= PEOPLE * A_MINUTE_EACH
    assert parse(PER_MINUTE).get_expiry() == 60


@pytest.mark.slow
def test_300_people_in_one_shelter_are_spared_and_more_is_not_taken(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limiter, "enabled", True)
    http = make_app(RATELIMIT_ENABLED="true").test_client()
    statuses = Counter(http.get("/").status_code for _ in range(PEOPLE * A_MINUTE_EACH))
    assert statuses == {302: PEOPLE * A_MINUTE_EACH}
    assert http.get("/").status_code == 429


def statuses(app: Flask, address: str, times: int, path: str = "/") -> list[int]:
    """What an address is answered."""
    http = app.test_client()
    base = {"REMOTE_ADDR": address}
    return [http.get(path, environ_base=base).status_code for _ in range(times)]


def test_one_limit_counts_over_all_pages(limited: Flask):
    asked = ["/", "/nl/", "/nl/rules", "/nl/privacy", "/nl/words", "/nl/flow"]
    said = [statuses(limited, "192.0.2.3", 1, path)[0] for path in asked]
    assert said == [302, 200, 200, 200, 200, 429]


def test_workers_that_count_for_themselves_allow_their_part_each(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limiter, "enabled", True)
    limits = {"RATELIMIT_ENABLED": "true", "RATELIMIT": "10 per minute; 5 per second"}
    app = make_app(**limits, WEB_CONCURRENCY="4")
    with app.app_context():
        parts = of_each_counter("10 per minute; 5 per 30 second")
    assert parts == "4 per 1 minute; 2 per 30 second"
    app.config["RATE_LIMIT"] = "10 per minute"
    assert statuses(app, "192.0.2.4", 5) == [302] * 4 + [429]


def test_what_costs_much_has_a_limit_of_its_own(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limiter, "enabled", True)
    http = make_app(RATELIMIT_ENABLED="true").test_client()
    most = int(DECISIONS_PER_MINUTE.split()[0])
    body = {"answers": {}}
    said = Counter(http.post("/api/v1/decisions", json=body).status_code for _ in range(most + 1))
    assert said == {200: most, 429: 1}
    most = int(RESULTS_PER_MINUTE.split()[0])
    pages = ("/nl/result", "/nl/result/why", "/nl/compare", "/nl/paper")
    said = Counter(http.get(pages[n % 4]).status_code for n in range(most + 1))
    assert said == {303: most, 429: 1}
    assert http.get("/nl/").status_code == 200


def test_one_connection_to_the_internet_is_one_visitor_whatever_ipv6_address_it_takes(
    limited: Flask,
):
    first = statuses(limited, "2001:db8:1:2::1", 5)
    assert first == [302] * 5
    assert statuses(limited, "2001:db8:1:2:ffff::9", 1) == [429]
    assert statuses(limited, "2001:db8:1:3::1", 1) == [302]


ONE_VISITOR = [
    ("203.0.113.9:50001", "203.0.113.9:50002"),
    ("203.0.113.9", "203.0.113.9:443"),
    ("::ffff:203.0.113.9", "203.0.113.9"),
    ("64:ff9b::203.0.113.9", "203.0.113.9"),
    ("[2001:db8:1:2::1]:50001", "2001:db8:1:2:3::9"),
    ("[2001:db8:1:2::1]", "2001:db8:1:2::1%eth0"),
    ("_hidden", "unknown"),
]
TWO_VISITORS = [
    ("::ffff:203.0.113.9", "::ffff:203.0.113.10"),
    ("64:ff9b::203.0.113.9", "64:ff9b::203.0.113.10"),
    ("203.0.113.9:50001", "203.0.113.10:50001"),
    ("[2001:db8:1:2::1]:50001", "[2001:db8:1:3::1]:50001"),
]


@pytest.mark.parametrize(("one", "other"), ONE_VISITOR)
def test_what_a_visitor_can_change_of_an_address_does_not_count(
    limited: Flask, one: str, other: str
):
    assert statuses(limited, one, 5) == [302] * 5
    assert statuses(limited, other, 1) == [429]


@pytest.mark.parametrize(("one", "other"), TWO_VISITORS)
def test_each_visitor_is_counted_for_itself(limited: Flask, one: str, other: str):
    assert statuses(limited, one, 6)[-1] == 429
    assert statuses(limited, other, 1) == [302]


def test_a_port_that_a_proxy_writes_is_no_new_visitor(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limiter, "enabled", True)
    app = make_app(RATELIMIT_ENABLED="true", RATELIMIT="5 per minute", TRUSTED_PROXIES="1")
    http = app.test_client()
    asked = [
        http.get("/", headers={"X-Forwarded-For": f"203.0.113.9:{50_000 + n}"}) for n in range(6)
    ]
    assert [answer.status_code for answer in asked] == [302] * 5 + [429]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_who_watches_the_service_is_never_refused(limited: Flask, path: str):
    assert statuses(limited, "192.0.2.1", 20, path) == [200] * 20


def test_nothing_that_is_counted_names_an_address(limited: Flask):
    statuses(limited, "192.0.2.77", 3)
    assert limiter.storage is not None
    kept = vars(limiter.storage)
    assert len(kept["storage"]) == 1
    assert "192.0.2.77" not in str(kept)


def test_what_is_counted_names_no_page_that_a_visitor_asked_for(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limiter, "enabled", True)
    app = make_app(RATELIMIT_ENABLED="true")
    http = app.test_client()
    http.post("/api/v1/decisions", json={"answers": {}})
    http.get("/en/result")
    http.get("/en/paper/pdf")
    http.post("/en/case", data={"code": "nonsense"})
    assert limiter.storage is not None
    kept = list(vars(limiter.storage)["storage"])
    assert len(kept) >= 4
    # Neither a page, nor how many of it are allowed, nor what another count of the same visitor is.
    assert [key for key in kept if not NO_NAME.fullmatch(key)] == []


def test_who_was_refused_is_not_logged(limited: Flask, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    assert 429 in statuses(limited, "192.0.2.78", 10)
    assert caplog.records == []


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def hosts(
    redis: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Service, Service]]:
    """Two hosts that count in the same Redis."""
    settings = {
        "COOKIE_KEYS": COOKIE_KEY,
        "RATELIMIT_ENABLED": "true",
        "RATELIMIT": "30 per minute",
        "RATELIMIT_STORAGE_URI": redis.uri,
    }
    with (
        running(tmp_path_factory.mktemp("one"), **settings) as one,
        running(tmp_path_factory.mktemp("two"), **settings) as two,
    ):
        yield one, two


def test_redis_counts_for_all_workers_of_all_hosts_together(hosts: tuple[Service, Service]):
    answers = Counter(ask(hosts[n % 2].port, "/", source="127.0.0.9").status for n in range(50))
    assert answers == {302: 30, 429: 20}
    assert ask(hosts[0].port, "/", source="127.0.0.10").status == 302


def test_redis_holds_no_address(hosts: tuple[Service, Service], redis: RedisServer):
    import redis as client

    ask(hosts[0].port, "/", source="127.0.0.11")
    with client.Redis(port=redis.port) as connection:
        kept = [key.decode() for key in connection.keys("*")]
        lives = [connection.ttl(key) for key in kept]
    assert kept
    assert [key for key in kept if not NO_NAME.fullmatch(key.removeprefix("LIMITS:"))] == []
    assert all(0 < seconds <= 60 for seconds in lives)


def test_without_redis_the_pages_go_on_and_the_log_says_so_once_for_each_worker(
    hosts: tuple[Service, Service], redis: RedisServer
):
    started = time.monotonic()
    for _ in range(25):
        ask(hosts[0].port, "/", source="127.0.0.14")
    as_ever = time.monotonic() - started
    redis.stop()
    started = time.monotonic()
    answered = [
        post(hosts[0].port, "/en/check/asylum_decision", {"answer": "waiting"}).status
        for _ in range(25)
    ]
    lasted = time.monotonic() - started
    assert answered == [303] * 25
    # A machine with other work to do is slow with Redis too.
    assert lasted < 10 + 5 * as_ever
    told = [line for line in hosts[0].written().splitlines() if "storage" in line.lower()]
    assert 1 <= len(told) <= 2, told
    # Each of the two workers counts for itself: there still is a limit, of 30 in each.
    alone = Counter(ask(hosts[0].port, "/", source="127.0.0.13").status for _ in range(100))
    assert set(alone) == {302, 429}
    assert 30 <= alone[302] <= 60
    redis.start()
    assert ask(hosts[0].port, "/", source="127.0.0.12").status == 302


def test_redis_that_is_back_counts_for_all_workers_again(
    hosts: tuple[Service, Service], redis: RedisServer
):
    import redis as client

    end = time.monotonic() + 60
    with client.Redis(port=redis.port) as connection:
        while not connection.keys("*"):
            assert time.monotonic() < end, "no worker asks Redis again"
            ask(hosts[0].port, "/")
            time.sleep(0.5)

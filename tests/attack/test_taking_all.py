"""Somebody who asks for what costs much takes it from nobody else; a shelter is spared."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any

import pytest

from tests.support.http_visitor import Answer, ask, cookie_header, post, walk
from tests.support.journeys import DECIDED, STAY
from tests.support.keys import COOKIE_KEY
from tests.support.nginx_server import Nginx, nginx
from tests.support.servers import Service, running

ATTACKER, ELSEWHERE, SHELTER = "127.0.0.66", "127.0.0.99", "127.0.0.30"
Report = Callable[[str, object], None]

SECONDS = [pytest.param(4, id="short"), pytest.param(60, id="long", marks=pytest.mark.slow)]


@contextmanager
def served(folder: Path) -> Iterator[tuple[Service, Nginx]]:
    """The service as it is shipped, behind nginx."""
    settings = {"COOKIE_KEYS": COOKIE_KEY, "TRUSTED_PROXIES": "1", "RATELIMIT_ENABLED": "true"}
    with (
        running(folder / "app", **settings) as service,
        nginx(folder / "nginx", [service.port]) as balancer,
    ):
        yield service, balancer


def choose_paper(balancer: Nginx, cookie: str, source: str) -> str:
    """Ask for a paper; the cookie with which it is fetched."""
    chosen = post(
        balancer.port,
        "/en/paper",
        {"second": "", "print": "country"},
        headers={"Cookie": cookie},
        source=source,
        tls=balancer.tls,
    )
    assert chosen.status == 303, chosen.status
    held = dict(part.split("=", 1) for part in cookie.split("; "))
    return cookie_header({**held, **chosen.cookies})


def fetch_paper(balancer: Nginx, cookie: str, source: str) -> Answer:
    """The paper, or the page that waits for it."""
    headers = {"Cookie": cookie}
    return ask(balancer.port, "/en/paper/pdf", headers=headers, source=source, tls=balancer.tls)


@pytest.mark.parametrize("seconds", SECONDS)
def test_eight_who_ask_for_papers_at_once_from_one_address_refuse_nobody_elsewhere(
    tmp_path: Path, seconds: float, record_property: Report
):
    over = Event()
    with served(tmp_path) as (service, balancer), ThreadPoolExecutor(8) as eight:
        cookie = walk(service.port, DECIDED).cookie
        theirs = choose_paper(balancer, cookie, ATTACKER)
        mine = choose_paper(balancer, walk(service.port, STAY).cookie, ELSEWHERE)

        def ask_on() -> Counter[int]:
            said: Counter[int] = Counter()
            while not over.is_set():
                said[fetch_paper(balancer, theirs, ATTACKER).status] += 1
                over.wait(0.2)
            return said

        asking = [eight.submit(ask_on) for _ in range(8)]
        try:
            pages, papers = visit_meanwhile(balancer, mine, seconds)
        finally:
            over.set()
        said = sum((each.result() for each in asking), Counter[int]())
    record_property("figures", json.dumps({"theirs": said, "pages": pages, "papers": papers}))
    assert set(pages) == {200}
    assert set(papers) <= {200, 202}
    assert papers[200] >= 1
    assert set(said) <= {200, 202, 429}


def visit_meanwhile(
    balancer: Nginx, cookie: str, seconds: float
) -> tuple[Counter[int], Counter[int]]:
    """What a visitor is answered to pages and to a paper, until there is a paper."""
    pages: Counter[int] = Counter()
    papers: Counter[int] = Counter()
    started = time.monotonic()
    while time.monotonic() - started < seconds or not papers[200]:
        pages[ask(balancer.port, "/nl/", source=ELSEWHERE, tls=balancer.tls).status] += 1
        if not papers[200]:
            papers[fetch_paper(balancer, cookie, ELSEWHERE).status] += 1
        time.sleep(0.2)
        assert time.monotonic() - started < seconds + 120, papers
    return pages, papers


@pytest.mark.parametrize("seconds", SECONDS)
def test_decisions_without_a_pause_from_one_address_refuse_nobody_elsewhere(
    tmp_path: Path, seconds: float, record_property: Report
):
    over = Event()
    body = json.dumps({"answers": DECIDED}).encode()
    headers = {"Content-Type": "application/json"}
    with served(tmp_path) as (_, balancer), ThreadPoolExecutor(16) as many:

        def ask_on() -> Counter[int]:
            said: Counter[int] = Counter()
            options = {"method": "POST", "body": body, "headers": headers, "source": ATTACKER}
            while not over.is_set():
                answer = ask(balancer.port, "/api/v1/decisions", tls=balancer.tls, **options)
                said[answer.status] += 1
            return said

        asking = [many.submit(ask_on) for _ in range(16)]
        waited: list[float] = []
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                started = time.monotonic()
                page = ask(balancer.port, "/nl/", source=ELSEWHERE, tls=balancer.tls)
                assert page.status == 200
                waited.append(time.monotonic() - started)
                time.sleep(0.05)
        finally:
            over.set()
        said = sum((each.result() for each in asking), Counter[int]())
    figures = {"theirs": said, "median": median(waited), "longest": max(waited)}
    record_property("figures", json.dumps(figures))
    assert set(said) <= {200, 429}
    assert said[200] <= 600 * (seconds // 60 + 2)


A_SECOND = 2
"""How many come: with 28 requests of each, that is just over half of what one address may ask."""
PEOPLE = [pytest.param(20, id="short"), pytest.param(300, id="long", marks=pytest.mark.slow)]


@pytest.mark.parametrize("people", PEOPLE)
def test_everybody_in_a_shelter_gets_through_from_one_address(
    tmp_path: Path, people: int, record_property: Report
):
    """They come one after another, answer at once, and see the result and why."""
    with served(tmp_path) as (_, balancer), ThreadPoolExecutor(people) as shelter:

        def visit(number: int) -> Counter[int]:
            time.sleep(number / A_SECOND)
            return journey(balancer)

        started = time.monotonic()
        said = sum(shelter.map(visit, range(people)), Counter[int]())
        took = time.monotonic() - started
    record_property("figures", json.dumps({"people": people, "seconds": took, "answers": said}))
    assert set(said) == {200}


def journey(balancer: Nginx) -> Counter[int]:
    """What one of them is answered, from the start to the result: a page before each answer."""
    said: Counter[int] = Counter()
    options: dict[str, Any] = {"source": SHELTER, "tls": balancer.tls}
    for _ in DECIDED:
        said[ask(balancer.port, "/en/", **options).status] += 1
    cookie = walk(balancer.port, DECIDED, **options).cookie
    for path in ("/en/result", "/en/result/why"):
        said[ask(balancer.port, path, headers={"Cookie": cookie}, **options).status] += 1
    return said

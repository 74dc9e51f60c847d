"""Whole questionnaires, one after another, from many people at once: `make bench-journeys`.

Each person asks for every page, sends every answer, looks at the summary and the result, and
checks that the summary holds each answer that was given. What is not answered as it should be is
counted as failed; a person then tries the same again, as anybody with a browser would.

    python -m benchmarks.journeys [SECONDS [PEOPLE]]

`benchmarks.wrk` sends the same journeys by wrk, and takes less of the processor. But the tests of
faults need what no such tool tells: which requests were under way when a worker was killed, which
kept connection was only closed, and whether an answer that was taken is still there at the end.
locust would tell no more, and brings 39 packages.
"""

from __future__ import annotations

import gzip
import http.client
import itertools
import json
import ssl
import sys
import tempfile
import threading
import time
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.answers import LONG, SHORT, Answers
from benchmarks.processes import Service, running

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_TIMEOUT = 30
_TRIES = 40
_PAUSE = 0.05

LANGUAGES = ("nl", "en")


@dataclass
class Tally:
    """What happened to everybody."""

    journeys: int = 0
    requests: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    """Answers of the service that are not what they should be, by what is wrong."""
    failed: list[float] = field(default_factory=list)
    """When a request got no answer at all (`time.monotonic`)."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Why these got none."""
    reconnected: int = 0
    """Kept connections that were closed while nobody used them: a browser asks again at once."""
    lost: int = 0
    """Answers that were given and taken, and were not in the summary."""
    seconds: array[float] = field(default_factory=lambda: array("d"))

    def percentile(self, part: float) -> float:
        """Below this many seconds this part of the requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@dataclass(frozen=True)
class Target:
    """Where the service is."""

    port: int
    tls: ssl.SSLContext | None = None
    keep_alive: bool = True


class NoAnswerError(Exception):
    """A request that got no answer, however often it was sent."""


class Person:
    """Somebody with a browser, without its window."""

    def __init__(self, target: Target, tally: Tally, stop: Callable[[], bool]) -> None:
        self._target = target
        self._tally = tally
        self._stop = stop
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None
        self._sent_to = ""
        self.language = "en"

    def journey(self, answers: Answers, language: str) -> None:
        """One questionnaire from the start to the result, then away with the answers."""
        self._cookies.clear()
        self.language = language
        self._expect("GET", "", 200)
        self._expect("GET", "check", 303)
        for answer in answers.values():
            here = self._sent_to
            self._expect("GET", here, 200)
            self._expect("POST", here, 303, {"answer": answer})
            if self._stop():
                return
        self._look_for_lost(answers)
        self._expect("POST", "forget", 303, {})
        self._tally.journeys += 1

    def _look_for_lost(self, answers: Answers) -> None:
        page = self._expect("GET", "result", 200)
        # A link to change each answer; what stands in it only the service knows.
        links = page.count(f'href="/{self.language}/check/'.encode())
        self._tally.lost += max(0, len(answers) - links)

    def _expect(
        self, method: str, place: str, status: int, data: Mapping[str, object] | None = None
    ) -> bytes:
        body = urlencode(data, doseq=True) if data is not None else None
        got, page = self._send(
            method, place if place.startswith("/") else f"/{self.language}/{place}", body
        )
        self._tally.requests += 1
        if got != status:
            self._tally.wrong[f"{method} {_kind_of(place)}: {got}"] += 1
        return page

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        for _ in range(_TRIES):
            started = time.perf_counter()
            fresh = self._connection is None
            try:
                answer = self._once(method, path, body)
            except (OSError, http.client.HTTPException) as error:
                self._hang_up()
                if fresh or isinstance(error, http.client.IncompleteRead | TimeoutError):
                    self._tally.failed.append(time.monotonic())
                    self._tally.kinds[type(error).__name__] += 1
                    time.sleep(_PAUSE)
                else:
                    self._tally.reconnected += 1
                continue
            self._tally.seconds.append(time.perf_counter() - started)
            return answer
        raise NoAnswerError(path)

    def _once(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        connection = self._connect()
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Accept-Encoding": "gzip"}
        connection.request(method, path, body, {**headers, **(FORM if body is not None else {})})
        response = connection.getresponse()
        page = response.read()
        self._sent_to = response.headers.get("Location", "").partition("?")[0]
        if response.headers.get("Content-Encoding") == "gzip":
            page = gzip.decompress(page)
        for header in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                self._cookies[name] = morsel.value
        if response.will_close or not self._target.keep_alive:
            self._hang_up()
        return response.status, page

    def _connect(self) -> http.client.HTTPConnection:
        if self._connection is None:
            port = self._target.port
            self._connection = (
                http.client.HTTPSConnection(
                    "127.0.0.1", port, timeout=_TIMEOUT, context=self._target.tls
                )
                if self._target.tls
                else http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
            )
        return self._connection

    def _hang_up(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None


def _kind_of(place: str) -> str:
    """The place without what only one visitor knows."""
    return "check" if "/check/" in place else place


class Crowd:
    """Many people at once, each in a thread, until told to stop."""

    def __init__(self, target: Target, people: int) -> None:
        self._stopped = threading.Event()
        self.tallies = [Tally() for _ in range(people)]
        self._threads = [
            threading.Thread(target=self._one, args=(target, tally, number), daemon=True)
            for number, tally in enumerate(self.tallies)
        ]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join(_TIMEOUT * 2)

    def _one(self, target: Target, tally: Tally, number: int) -> None:
        person = Person(target, tally, self._stopped.is_set)
        for count in itertools.count(number):
            if self._stopped.is_set():
                return
            answers = SHORT if count % 3 == 0 else LONG
            try:
                person.journey(answers, LANGUAGES[count % len(LANGUAGES)])
            except NoAnswerError:
                tally.wrong["no answer, however often"] += 1

    @property
    def total(self) -> Tally:
        """What happened to all of them."""
        whole = Tally()
        for tally in self.tallies:
            whole.journeys += tally.journeys
            whole.requests += tally.requests
            whole.wrong += tally.wrong
            whole.failed += tally.failed
            whole.kinds += tally.kinds
            whole.lost += tally.lost
            whole.reconnected += tally.reconnected
            whole.seconds.extend(tally.seconds)
        return whole


def measure(service: Service, seconds: float, people: int) -> dict[str, object]:
    """Keep the service busy for so long; figures."""
    memory: list[float] = []
    with Crowd(Target(service.port), people) as warm_up:
        time.sleep(min(10.0, seconds / 5))
    if warm_up.total.wrong:
        raise RuntimeError(f"it does not work even before the load: {warm_up.total.wrong}")
    cpu, started = service.cpu_seconds(), time.monotonic()
    with Crowd(Target(service.port), people) as crowd:
        while time.monotonic() < started + seconds:
            memory.append(service.memory())
            time.sleep(min(5.0, seconds / 10))
    lasted, total = time.monotonic() - started, crowd.total
    used = service.cpu_seconds() - cpu
    return {
        "seconds": round(lasted, 1),
        "people at once": people,
        "journeys": total.journeys,
        "requests": total.requests,
        "requests a second": round(total.requests / lasted),
        "errors": sum(total.wrong.values()) + len(total.failed) + total.lost,
        "wrong": dict(total.wrong),
        "failed": len(total.failed),
        "answers lost": total.lost,
        "p50 ms": round(1000 * total.percentile(0.5), 1),
        "p99 ms": round(1000 * total.percentile(0.99), 1),
        "longest ms": round(1000 * max(total.seconds), 1),
        "CPU-ms a journey": round(1000 * used / total.journeys, 1),
        "CPU-ms a request": round(1000 * used / total.requests, 2),
        **by_thirds(memory),
    }


def by_thirds(memory: Sequence[float]) -> dict[str, object]:
    """How much memory there was on the way: the mean of the first and of the last third, in MiB."""
    third = max(1, len(memory) // 3)
    return {
        "memory MiB, first third": round(sum(memory[:third]) / third, 1),
        "memory MiB, last third": round(sum(memory[-third:]) / third, 1),
    }


def main(measure: Callable[[Service, float, int], dict[str, object]] = measure) -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 16
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as service:
        figures = measure(service, seconds, people)
    print(json.dumps(figures, indent=2))
    sys.exit(1 if figures["errors"] else 0)


if __name__ == "__main__":
    main()

"""Many people at once, each with a whole questionnaire after the other.

Each person asks for every page, sends every answer, looks at the summary and the result, and
checks that the summary holds each answer that was given. What is not answered as it should be is
counted as failed; a person then tries the same again, as anybody with a browser would.

The tests of faults need what no tool for load tells: which requests were under way when a worker
was killed, which kept connection was only closed, and whether an answer that was taken is still
there at the end. locust would tell no more, and brings 39 packages.
"""

from __future__ import annotations

import gzip
import http.client
import itertools
import ssl
import threading
import time
from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.support.answers.people import LONG, SHORT, Answers
from tests.support.http_visitor import FORM, TIMEOUT, connect
from tests.support.servers import Moment

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
    failed: list[Moment] = field(default_factory=list)
    """When a request was under way that got no answer at all."""
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
            began = time.monotonic()
            fresh = self._connection is None
            try:
                answer = self._once(method, path, body)
            except (OSError, http.client.HTTPException) as error:
                self._hang_up()
                if fresh or isinstance(error, http.client.IncompleteRead | TimeoutError):
                    self._tally.failed.append(Moment(began, time.monotonic()))
                    self._tally.kinds[type(error).__name__] += 1
                    time.sleep(_PAUSE)
                else:
                    self._tally.reconnected += 1
                continue
            self._tally.seconds.append(time.monotonic() - began)
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
            self._connection = connect(self._target.port, self._target.tls)
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
            thread.join(TIMEOUT * 2)

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

"""Bytes of a first visit: a page and all that it loads, as sent, headers included.

Counted without a server: what gunicorn adds to each answer is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import permutations, product
from urllib.parse import urljoin

from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.decisions import random_answers
from benchmarks.loaded import loaded_by
from questions import Answers
from rules import default_decider
from wizard import create_app, helping
from wizard.languages import SECOND_COOKIE_NAME, SOURCE, languages
from wizard.settings import read_settings

BUDGET = 14_600
"""What a server may send at once on a new connection: ten packets, one round trip."""

_SEARCHED = 400
_LONGEST = 3
_ADDED_BY_GUNICORN = (
    "Server: gunicorn",
    "Date: Tue, 24 Nov 2026 19:00:00 GMT",
    "Connection: keep-alive",
)
_BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Site": "none"}


@dataclass(frozen=True)
class Weight:
    """One page, in bytes."""

    page: int
    loaded: int
    """Scripts, pictures and whatever else the page loads."""

    @property
    def total(self) -> int:
        """All of it."""
        return self.page + self.loaded


def weigh(client: FlaskClient, path: str) -> Weight:
    """Fetch the page, and what it loads, and count."""
    response = client.get(path, headers=_BROWSER)
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path}: status {response.status_code}")
    size = wire_size(response)
    html = client.get(path).get_data(as_text=True)
    addresses = {urljoin(path, address) for address in loaded_by(html)}
    parts = (client.get(address, headers=_BROWSER) for address in sorted(addresses))
    return Weight(size, sum(wire_size(part) for part in parts))


def wire_size(response: TestResponse) -> int:
    """The bytes of an answer as gunicorn sends it."""
    lines = [f"HTTP/1.1 {response.status}", *_ADDED_BY_GUNICORN]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    head = sum(len(line.encode()) + len(b"\r\n") for line in [*lines, ""])
    return head + len(response.get_data())


def heaviest_pages() -> Mapping[str, Weight]:
    """Each kind of page in the language and the state in which it is heaviest."""
    app = _app()
    longest = _longest_results(app)
    weights: dict[str, Weight] = {}
    for tag in languages():
        for name, (path, answers) in _pages(tag, longest).items():
            weight = weigh(_visitor(app, answers), path)
            kind = name.partition(":")[0]
            if kind not in weights or weight.total > weights[kind].total:
                weights[kind] = weight
    weights["result in two languages"] = _heaviest_in_two_languages(app, longest[-1])
    weights["result of a client"] = _heaviest_of_a_client(app, longest[-1])
    return weights


def _heaviest_in_two_languages(app: Flask, answers: Answers) -> Weight:
    visits = product(permutations(languages(), 2), ("", helping.ON))
    weights = []
    for (first, second), helps in visits:
        visitor = _visitor(app, answers)
        visitor.set_cookie(SECOND_COOKIE_NAME, second)
        visitor.set_cookie(helping.COOKIE_NAME, helps)
        weights.append(weigh(visitor, f"/{first}/result"))
    return max(weights, key=lambda weight: weight.total)


def _heaviest_of_a_client(app: Flask, answers: Answers) -> Weight:
    """The result as a helper gets it: with the reasons and sources open."""
    weights = []
    for tag in languages():
        visitor = _visitor(app, answers)
        visitor.set_cookie(helping.COOKIE_NAME, helping.ON)
        weights.append(weigh(visitor, f"/{tag}/result"))
    return max(weights, key=lambda weight: weight.total)


def _app() -> Flask:
    environment = {"COOKIE_KEYS": Fernet.generate_key().decode(), "RATELIMIT_ENABLED": "false"}
    return create_app(read_settings(environment))


def _pages(tag: str, longest: Sequence[Answers]) -> Mapping[str, tuple[str, Answers]]:
    """Paths and the answers with which to fetch them, by the kind of page and a number."""
    none: Answers = {}
    first = longest[0]
    questions = {f"question page:{name}": (f"/{tag}/check/{name}", first) for name in first}
    results = {f"result page:{n}": (f"/{tag}/result", each) for n, each in enumerate(longest)}
    reasons = {f"reasons:{n}": (f"/{tag}/result/why", each) for n, each in enumerate(longest)}
    return {
        "start page": (f"/{tag}/", none),
        **questions,
        "check your answers": (f"/{tag}/answers", first),
        **results,
        **reasons,
        "rule book": (f"/{tag}/rules", none),
        "flow": (f"/{tag}/flow", none),
        "privacy": (f"/{tag}/privacy", none),
        "words": (f"/{tag}/words", none),
        "accessibility": (f"/{tag}/accessibility", none),
    }


def _visitor(app: Flask, answers: Answers) -> FlaskClient:
    """Somebody who was never here, but has these answers."""
    client = app.test_client()
    if answers:
        with client.session_transaction() as session:
            session["answers"] = dict(answers)
    return client


def _longest_results(app: Flask) -> list[Answers]:
    """Answers with the longest result pages, among many random ones."""

    def length(answers: Answers) -> int:
        return len(_visitor(app, answers).get(f"/{SOURCE}/result").get_data())

    return sorted(random_answers(default_decider(), _SEARCHED), key=length)[-_LONGEST:]

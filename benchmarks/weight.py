"""Bytes of a first visit: a page and all that it loads, as sent, headers included.

Counted without a server: what gunicorn adds to each answer is known.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import permutations
from urllib.parse import urljoin

from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.decisions import random_answers
from benchmarks.loaded import loaded_by
from questions import Answers
from rules import default_decider
from wizard import create_app
from wizard.i18n import helper_mode
from wizard.i18n.languages import SECOND_COOKIE_NAME, SOURCE, languages
from wizard.session.question_addresses import letters_for
from wizard.settings import read_settings

FIRST_VISIT = 14_600
"""What a server may send at once on a new connection: ten packets, one round trip."""
LATER_PAGE = 30_000
"""For a page that nobody lands on: two round trips. What it loads, the browser has by then."""

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


def weighed(kind: str, weight: Weight) -> tuple[int, int]:
    """What counts of a page of this kind, and what it may be."""
    if kind in LATER:
        return weight.page, LATER_PAGE
    return weight.total, FIRST_VISIT


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


@dataclass(frozen=True)
class Visit:
    """Somebody who was never here opens a page, but has answers."""

    kind: str
    path: str
    answers: Answers = field(default_factory=dict)
    second: str = ""
    """The language beside the first one."""
    helps: str = ""


def heaviest_pages() -> Mapping[str, Weight]:
    """Each kind of page in the language and the state in which it is heaviest."""
    app = app_to_weigh()
    weights: dict[str, Weight] = {}
    for visit in visits(_longest_results(app)):
        client = visitor(app, visit)
        weight = weigh(client, address_of(client, visit.path))
        heaviest = weights.setdefault(visit.kind, weight)
        weights[visit.kind] = max(heaviest, weight, key=lambda each: each.total)
    return weights


def visits(longest: Sequence[Answers]) -> Iterator[Visit]:
    """Every visit that is weighed, for these answers with long results."""
    first = longest[0]
    for tag in languages():
        for kind, place in _ABOUT.items():
            yield Visit(kind, f"/{tag}/{place}")
        for kind, place in _WITH_ANSWERS.items():
            yield Visit(kind, f"/{tag}/{place}", first)
        yield Visit("first question", f"/{tag}/check/{next(iter(first))}")
        for question in first:
            yield Visit("question page", f"/{tag}/check/{question}", first)
            yield Visit(
                "question of a client", f"/{tag}/check/{question}", first, helps=helper_mode.ON
            )
        for answers in longest:
            yield Visit("result page", f"/{tag}/result", answers)
            yield Visit("reasons", f"/{tag}/result/why", answers)
        for kind, place in _OF_A_CLIENT.items():
            yield Visit(kind, f"/{tag}/{place}", longest[-1], helps=helper_mode.ON)
    for tag, second in permutations(languages(), 2):
        for kind, place in _IN_TWO_LANGUAGES.items():
            yield Visit(kind, f"/{tag}/{place}", longest[-1], second)
        yield Visit(
            "result in two languages", f"/{tag}/result", longest[-1], second, helper_mode.ON
        )
    for tag, second in permutations(_MORE_BYTES_A_LETTER, 2):
        for kind, place in _READ_IN_TWO_LANGUAGES.items():
            yield Visit(kind, f"/{tag}/{place}", second=second)


_MOST_FACTS = "countries/SY"
"""The country whose page is the longest."""
_ABOUT = {
    "start page": "",
    "rule book": "rules",
    "rules: situation": "rules/situation",
    "rules: steps": "rules/steps",
    "rules: organisations": "rules/organisations",
    "rules: help": "rules/help",
    "rules: facts": "rules/facts",
    "flow": "flow",
    "privacy": "privacy",
    "words": "words",
    "accessibility": "accessibility",
    "wrong number": "wrong-number",
    "what stays behind": "traces",
    "without internet": "offline",
    "in a frame": "embed",
    "often asked": "asked",
    "list of countries": "countries",
    "facts of a country": _MOST_FACTS,
    "places": "places",
}
_WITH_ANSWERS = {
    "form": "form",
    "paper": "paper",
    "case code": "case/code",
    "open a case": "case",
    "thanks": "thanks",
}
_OF_A_CLIENT = {
    "result of a client": "result",
    "form for a client": "form",
    "compare": "compare",
    "new client": "new-client",
}
_IN_TWO_LANGUAGES = {
    "result in two languages": "result",
    "reasons in two languages": "result/why",
    "country in two languages": "check/country",
    "form in two languages": "form",
}
_READ_IN_TWO_LANGUAGES = {
    "often asked in two languages": "asked",
    "list of countries in two languages": "countries",
    "facts of a country in two languages": _MOST_FACTS,
    "places in two languages": "places",
}
LATER = frozenset(
    {
        *("question page", "question of a client", "result page", "reasons"),
        *("form", "paper", "case code", "thanks", "without internet"),
        "flow",
        # A frame comes with the page of a partner, who has sent much more.
        "in a frame",
        *_OF_A_CLIENT,
        *_IN_TWO_LANGUAGES,
        *_READ_IN_TWO_LANGUAGES,
    }
)
"""Where somebody comes from another page of ours."""
_MORE_BYTES_A_LETTER = ("ar", "fa", "prs", "ps", "ru", "ti", "uk")
"""Of a page that is nothing but text, two of these languages make the heaviest one."""


def app_to_weigh() -> Flask:
    """The app, without limits."""
    environment = {"COOKIE_KEYS": Fernet.generate_key().decode(), "RATELIMIT_ENABLED": "false"}
    return create_app(read_settings(environment))


def visitor(app: Flask, visit: Visit) -> FlaskClient:
    """Somebody who comes like this."""
    client = app.test_client()
    client.set_cookie(SECOND_COOKIE_NAME, visit.second)
    client.set_cookie(helper_mode.COOKIE_NAME, visit.helps)
    if visit.answers or "/check/" in visit.path:
        with client.session_transaction() as session:
            session["answers"] = dict(visit.answers)
            session["visitor"] = secrets.token_hex(16)
    return client


def address_of(client: FlaskClient, path: str) -> str:
    """The address for this visitor of a page that is named by the id of its question."""
    before, check, question = path.partition("/check/")
    if not check:
        return path
    with client.session_transaction() as session:
        return before + check + letters_for(session["visitor"].encode(), question)


def _longest_results(app: Flask) -> list[Answers]:
    """Answers with the longest result pages, among many random ones."""

    def length(answers: Answers) -> int:
        visit = Visit("result page", f"/{SOURCE}/result", answers)
        return len(visitor(app, visit).get(visit.path).get_data())

    return sorted(random_answers(default_decider(), _SEARCHED), key=length)[-_LONGEST:]

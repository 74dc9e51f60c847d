"""A visitor of a real server, without a browser: one request, or all answers."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

TIMEOUT = 30
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: Mapping[str, str]
    """The cookies that it sets."""

    @property
    def text(self) -> str:
        """The body."""
        return self.body.decode()

    def json(self) -> Any:
        """The body, which must be JSON."""
        return json.loads(self.body)


def connect(
    port: int, tls: ssl.SSLContext | None = None, source: str = "127.0.0.1"
) -> http.client.HTTPConnection:
    """A connection to the server on this port, which may stay for more than one request."""
    options: dict[str, Any] = {"timeout": TIMEOUT, "source_address": (source, 0)}
    if tls:
        return http.client.HTTPSConnection("127.0.0.1", port, context=tls, **options)
    return http.client.HTTPConnection("127.0.0.1", port, **options)


def ask(
    port: int,
    path: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    source: str = "127.0.0.1",
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Ask the server on this port; `source` is the address that it sees (all of 127/8 is us)."""
    connection = connect(port, tls, source)
    try:
        connection.request(method, path, body, dict(headers or {}))
        response = connection.getresponse()
        set_cookie = SimpleCookie("; ".join(response.headers.get_all("Set-Cookie") or []))
        cookies = {name: morsel.value for name, morsel in set_cookie.items()}
        return Answer(response.status, dict(response.headers), response.read(), cookies)
    finally:
        connection.close()


def post(port: int, path: str, data: Mapping[str, Any], **options: Any) -> Answer:
    """Send a form."""
    headers = {**FORM, **options.pop("headers", {})}
    return ask(
        port,
        path,
        method="POST",
        body=urlencode(data, doseq=True).encode(),
        headers=headers,
        **options,
    )


@dataclass(frozen=True)
class Walk:
    """One way through the questionnaire: where its questions stand, and the cookies on the way."""

    addresses: Mapping[str, str]
    """The address of each question: it means nothing without these cookies."""
    before: Mapping[str, str]
    """The cookie header with which each question is asked."""
    cookie: str
    """The one that holds all answers."""
    onward: str
    """Where the last answer leads to."""


def walk(port: int, route: Mapping[str, Any], lang: str = "en", **options: Any) -> Walk:
    """Answer every question of the route, as somebody with a browser does.

    `options` are those of `ask`. Raises `RuntimeError` where an answer is not taken.
    """
    begun = ask(port, f"/{lang}/check", **options)
    # Without any cookie it comes with a mark, by which the service sees whether cookies are kept.
    here, cookies = begun.headers["Location"].partition("?")[0], dict(begun.cookies)
    addresses, before = {}, {}
    for question, answer in route.items():
        addresses[question], before[question] = here, cookie_header(cookies)
        header = {"Cookie": before[question]}
        answered = post(port, here, {"answer": answer}, headers=header, **options)
        if answered.status != HTTPStatus.SEE_OTHER:
            raise RuntimeError(f"{question}: status {answered.status}")
        cookies |= answered.cookies
        here = answered.headers["Location"]
    return Walk(addresses, before, cookie_header(cookies), here)


def cookie_header(cookies: Mapping[str, str]) -> str:
    """The cookies as a browser sends them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())

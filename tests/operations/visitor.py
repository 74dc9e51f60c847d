"""One request to a real server."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
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
    options: dict[str, Any] = {"timeout": TIMEOUT, "source_address": (source, 0)}
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, context=tls, **options)
        if tls
        else http.client.HTTPConnection("127.0.0.1", port, **options)
    )
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


def walk(port: int, route: Mapping[str, Any], lang: str = "en", **options: Any) -> str:
    """Answer every question of the route; the cookie header that holds the answers.

    `options` are those of `ask`.
    """
    begun = ask(port, f"/{lang}/check", **options)
    here, cookies = begun.headers["Location"].partition("?")[0], dict(begun.cookies)
    for question, answer in route.items():
        header = {"Cookie": cookie_header(cookies)}
        answered = post(port, here, {"answer": answer}, headers=header, **options)
        assert answered.status == 303, f"{question}: {answered.status}"
        cookies |= answered.cookies
        here = answered.headers["Location"]
    return cookie_header(cookies)


def cookie_header(cookies: Mapping[str, str]) -> str:
    """The cookies as a browser sends them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())

"""One way through the questionnaire, and the requests that it leads to."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from http import HTTPStatus
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.answers import LONG
from wizard.languages import languages

LANGUAGE = "nl"
"""A translated one: English costs less, because its texts need no catalogue."""

HALFWAY = "household"
"""The question whose page is measured, with every earlier answer given."""

COMPRESSED = "br, gzip"
PLAIN = "identity"


def answers_cookies(port: int) -> tuple[str, str]:
    """The cookie header halfway through the questionnaire, and at its end."""
    cookies: SimpleCookie = SimpleCookie()
    halfway = ""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for question, answer in LONG.items():
        if question == HALFWAY:
            halfway = _header(cookies)
        connection.request(
            "POST",
            f"/{LANGUAGE}/check/{question}",
            urlencode({"answer": answer}, doseq=True),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _header(cookies)},
        )
        response = connection.getresponse()
        response.read()
        if response.status != 303:
            raise RuntimeError(f"{question}: status {response.status}")
        for line in response.headers.get_all("Set-Cookie", []):
            cookies.load(line)
    connection.close()
    return halfway, _header(cookies)


def fetch_every_page(port: int) -> None:
    """Fetch each page in each language once, so that whatever the server keeps is there.

    Raises `RuntimeError` where one is not there: a page that fails costs no memory.
    """
    _, complete = answers_cookies(port)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for tag in languages():
        pages = ["", "answers", "result", "rules", "flow", "privacy"]
        pages += [f"check/{question}" for question in LONG]
        for page in pages:
            connection.request("GET", f"/{tag}/{page}", headers={"Cookie": complete})
            response = connection.getresponse()
            response.read()
            if response.status != HTTPStatus.OK:
                raise RuntimeError(f"/{tag}/{page}: status {response.status}")
    connection.close()


def _header(cookies: SimpleCookie) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())


def get(path: str, cookie: str = "", encoding: str = COMPRESSED) -> bytes:
    """The bytes of a GET as a browser sends it."""
    return _request("GET", path, {"Cookie": cookie, "Accept-Encoding": encoding})


def post_decision() -> bytes:
    """The bytes of a request for a decision."""
    body = json.dumps({"answers": LONG, "lang": LANGUAGE}).encode()
    headers = {"Content-Type": "application/json", "Accept-Encoding": PLAIN}
    return _request("POST", "/api/v1/decisions", headers, body)


def _request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    every = {
        "Host": "127.0.0.1",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "nl,en-US;q=0.7,en;q=0.3",
        # As on the way from one question to the next.
        "Sec-Fetch-Site": "same-origin",
        **{name: value for name, value in headers.items() if value},
    }
    if body:
        every["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in every.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body

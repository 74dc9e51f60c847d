"""One way through the questionnaire, and the requests that it leads to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from tests.support.answers.people import LONG
from tests.support.http_visitor import Walk, ask, walk
from wizard.i18n.languages import languages

LANGUAGE = "nl"
"""A translated one: English costs less, because its texts need no catalogue."""

HALFWAY = "household"
"""The question whose page is measured, with every earlier answer given."""

COMPRESSED = "br, gzip"
PLAIN = "identity"


def walk_long(port: int) -> Walk:
    """The walk that is measured."""
    return walk(port, LONG, LANGUAGE)


def fetch_every_page(port: int) -> None:
    """Fetch each page in each language once, so that whatever the server keeps is there.

    Raises `RuntimeError` where one is not there: a page that fails costs no memory.
    """
    walked = walk_long(port)
    for tag in languages():
        pages = ["", "result", "rules", "flow", "privacy"]
        pages += [address.split("/", 2)[2] for address in walked.addresses.values()]
        for page in pages:
            answer = ask(port, f"/{tag}/{page}", headers={"Cookie": walked.cookie})
            if answer.status != HTTPStatus.OK:
                raise RuntimeError(f"/{tag}/{page}: status {answer.status}")


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

"""One way through the questionnaire, and the requests that it leads to."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.answers import LONG, Answers
from wizard.i18n.languages import languages

LANGUAGE = "nl"
"""A translated one: English costs less, because its texts need no catalogue."""

HALFWAY = "household"
"""The question whose page is measured, with every earlier answer given."""

COMPRESSED = "br, gzip"
PLAIN = "identity"


@dataclass(frozen=True)
class Walk:
    """One way through the questionnaire: where its questions stand, and the cookies on the way."""

    addresses: Mapping[str, str]
    """The address of each question: it means nothing without these cookies."""

    begun: str
    """The cookie header before the first answer."""

    halfway: str
    complete: str


def walk(port: int, answers: Answers = LONG, language: str = LANGUAGE) -> Walk:
    """Answer every question, as somebody with a browser does.

    Raises `RuntimeError` where an answer is not taken.
    """
    cookies: SimpleCookie = SimpleCookie()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    here = _sent_to(connection, cookies, "GET", f"/{language}/check")
    # Without any cookie it comes with a mark, by which the service sees whether cookies are kept.
    here = here.partition("?")[0]
    addresses, begun, halfway = {}, _header(cookies), ""
    for question, answer in answers.items():
        if question == HALFWAY:
            halfway = _header(cookies)
        addresses[question] = here
        body = urlencode({"answer": answer}, doseq=True)
        here = _sent_to(connection, cookies, "POST", here, body)
    connection.close()
    return Walk(addresses, begun, halfway, _header(cookies))


def _sent_to(
    connection: http.client.HTTPConnection,
    cookies: SimpleCookie,
    method: str,
    path: str,
    body: str | None = None,
) -> str:
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body, {**headers, "Cookie": _header(cookies)})
    response = connection.getresponse()
    response.read()
    if response.status != HTTPStatus.SEE_OTHER:
        raise RuntimeError(f"{method} {path}: status {response.status}")
    for line in response.headers.get_all("Set-Cookie", []):
        cookies.load(line)
    return response.headers["Location"]


def fetch_every_page(port: int) -> None:
    """Fetch each page in each language once, so that whatever the server keeps is there.

    Raises `RuntimeError` where one is not there: a page that fails costs no memory.
    """
    walked = walk(port)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for tag in languages():
        pages = ["", "result", "rules", "flow", "privacy"]
        pages += [address.split("/", 2)[2] for address in walked.addresses.values()]
        for page in pages:
            connection.request("GET", f"/{tag}/{page}", headers={"Cookie": walked.complete})
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

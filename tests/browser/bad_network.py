"""What stands between a browser and the service: it can cut, drop, delay and change what passes."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.browser.own_website import QuietHandler, served
from tests.support.servers import Service

_OF_THE_CONNECTION = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})

Change = Callable[["Passing"], None]


@dataclass
class Passing:
    """One request and its answer; a change may alter the answer, wait, or drop it."""

    method: str
    path: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    is_dropped: bool = False


@dataclass(frozen=True)
class Seen:
    """A request as it arrived, whatever became of it."""

    method: str
    path: str
    cookies: str


@dataclass
class BadNetwork:
    """A port of its own that leads to the service."""

    server: Service
    port: int = 0
    changes: dict[str, Change] = field(default_factory=dict)
    """By the end of the path, without its query; "" is every path."""
    is_cut: bool = False
    next_version: bool = False
    """As after a deployment: every static file has another address, the former ones are gone."""
    seen: list[Seen] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Where the service seems to be."""
        return f"http://127.0.0.1:{self.port}"


def delay(seconds: float) -> Change:
    """The answer comes late."""
    return lambda _passing: time.sleep(seconds)


def drop(passing: Passing) -> None:
    """The answer never comes."""
    passing.is_dropped = True


def fail(passing: Passing) -> None:
    """The service is broken."""
    passing.status, passing.body = 500, b"broken"
    passing.headers = [("Content-Type", "text/plain")]


def add_header(name: str, value: str) -> Change:
    """One more header."""
    return lambda passing: passing.headers.append((name, value))


def without_header(name: str) -> Change:
    """One header less."""

    def take_away(passing: Passing) -> None:
        passing.headers = [each for each in passing.headers if each[0].lower() != name.lower()]

    return take_away


@contextmanager
def bad_network(server: Service) -> Iterator[BadNetwork]:
    """A network to the service, until the block ends."""
    network = BadNetwork(server)

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            # Who leaves does not wait for the answer.
            with suppress(ConnectionError):
                _pass_on(self, network)

        do_POST = do_GET

    with served(Handler) as port:
        network.port = port
        yield network


def _pass_on(handler: BaseHTTPRequestHandler, network: BadNetwork) -> None:
    handler.close_connection = True
    path = handler.path.partition("?")[0]
    network.seen.append(Seen(handler.command, path, handler.headers.get("Cookie") or ""))
    if network.is_cut:
        return
    sent = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    passing = _ask(handler, network, sent)
    for end, change in list(network.changes.items()):
        if path.endswith(end):
            change(passing)
    if passing.is_dropped or network.is_cut:
        return
    handler.send_response_only(passing.status)
    for name, value in passing.headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(passing.body)))
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(passing.body)


def _ask(handler: BaseHTTPRequestHandler, network: BadNetwork, sent: bytes) -> Passing:
    path = handler.path
    if network.next_version and "?v=" in path:
        if "?v=b" not in path:
            return Passing(handler.command, path, 404, [], b"")
        path = path.replace("?v=b", "?v=")
    connection = http.client.HTTPConnection("127.0.0.1", network.server.port, timeout=30)
    # Not compressed: a change can then read it.
    headers = {k: v for k, v in handler.headers.items() if k.lower() != "accept-encoding"}
    connection.request(handler.command, path, sent or None, headers)
    answer = connection.getresponse()
    kept = [each for each in answer.getheaders() if each[0].lower() not in _OF_THE_CONNECTION]
    body = answer.read()
    connection.close()
    if network.next_version:
        body = body.replace(b"?v=", b"?v=b").replace(b'"terugkeerwijzer-', b'"terugkeerwijzer-b')
    return Passing(handler.command, handler.path, answer.status, kept, body)

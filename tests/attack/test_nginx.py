"""The shipped nginx, asked by somebody who wants to take the service from others."""

from __future__ import annotations

import http.server
import resource
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.operations.requests.test_headers import missing_headers
from tests.support.http_visitor import ask
from tests.support.nginx_server import Nginx, nginx

ELSEWHERE = "127.0.0.99"
"""The address of a visitor who does nothing wrong."""

HALF_HEADERS = [
    pytest.param(4_500, id="short"),
    pytest.param(18_000, id="long", marks=pytest.mark.slow),
]
HALF = b"GET /nl/ HTTP/1.1\r\nHost: localhost\r\nX: "


SLOW = 8
"""In seconds: until all requests of the test are under way."""


class _Host(http.server.BaseHTTPRequestHandler):
    """A host that is busy with one thing, slow with another, and answers everything else."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(SLOW)
        status = HTTPStatus.SERVICE_UNAVAILABLE if self.path == "/busy" else HTTPStatus.OK
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 1024


@contextmanager
def host() -> Iterator[int]:
    """Such a host; the port that it is on."""
    with _Server(("127.0.0.1", 0), _Host) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield server.server_port
        server.shutdown()
        serving.join()


@contextmanager
def balanced(folder: Path) -> Iterator[Nginx]:
    """nginx before two of them: of one alone it never says that it is away."""
    with host() as one, host() as two, nginx(folder, [one, two]) as server:
        yield server


def test_a_host_that_is_too_busy_for_one_thing_is_not_taken_from_others(tmp_path: Path):
    with balanced(tmp_path) as server:
        for _ in range(5):
            assert ask(server.port, "/busy", tls=server.tls).status == 503
            assert ask(server.port, "/nl/", source=ELSEWHERE, tls=server.tls).status == 200


@pytest.mark.parametrize("many", HALF_HEADERS)
def test_half_headers_from_one_address_keep_nobody_else_waiting(tmp_path: Path, many: int):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    assert many < hard, "this system does not let a process open that many connections"
    try:
        with balanced(tmp_path) as server, ExitStack() as opened:
            for _ in range(many):
                connection = socket.create_connection(("127.0.0.1", server.plain_port), 5)
                opened.callback(connection.close)
                connection.sendall(HALF)
            started = time.monotonic()
            page = ask(server.port, "/nl/", source=ELSEWHERE, tls=server.tls)
            assert page.status == 200
            assert time.monotonic() - started < 2
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_header_that_never_ends_is_given_up(tmp_path: Path):
    with balanced(tmp_path) as server, ExitStack() as opened:
        address = ("127.0.0.1", server.plain_port)
        connection = opened.enter_context(socket.create_connection(address, 20))
        connection.sendall(HALF)
        started = time.monotonic()
        with suppress(ConnectionResetError):
            assert connection.recv(1) in {b"", b"H"}
        assert 5 < time.monotonic() - started < 13


@pytest.mark.parametrize("name", ["evil.example", "localhost.evil.example", "127.0.0.1.evil"])
def test_under_a_name_that_is_not_ours_nothing_is_served_and_nobody_is_led_there(
    tmp_path: Path, name: str
):
    with balanced(tmp_path) as server:
        for port, tls in ((server.plain_port, None), (server.port, server.tls)):
            answer = ask(port, "/nl/", headers={"Host": name}, tls=tls)
            assert answer.status == 421
            assert "evil" not in answer.text + str(answer.headers)
            assert missing_headers(answer.headers) == []


REFUSED = {
    "a coding that nobody knows": (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: trafficking\r\n\r\n",
        501,
    ),
    "a version that nobody speaks": (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 505),
}


@pytest.mark.parametrize(("request_", "status"), REFUSED.values(), ids=list(REFUSED))
def test_what_nginx_cannot_read_is_refused_with_every_header(
    tmp_path: Path, request_: bytes, status: int
):
    with balanced(tmp_path) as server:
        for port, tls in ((server.plain_port, None), (server.port, server.tls)):
            got, headers = _send(port, request_, tls)
            assert got == status
            assert missing_headers(headers) == []


def _send(port: int, request: bytes, tls: ssl.SSLContext | None) -> tuple[int, dict[str, str]]:
    with ExitStack() as opened:
        connection = opened.enter_context(socket.create_connection(("127.0.0.1", port), 5))
        if tls:
            connection = opened.enter_context(
                tls.wrap_socket(connection, server_hostname="localhost")
            )
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
            if b"\r\n\r\n" in answer:
                break
    head = answer.decode().partition("\r\n\r\n")[0].split("\r\n")
    return int(head[0].split()[1]), dict(line.split(": ", 1) for line in head[1:])


def test_only_who_watches_from_inside_may_ask_whether_a_host_is_ready(tmp_path: Path):
    with balanced(tmp_path) as server:
        hidden = ask(server.port, "/readyz", tls=server.tls)
        assert hidden.status == 404
        assert missing_headers(hidden.headers) == []
        assert ask(server.port, "/healthz", tls=server.tls).status == 200


def test_one_address_that_has_too_much_under_way_is_told_to_wait_and_others_are_not(
    tmp_path: Path,
):
    request = b"GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    said: Counter[bytes] = Counter()
    with balanced(tmp_path) as server, ExitStack() as opened:
        asking = []
        for _ in range(650):
            plain = opened.enter_context(socket.create_connection(("127.0.0.1", server.port), 30))
            connection = server.tls.wrap_socket(plain, server_hostname="localhost")
            asking.append(opened.enter_context(connection))
        for each in asking:
            each.sendall(request)
        page = ask(server.port, "/nl/", source=ELSEWHERE, tls=server.tls)
        assert page.status == 200
        for each in asking:
            said[each.recv(12)[-3:]] += 1
    assert said[b"429"] >= 1
    assert said[b"200"] >= 600

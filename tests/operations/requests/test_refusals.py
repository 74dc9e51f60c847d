"""What is no readable request never comes to the app: the server's own refusal is as careful."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from serving.safe_headers import SAFE
from tests.operations.requests.test_headers import missing_headers
from tests.support.servers import Service, running

LONG = b"trafficking" * 1000
REQUESTS = {
    "an address that is too long": (b"GET /en/?" + LONG + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    "a header that is too long": (b"GET / HTTP/1.1\r\nCookie: " + LONG + b"\r\n\r\n", 431),
    "too many headers": (b"GET / HTTP/1.1\r\n" + b"Trafficking: 1\r\n" * 80 + b"\r\n", 431),
    "no method": (b"trafficking<script> /en/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "no HTTP": (b"GET /trafficking HTTP/9.9\r\nHost: a\r\n\r\n", 400),
    "a header that is none": (b"GET / HTTP/1.1\r\ntraffick ing: 1\r\n\r\n", 400),
    "a body of two lengths": (
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        400,
    ),
    "an unknown coding": (b"POST / HTTP/1.1\r\nTransfer-Encoding: trafficking\r\n\r\n", 501),
    "TLS": (b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n", 400),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("refusals")) as server:
        yield server


def send(port: int, request: bytes) -> tuple[int, dict[str, str], str]:
    """Send these bytes; the status, headers and body that came back."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.decode().partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    return int(status.split()[1]), dict(line.split(": ", 1) for line in lines), body


@pytest.mark.parametrize(("request_", "status"), REQUESTS.values(), ids=list(REQUESTS))
def test_what_cannot_be_read_is_refused_with_every_header_and_without_an_echo(
    service: Service, request_: bytes, status: int
):
    got, headers, body = send(service.port, request_)
    assert got == status
    assert missing_headers(headers) == []
    assert {name: headers.get(name) for name, _ in SAFE} == dict(SAFE)
    assert int(headers["Content-Length"]) == len(body)
    assert body.startswith(str(status))
    assert "traffick" not in body


def test_the_log_repeats_nothing_of_it(service: Service):
    for request, _ in REQUESTS.values():
        send(service.port, request)
    written = service.written()
    assert "A request that could not be read" in written
    assert not [word for word in ("traffick", "127.0.0.1:", "ip=") if word in _of_requests(written)]


def _of_requests(written: str) -> str:
    """The log without the lines that say where the service itself listens."""
    return "\n".join(line for line in written.splitlines() if "http://127.0.0.1" not in line)

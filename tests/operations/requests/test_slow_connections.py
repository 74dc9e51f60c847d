"""Whoever sends or reads slowly, or not at all, keeps nobody else waiting: without any proxy."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from serving.worker import REQUEST_WITHIN
from tests.support.broken.slow_connections import (
    FORM,
    HALF,
    IN_CHUNKS,
    LAST,
    MANY,
    SENT,
    TOO_LARGE,
    held,
    longest_wait,
)
from tests.support.servers import Service, running

WITHIN = 2.0
"""In seconds: what the others may have to wait."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("slow")) as server:
        yield server


@pytest.fixture(scope="module", autouse=True)
def unfinished(service: Service) -> Iterator[list[socket.socket]]:
    """What has not arrived since the first of these tests."""
    with held(service.port, b"GET /en/", 1) as connections:
        yield connections


@pytest.mark.parametrize("sent", SENT.values(), ids=list(SENT))
def test_who_sends_half_and_stays_keeps_nobody_waiting(service: Service, sent: bytes):
    with held(service.port, sent):
        assert longest_wait(service.port) < WITHIN


def test_headers_that_come_byte_by_byte_keep_nobody_waiting(service: Service):
    stop = threading.Event()

    def trickle(connections: list[socket.socket]) -> None:
        while not stop.wait(0.1):
            for connection in connections:
                connection.sendall(b"a")

    with held(service.port, b"GET /en/ HTTP/1.1\r\nHost: a\r\nX-Slow: ") as connections:
        thread = threading.Thread(target=trickle, args=(connections,))
        thread.start()
        try:
            assert longest_wait(service.port) < WITHIN
        finally:
            stop.set()
            thread.join()


def test_who_asks_for_long_pages_and_reads_none_keeps_nobody_waiting(service: Service):
    many = b"GET /en/offline.json HTTP/1.1\r\nHost: a\r\n\r\n" * 40
    with ExitStack() as stack:
        for _ in range(MANY):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", service.port))
            connection.sendall(many)
        time.sleep(0.3)
        # The pages that they asked for have to be made: that is no waiting for them.
        end = time.monotonic() + 30
        while longest_wait(service.port) > WITHIN:
            assert time.monotonic() < end, "others still wait"


def test_more_connections_than_there_is_room_for_keep_nobody_out(
    tmp_path: Path,
):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    try:
        with (
            running(tmp_path, WEB_CONCURRENCY="1") as service,
            held(service.port, b"GET /en/", 700),
        ):
            assert longest_wait(service.port) < WITHIN
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_slow_telephone_that_sends_four_kilobytes_is_answered(service: Service):
    """50 kbit/s, in packets of 500 bytes, on each of twenty telephones at once."""
    filling = b"&note=" + b"x" * 4000
    body = b"answer=waiting" + filling
    head = b"POST /en/case HTTP/1.1\r\n" + FORM
    request = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    answers: list[bytes] = []

    def telephone() -> None:
        with socket.create_connection(("127.0.0.1", service.port), timeout=20) as connection:
            for start in range(0, len(request), 500):
                connection.sendall(request[start : start + 500])
                time.sleep(500 * 8 / 50_000)
            answers.append(connection.recv(4096).split(b"\r\n")[0])

    telephones = [threading.Thread(target=telephone) for _ in range(20)]
    for each in telephones:
        each.start()
    assert longest_wait(service.port) < WITHIN
    for each in telephones:
        each.join()
    assert answers == [b"HTTP/1.1 303 SEE OTHER"] * 20


def read_answer(connection: socket.socket) -> bytes:
    """What comes until the other side says no more."""
    found = b""
    while part := connection.recv(65536):
        found += part
    return found


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_request_means_the_same_in_whatever_parts_it_comes(service: Service, step: int):
    first = HALF + b"waiting"
    chunks = IN_CHUNKS.replace(
        b"5\r\nab", b"5;x=y\r\nanswe\r\nA\r\nr=waiting\n\r\n0\r\nX-End: 1\r\n\r\n"
    )
    requests = first + chunks + first + LAST
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(requests), step):
            connection.sendall(requests[start : start + step])
        answer = read_answer(connection)
    statuses = [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"303", b"303", b"303", b"200"]


def test_who_waits_to_be_told_to_go_on_is_told(service: Service):
    head, body = (HALF + b"waiting").split(b"\r\n\r\n")
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(head + b"\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert b"HTTP/1.1 303 " in read_answer(connection)


def test_a_body_that_is_refused_by_its_length_is_told_so_and_ends_the_connection(
    service: Service,
):
    follows = b"GET /en/privacy HTTP/1.1\r\nHost: a\r\n\r\n"
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(TOO_LARGE + follows * 3)
        answer = read_answer(connection)
    assert [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]] == [b"413"]


def test_a_head_without_an_end_is_refused(service: Service):
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(b"GET /en/ HTTP/1.1\r\nX: " + b"x" * 70_000)
        assert read_answer(connection).startswith(b"HTTP/1.1 431 ")


def test_a_request_that_does_not_arrive_is_given_up(unfinished: list[socket.socket]):
    [connection] = unfinished
    connection.settimeout(REQUEST_WITHIN + 5)
    assert connection.recv(1) == b""


def test_a_server_that_stops_does_not_wait_for_who_says_nothing(tmp_path: Path):
    with running(tmp_path) as service, held(service.port, b""):
        began = time.monotonic()
        service.process.terminate()
        service.process.wait(30)
    assert time.monotonic() - began < 8

"""gunicorn's worker with threads, as two things need it.

A thread is taken by a request that is all there, never by one that is still on its way or by an
answer that somebody takes slowly: docs/decisions/0001-slow-connections.md says why.

What the server itself refuses speaks as carefully as the app: with headers, and without an echo.
"""

from __future__ import annotations

import selectors
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from serving.connections import Connection, Gone
from serving.safe_headers import NOT_FOR_SEARCH_ENGINES, SAFE
from serving.starting import CANNOT_START, in_one_line

REQUEST_WITHIN = 30.0
"""In how many seconds a request must have arrived: 4 KB on the slowest telephone take one."""

ANSWER_MOVES_WITHIN = 30.0
"""After how many seconds without a byte taken an answer is given up."""

GOODBYE_WITHIN = 2.0
"""How long a connection that is closed is read: else what was sent last could get lost."""

START_AGAIN_AFTER = 5.0
"""After how many seconds another worker takes the place of one that could not start."""

_LOOK_EVERY = 0.1

_SWEEP_EVERY = 0.5

_HEADERS = (
    ("Content-Type", "text/plain; charset=utf-8"),
    *SAFE,
    NOT_FOR_SEARCH_ENGINES,
    ("Connection", "close"),
)


class _Refusal:
    """A connection on which only the status of a refusal is sent on; the rest is ours."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def sendall(self, response: bytes) -> None:
        """Send the status of gunicorn's response, our headers, and the status once more to read.

        Its page repeats what was sent; it is escaped, but a visitor learns nothing from it.
        """
        status = response.partition(b"\r\n")[0].decode("latin-1")
        body = status.partition(" ")[2] + "\n"
        headers = (*_HEADERS, ("Content-Length", str(len(body))))
        lines = (status, *(f"{name}: {value}" for name, value in headers), "", body)
        self._connection.sendall("\r\n".join(lines).encode("latin-1"))


class Worker(ThreadWorker):  # type: ignore[misc, unused-ignore]
    """gunicorn's worker with threads. All but `handle` and what it calls runs in one thread, which
    never waits for one connection.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: dict[Connection, None] = {}
        """The connections that no thread has, in the order in which they began to wait."""
        self._swept = 0.0

    def load_wsgi(self) -> None:
        """Load the app. Where that fails, one line says why."""
        try:
            super().load_wsgi()
        except Exception as error:
            self._end_without_starting(in_one_line(error))

    def _end_without_starting(self, fault: str) -> None:
        """The first worker of all ends the server; a later one only itself, for others serve."""
        if self.age == 1:
            self.log.error("The server cannot start: %s", fault)
            sys.exit(CANNOT_START)
        until = time.monotonic() + START_AGAIN_AFTER
        while self.alive and time.monotonic() < until:
            time.sleep(_LOOK_EVERY)
        if self.alive:
            self.log.error("A worker cannot start, another one tries: %s", fault)
        sys.exit(int(self.alive))

    def accept(self, listener: socket.socket) -> None:
        """Take a connection; where there are too many, in place of the one that waits longest."""
        try:
            connection, client = listener.accept()
        except (BlockingIOError, ConnectionError):
            return
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections and self._waiting:
            self._close(next(iter(self._waiting)))
        server = listener.getsockname()
        self._await_request(Connection(self.cfg, connection, client, server), REQUEST_WITHIN)

    def finish_request(self, conn: Connection, fs: Any) -> None:
        """A thread is done with the request."""
        keep = not fs.cancelled() and not fs.exception() and fs.result()
        conn.is_kept = bool(keep) and not conn.request.is_cut_off
        self._send(conn)

    def murder_pending(self) -> None:
        """Give up what has waited too long. gunicorn calls this after every event."""
        now = time.monotonic()
        if now < self._swept + _SWEEP_EVERY:
            return
        self._swept = now
        for conn in [each for each in self._waiting if each.deadline <= now]:
            self._close(conn)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Stop: nobody who has not begun to ask is waited for any longer than gunicorn does."""
        latest = time.monotonic() + STOP_KEEPALIVE_LINGER
        for conn in list(self._waiting):
            if conn.is_idle():
                conn.deadline = min(conn.deadline, latest)
        super().handle_exit(sig, frame)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer what cannot be read as a request: too long, malformed, not HTTP."""
        super().handle_error(req, _Refusal(client), addr, exc)

    def _await_request(self, conn: Connection, within: float) -> None:
        conn.next_request()
        conn.deadline = time.monotonic() + within
        self._receive(conn)

    def _receive(self, conn: Connection) -> None:
        was_idle = conn.is_idle()
        try:
            if conn.receive():
                self._answer(conn)
                return
        except (Gone, OSError):
            self._close(conn)
            return
        if was_idle and not conn.is_idle():
            conn.deadline = time.monotonic() + REQUEST_WITHIN
        self._wait(conn, selectors.EVENT_READ, self._receive)

    def _answer(self, conn: Connection) -> None:
        self._wait_no_longer(conn)
        if conn.request.head_is_too_long:
            self.handle_error(None, conn.sock, conn.client, LimitRequestHeaders("all of them"))
            conn.is_kept = False
            self._send(conn)
            return
        conn.parse()
        self.enqueue_req(conn)

    def _send(self, conn: Connection) -> None:
        try:
            if conn.sock.flush():
                self._wait_no_longer(conn)
                self._after_answer(conn)
            else:
                conn.deadline = time.monotonic() + ANSWER_MOVES_WITHIN
                self._wait(conn, selectors.EVENT_WRITE, self._send)
        except OSError:
            self._close(conn)

    def _after_answer(self, conn: Connection) -> None:
        if conn.is_kept:
            within = self.cfg.keepalive if self.alive else STOP_KEEPALIVE_LINGER
            self._await_request(conn, within)
            return
        conn.sock.shutdown(socket.SHUT_WR)
        conn.deadline = time.monotonic() + GOODBYE_WITHIN
        self._wait(conn, selectors.EVENT_READ, self._part)

    def _part(self, conn: Connection) -> None:
        try:
            conn.discard()
        except Gone:
            self._close(conn)

    def _wait(self, conn: Connection, event: int, then: Callable[[Connection], None]) -> None:
        if conn not in self._waiting:
            self._waiting[conn] = None
            self.poller.register(conn.sock, event, partial(self._on_event, conn, then))

    def _on_event(
        self, conn: Connection, then: Callable[[Connection], None], _socket: object
    ) -> None:
        # It can have been closed after this event was seen, in favour of a new connection.
        if conn in self._waiting:
            then(conn)

    def _wait_no_longer(self, conn: Connection) -> None:
        if conn in self._waiting:
            del self._waiting[conn]
            self.poller.unregister(conn.sock)

    def _close(self, conn: Connection) -> None:
        self._wait_no_longer(conn)
        self.nr_conns -= 1
        conn.close()

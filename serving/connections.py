"""A connection that keeps no thread waiting, however slowly its other end sends or reads."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn

from serving.arriving import Arriving

_AT_ONCE = 64 * 1024
_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Gone(Exception):
    """Nobody is at the other end any more."""


class Outgoing:
    """The socket as gunicorn's threads see it: what it does not take at once is kept for later."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._kept = bytearray()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def sendall(self, data: bytes) -> None:
        """Send, without waiting."""
        self._kept += data
        self.flush()

    def flush(self) -> bool:
        """Send more of what was kept; whether all is sent."""
        try:
            while self._kept:
                sent = self._connection.send(self._kept, socket.MSG_DONTWAIT)
                del self._kept[:sent]
        except BlockingIOError:
            return False
        return True


class Connection(TConn):  # type: ignore[misc, unused-ignore]
    """gunicorn's connection, with the request that arrives on it and when it is given up."""

    def __init__(self, cfg: Any, connection: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, Outgoing(connection), client, server)
        # Else gunicorn lets a thread wait for the first bytes.
        self.initialized = self.data_ready = True
        self.parser: Any = None
        self.request = Arriving()
        self.deadline = 0.0
        self.is_kept = True

    def next_request(self) -> None:
        """Begin with what came behind the last request."""
        self.request = Arriving()
        if self.parser is not None:
            self.request.add(self.parser.unreader.take_buffered())
            self.parser = None

    def is_idle(self) -> bool:
        """Whether nothing of a request has arrived."""
        return not self.request.data

    def receive(self) -> bool:
        """Take what has arrived; whether the request can be answered. Raises `Gone`."""
        while not self.request.ready():
            try:
                part = self.sock.recv(_AT_ONCE, socket.MSG_DONTWAIT)
            except BlockingIOError:
                self._say_go_on()
                return False
            except OSError as error:
                raise Gone from error
            if not part:
                if self.request.ends_here():
                    return True
                raise Gone
            self.request.add(part)
        return True

    def parse(self) -> None:
        """Let gunicorn read the bytes that have arrived, and nothing else."""
        self.parser = get_parser(self.cfg, self._what_arrived(), self.client)

    def _what_arrived(self) -> Iterator[bytes]:
        yield bytes(self.request.data)
        # It asks for more than was counted: where the next request would begin is not known.
        self.request.is_cut_off = True

    def discard(self) -> None:
        """Throw away what has arrived. Raises `Gone` where nothing comes any more."""
        try:
            if not self.sock.recv(_AT_ONCE, socket.MSG_DONTWAIT):
                raise Gone
        except BlockingIOError:
            pass
        except OSError as error:
            raise Gone from error

    def _say_go_on(self) -> None:
        if self.request.waits_for_leave():
            self.sock.sendall(_GO_ON)

"""Keeps a server busy and counts what it answers. Runs as a process of its own:

python -m benchmarks.load HOST PORT SECONDS CONNECTIONS < the bytes of one request

Plain sockets in one thread, and no more parsing than is needed, so that the server is what is
measured. Prints the answers in a second; ends with status 1 at any answer but 200.
"""

from __future__ import annotations

import re
import selectors
import socket
import subprocess
import sys
import time

CONNECTIONS = 4
"""As many as a worker has threads."""

_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n", re.IGNORECASE)
_END = b"\r\n\r\n"
_GIVE_UP = 10.0


class _Connection:
    """One kept-alive connection, which always has one request under way."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.socket = socket.create_connection((host, port), timeout=_GIVE_UP)
        self._request = request
        self._buffer = b""

    def ask(self) -> None:
        self._buffer = b""
        self.socket.sendall(self._request)

    def has_answer(self) -> bool:
        """Take in what came; whether that completes the answer."""
        received = self.socket.recv(65536)
        if not received:
            raise ConnectionError("the server closed the connection")
        self._buffer += received
        head, end, body = self._buffer.partition(_END)
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(head.partition(b"\r\n")[0].decode())
        length = _LENGTH.search(head + b"\r\n")
        return length is not None and len(body) >= int(length[1])


def load(host: str, port: int, seconds: float, connections: int, request: bytes) -> float:
    """Answers in a second."""
    answered = 0
    with selectors.DefaultSelector() as waiting:
        for _ in range(connections):
            connection = _Connection(host, port, request)
            waiting.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask()
        started = time.perf_counter()
        stop = started + seconds
        while (now := time.perf_counter()) < stop:
            for key, _events in waiting.select(timeout=_GIVE_UP):
                if key.data.has_answer():
                    answered += 1
                    key.data.ask()
        for key in list(waiting.get_map().values()):
            key.data.socket.close()
    return answered / (now - started)


def requests_a_second(port: int, request: bytes, seconds: float) -> float:
    """Load the server on this port of this machine from a second process."""
    command = [sys.executable, "-m", "benchmarks.load", "127.0.0.1", str(port), str(seconds)]
    done = subprocess.run(
        [*command, str(CONNECTIONS)],
        input=request,
        capture_output=True,
        check=False,
        timeout=seconds + 3 * _GIVE_UP,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return float(done.stdout)


if __name__ == "__main__":
    _host, _port, _seconds, _connections = sys.argv[1:]
    print(load(_host, int(_port), float(_seconds), int(_connections), sys.stdin.buffer.read()))

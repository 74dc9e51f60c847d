"""A real Redis on loopback, which a test can take away and bring back."""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_WITHIN = 20.0


_PORTS = range(20_000, 32_000)
"""Below those that a system lends to outgoing connections: one of these could take the port of a
server while it is away for a moment.
"""


def free_port() -> int:
    """A port that nobody uses now."""
    for port in random.sample(_PORTS, 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")


class RedisServer:
    """A server that writes nothing to disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        """Where it is."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        program = shutil.which("redis-server")
        assert program, "redis-server is missing: bin/system-packages test installs it"
        options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with (self._folder / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, "--port", str(self.port), "--dir", str(self._folder), *options],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_for_port(self.port)

    def stop(self) -> None:
        """Take it away."""
        if self._process:
            self._process.kill()
            self._process.wait(START_WITHIN)
            self._process = None


def wait_for_port(port: int) -> None:
    """Wait until something listens on this port of this machine."""
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """A running server until the block ends."""
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()

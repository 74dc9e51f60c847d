"""Starts gunicorn with the project's own settings, and tells what its worker weighs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import nan
from pathlib import Path

ROOT = Path(__file__).parent.parent
_START_WITHIN = 30.0

BARE = "benchmarks.bare:app"
LIBRARIES = "benchmarks.libraries:app"
WIZARD = "wsgi:app"


@dataclass(frozen=True)
class Server:
    """A running gunicorn with one worker, so that the load has the other core."""

    port: int
    master: int

    @property
    def worker(self) -> int:
        """The process that answers."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return int(children.split()[0])

    def cpu_seconds(self) -> float:
        """The processor time that the worker has used: unlike a rate, it is nearly the same on a
        busy machine.
        """
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(") ")[2].split()
        user, system = int(fields[11]), int(fields[12])
        return (user + system) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> Memory:
        """What the worker uses now; for anybody but root only all of it, see `rss`."""
        try:
            rollup = Path(f"/proc/{self.worker}/smaps_rollup").read_text()
        except PermissionError:
            return Memory(self.rss(), nan, nan)
        rows = (line.split() for line in rollup.splitlines()[1:])
        kilobytes = {row[0].rstrip(":"): int(row[1]) for row in rows}
        own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
        return Memory(kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024, own / 1024)

    def rss(self) -> float:
        """All that the worker has resident, in MiB. Anybody may ask for it, while the rest of its
        memory is closed also to the user that it runs as (`serving.core_dumps`).
        """
        rows = Path(f"/proc/{self.worker}/status").read_text().splitlines()
        [kilobytes] = [row.split()[1] for row in rows if row.startswith("VmRSS:")]
        return int(kilobytes) / 1024


@dataclass(frozen=True)
class Memory:
    """In MiB: all of it, with its share of what is shared, and without that."""

    rss: float
    pss: float
    uss: float


@contextmanager
def serve(app: str) -> Iterator[Server]:
    """Serve the app on a free port of this machine."""
    port = _free_port()
    environment = {
        **os.environ,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "RATELIMIT_ENABLED": "false",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", app]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=_START_WITHIN)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a worker answers: the port is open before there is one."""
    stop = time.monotonic() + _START_WITHIN
    while time.monotonic() < stop and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
                if connection.recv(1):
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("gunicorn did not start")

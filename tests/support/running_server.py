"""The service as it is really run: gunicorn in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import COOKIE_KEY

ROOT = Path(__file__).parents[2]
LONGEST_START = 60
_LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    @property
    def origin(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running_server(folder: Path, app: str = "wsgi:app", **environment: str) -> Iterator[Server]:
    """Serve the app on a free port until the block ends; then all workers have stopped.

    Everything that it writes, to its output or to a file, is below `folder`.
    """
    log = folder / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", app],
            cwd=ROOT,
            env=_environment(folder, environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Server(_port(process, log))
    finally:
        process.terminate()
        process.wait(LONGEST_START)


def written_below(folder: Path) -> str:
    """The contents of every file below the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def _environment(folder: Path, changes: dict[str, str]) -> dict[str, str]:
    ours = {
        "HOST": "127.0.0.1",
        "PORT": "0",
        "COOKIE_KEYS": COOKIE_KEY,
        "RATELIMIT_ENABLED": "false",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PYTHONUNBUFFERED": "1",
    }
    left_out = {"ACCESS_LOG", "GUNICORN_CMD_ARGS", "SECURE_COOKIES", "TRUSTED_PROXIES"}
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**inherited, **ours, **changes}


def _port(process: subprocess.Popen[bytes], output: Path) -> int:
    """The port it got from the system; waits until it listens."""
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and process.poll() is None:
        if found := _LISTENING.search(output.read_text(encoding="utf-8", errors="replace")):
            return int(found[1])
        time.sleep(0.05)
    raise RuntimeError(f"gunicorn did not start: {output.read_text(encoding='utf-8')}")

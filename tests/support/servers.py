"""The service as it is really run: gunicorn, seen and steered from outside."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import NamedTuple

from tests.support.keys import COOKIE_KEY

ROOT = Path(__file__).parents[2]
START_WITHIN = 60.0
_LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
_TICKS = os.sysconf("SC_CLK_TCK")
_OURS = (
    *(
        "ACCESS_LOG",
        "COOKIE_KEYS",
        "COOKIE_KEYS_FILE",
        "LOG_FORMAT",
        "METRICS_BIND",
        "POLICY_ARCHIVE",
        "POLICY_FOLDER",
    ),
    *("POLICY_LAST_GOOD", "PROMETHEUS_MULTIPROC_DIR", "RATELIMIT_STORAGE_URI", "STATE_FOLDER"),
    *("GUNICORN_CMD_ARGS", "SECURE_COOKIES", "TRUSTED_PROXIES", "WEB_CONCURRENCY", "THREADS"),
)


class Moment(NamedTuple):
    """When something was under way (`time.monotonic`)."""

    began: float
    ended: float


@dataclass(frozen=True)
class Memory:
    """In MiB: all of it, with its share of what is shared, and without that."""

    rss: float
    pss: float
    uss: float


@dataclass
class Service:
    """A running gunicorn."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def origin(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def master(self) -> int:
        """The process that starts the workers."""
        return self.process.pid

    def workers(self) -> set[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return {int(pid) for pid in children.split()}

    def written(self) -> str:
        """All that it has written to its output so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kill_worker(self) -> Moment:
        """Kill the oldest worker without a warning, and wait until there is another one.

        When it went.
        """
        before, began = self.workers(), time.monotonic()
        victim = min(before)
        os.kill(victim, signal.SIGKILL)
        self._wait(lambda: victim not in self.workers())
        gone = time.monotonic()
        self._wait(lambda: len(self.workers()) == len(before))
        return Moment(began, gone)

    def reload(self) -> None:
        """Let every worker be replaced (HUP), and wait until the last old one is gone."""
        before = self.workers()
        os.kill(self.master, signal.SIGHUP)
        self._wait(lambda: not before & self.workers())

    def kill(self) -> Moment:
        """Take the whole host away at once; when it went."""
        began = time.monotonic()
        # Else it may start one more worker for the first that goes, which nobody then kills.
        os.kill(self.master, signal.SIGSTOP)
        for pid in (*self.workers(), self.master):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(START_WITHIN)
        return Moment(began, time.monotonic())

    def cpu_seconds(self) -> float:
        """The processor time of all workers that live."""
        return sum(_cpu_seconds(pid) for pid in self.workers())

    def memory(self) -> Memory:
        """What all workers use now; for anybody but root only what is resident: the rest is
        closed to others (`serving.core_dumps`).
        """
        every = [_memory(pid) for pid in self.workers()]
        return Memory(
            sum(each.rss for each in every),
            sum(each.pss for each in every),
            sum(each.uss for each in every),
        )

    @staticmethod
    def _wait(until: object) -> None:
        assert callable(until)
        stop = time.monotonic() + START_WITHIN
        while not until():
            if time.monotonic() > stop:
                raise TimeoutError("the workers did not change")
            time.sleep(0.05)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> Memory:
    rss = _kilobytes(pid, "status")["VmRSS"] / 1024
    try:
        rows = _kilobytes(pid, "smaps_rollup")
    except PermissionError:
        return Memory(rss, rss, nan)
    return Memory(rss, rows["Pss"] / 1024, (rows["Private_Clean"] + rows["Private_Dirty"]) / 1024)


def _kilobytes(pid: int, file: str) -> dict[str, int]:
    rows = (line.split() for line in Path(f"/proc/{pid}/{file}").read_text().splitlines())
    return {row[0].rstrip(":"): int(row[1]) for row in rows if row[-1:] == ["kB"]}


@contextmanager
def running(folder: Path, app: str = "wsgi:app", **environment: str) -> Iterator[Service]:
    """Serve on a free port of this machine until the block ends.

    All that it writes, to its output or to a file, is below `folder`.
    """
    service = start(folder, app, **environment)
    try:
        yield service
    finally:
        stop(service)


def copy_of_the_service(to: Path) -> Path:
    """All that is served, in a folder whose files a test may break."""
    leave = shutil.ignore_patterns("__pycache__")
    for name in ("questions", "rules", "serving", "templates", "translations", "wizard"):
        shutil.copytree(ROOT / name, to / name, ignore=leave)
    for name in ("gunicorn.conf.py", "wsgi.py"):
        shutil.copy(ROOT / name, to)
    return to


def start(
    folder: Path,
    app: str = "wsgi:app",
    before: Sequence[str] = (),
    root: Path = ROOT,
    **environment: str,
) -> Service:
    """Start it, and wait until it has its workers and one of them answers.

    `before` is a program that becomes gunicorn, such as one that takes rights away first; `root` is
    where the code stands.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "output.log"
    inherited = {name: value for name, value in os.environ.items() if name not in _OURS}
    ours = {
        **{"HOST": "127.0.0.1", "PORT": "0", "RATELIMIT_ENABLED": "false"},
        **{"HOME": str(folder), "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"},
    }
    if "COOKIE_KEYS_FILE" not in environment:
        ours["COOKIE_KEYS"] = COOKIE_KEY
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "gunicorn", "-c", str(root / "gunicorn.conf.py"), app],
            cwd=root,
            env={**inherited, **ours, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    service = Service(process, 0, log)
    try:
        service.port = _port(service)
        workers = int(environment.get("WEB_CONCURRENCY", "2"))
        Service._wait(lambda: _answers(service) and len(service.workers()) >= workers)
    except BaseException:
        stop(service)
        raise
    return service


def _answers(service: Service) -> bool:
    """Whether a worker answers: the port is open before there is one."""
    if service.process.poll() is not None:
        raise RuntimeError(f"gunicorn did not start: {service.written()}")
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return bool(connection.getresponse().read())
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _port(service: Service) -> int:
    stop_at = time.monotonic() + START_WITHIN
    while time.monotonic() < stop_at and service.process.poll() is None:
        if found := _LISTENING.search(service.written()):
            return int(found[1])
        time.sleep(0.05)
    raise RuntimeError(f"gunicorn did not start: {service.written()}")


def written_below(folder: Path) -> str:
    """The contents of every file below the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def stop(service: Service) -> None:
    """Stop it as a service manager does, if it still runs."""
    if service.process.poll() is None:
        service.process.terminate()
    service.process.wait(START_WITHIN)

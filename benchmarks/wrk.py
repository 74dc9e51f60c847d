"""Whole questionnaires at saturation, sent by wrk: `make bench-wrk`.

wrk takes less of the processor than `benchmarks.journeys`, so more is left for the service. That
one looks into the pages and knows which answers were lost.

    python -m benchmarks.wrk [SECONDS [PEOPLE]]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.journeys import LANGUAGES, LONG, SHORT, Answers
from benchmarks.processes import Service, running

_SCRIPT = Path(__file__).with_name("journeys.lua")


def requests_of(answers: Answers, language: str) -> Iterator[str]:
    """One journey, a request a line, as `journeys.lua` reads them."""
    yield "-"
    yield f"GET /{language}/ 200"
    for question, answer in answers.items():
        yield f"GET /{language}/check/{question} 200"
        yield f"POST /{language}/check/{question} 303 {urlencode({'answer': answer}, doseq=True)}"
    yield f"GET /{language}/answers 200"
    yield f"GET /{language}/result 200"
    yield f"POST /{language}/forget 303 x="


def measure(service: Service, seconds: int, people: int) -> dict[str, object]:
    """Keep the service busy for so long; figures."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for language in LANGUAGES:
            for answers in (LONG, LONG, SHORT):
                file.writelines(f"{line}\n" for line in requests_of(answers, language))
        file.flush()
        _run(service, max(2, seconds // 10), people, file.name)
        cpu, memory = service.cpu_seconds(), _Memory(service)
        figures = _run(service, seconds, people, file.name)
        used = service.cpu_seconds() - cpu
    first, last = memory.stop()
    return {
        "people at once": people,
        **figures,
        "errors": figures["wrong"] + figures["failed"],
        "CPU-ms a journey": round(1000 * used / figures["journeys"], 1),
        "memory MiB, first third": first,
        "memory MiB, last third": last,
    }


def _run(service: Service, seconds: int, people: int, requests: str) -> dict[str, float]:
    # A thread for each connection: wrk says which thread got an answer, not which connection.
    command = ["wrk", f"-t{people}", f"-c{people}", f"-d{seconds}s", "--timeout", "30s"]
    address = f"http://127.0.0.1:{service.port}"
    done = subprocess.run(
        [*command, "-s", str(_SCRIPT), address, "--", requests],
        capture_output=True,
        check=True,
        text=True,
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


class _Memory:
    """Looks at the memory of the service from time to time."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._seen: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            self._seen.append(self._service.memory())

    def stop(self) -> tuple[float, float]:
        """The mean of the first and of the last third, in MiB."""
        self._over.set()
        self._thread.join()
        third = max(1, len(self._seen) // 3)
        first, last = self._seen[:third], self._seen[-third:]
        return round(sum(first) / third, 1), round(sum(last) / third, 1)


def main() -> None:
    """Measure and print."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 16
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as service:
        figures = measure(service, seconds, people)
    print(json.dumps(figures, indent=2))
    sys.exit(1 if figures["errors"] else 0)


if __name__ == "__main__":
    main()

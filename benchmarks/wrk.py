"""Whole questionnaires at saturation, sent by wrk: `make bench-wrk`.

wrk takes less of the processor than `benchmarks.journeys`, so more is left for the service. That
one looks into the pages and knows which answers were lost.

    python -m benchmarks.wrk [SECONDS [PEOPLE]]
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.journeys import by_thirds, main
from tests.support.answers.people import LONG, SHORT, Answers
from tests.support.crowd import LANGUAGES
from tests.support.http_visitor import walk
from tests.support.servers import Service

_SCRIPT = Path(__file__).with_name("journeys.lua")


def requests_of(port: int, answers: Answers, language: str) -> Iterator[str]:
    """One journey, a request a line, as `journeys.lua` reads them.

    It is walked once before, to know the addresses; wrk begins with its cookies:
    of several cookies that an answer sets it tells the last one only.
    """
    walked = walk(port, answers, language)
    yield f"- - - {walked.before[next(iter(answers))]}"
    yield f"GET /{language}/ 200"
    yield f"GET /{language}/check 303"
    for question, answer in answers.items():
        address = walked.addresses[question]
        yield f"GET {address} 200"
        yield f"POST {address} 303 {urlencode({'answer': answer}, doseq=True)}"
    yield f"GET /{language}/result 200"
    yield f"POST /{language}/forget 303 x="


def measure(service: Service, seconds: float, people: int) -> dict[str, object]:
    """Keep the service busy for so long; figures."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for language in LANGUAGES:
            for answers in (LONG, LONG, SHORT):
                file.writelines(
                    f"{line}\n" for line in requests_of(service.port, answers, language)
                )
        file.flush()
        _run(service, max(2, seconds / 10), people, file.name)
        cpu = service.cpu_seconds()
        figures, memory = _run(service, seconds, people, file.name)
        used = service.cpu_seconds() - cpu
    return {
        "people at once": people,
        **figures,
        "errors": figures["wrong"] + figures["failed"],
        "CPU-ms a journey": round(1000 * used / figures["journeys"], 1),
        **by_thirds(memory),
    }


def _run(
    service: Service, seconds: float, people: int, requests: str
) -> tuple[dict[str, float], list[float]]:
    """What wrk counted, and the memory of the service on the way."""
    # A thread for each connection: wrk says which thread got an answer, not which connection.
    command = ["wrk", f"-t{people}", f"-c{people}", f"-d{round(seconds)}s", "--timeout", "30s"]
    address = f"http://127.0.0.1:{service.port}"
    memory: list[float] = []
    with subprocess.Popen(
        [*command, "-s", str(_SCRIPT), address, "--", requests], stdout=subprocess.PIPE, text=True
    ) as wrk:
        while wrk.poll() is None:
            memory.append(service.memory().pss)
            time.sleep(min(5.0, seconds / 10))
        said = wrk.communicate()[0]
    if wrk.returncode:
        raise RuntimeError(f"wrk ended with {wrk.returncode}")
    return json.loads(said.splitlines()[-1]), memory


if __name__ == "__main__":
    main(measure)

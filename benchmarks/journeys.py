"""Whole questionnaires, one after another, from many people at once: `make bench-journeys`.

    python -m benchmarks.journeys [SECONDS [PEOPLE]]

`benchmarks.wrk` sends the same journeys by wrk, and takes less of the processor; the people of
`tests.support.crowd` know which answers were lost.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.support.crowd import Crowd, Target
from tests.support.servers import Service, running


def measure(service: Service, seconds: float, people: int) -> dict[str, object]:
    """Keep the service busy for so long; figures."""
    memory: list[float] = []
    with Crowd(Target(service.port), people) as warm_up:
        time.sleep(min(10.0, seconds / 5))
    if warm_up.total.wrong:
        raise RuntimeError(f"it does not work even before the load: {warm_up.total.wrong}")
    cpu, started = service.cpu_seconds(), time.monotonic()
    with Crowd(Target(service.port), people) as crowd:
        while time.monotonic() < started + seconds:
            memory.append(service.memory().pss)
            time.sleep(min(5.0, seconds / 10))
    lasted, total = time.monotonic() - started, crowd.total
    used = service.cpu_seconds() - cpu
    return {
        "seconds": round(lasted, 1),
        "people at once": people,
        "journeys": total.journeys,
        "requests": total.requests,
        "requests a second": round(total.requests / lasted),
        "errors": sum(total.wrong.values()) + len(total.failed) + total.lost,
        "wrong": dict(total.wrong),
        "failed": len(total.failed),
        "answers lost": total.lost,
        "p50 ms": round(1000 * total.percentile(0.5), 1),
        "p99 ms": round(1000 * total.percentile(0.99), 1),
        "longest ms": round(1000 * max(total.seconds), 1),
        "CPU-ms a journey": round(1000 * used / total.journeys, 1),
        "CPU-ms a request": round(1000 * used / total.requests, 2),
        **by_thirds(memory),
    }


def by_thirds(memory: Sequence[float]) -> dict[str, object]:
    """How much memory there was on the way: the mean of the first and of the last third, in MiB."""
    third = max(1, len(memory) // 3)
    return {
        "memory MiB, first third": round(sum(memory[:third]) / third, 1),
        "memory MiB, last third": round(sum(memory[-third:]) / third, 1),
    }


def main(measure: Callable[[Service, float, int], dict[str, object]] = measure) -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 16
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as service:
        figures = measure(service, seconds, people)
    print(json.dumps(figures, indent=2))
    sys.exit(1 if figures["errors"] else 0)


if __name__ == "__main__":
    main()

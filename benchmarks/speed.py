"""Requests a second of each page, as a ratio to the bare page in the same round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks import visit
from benchmarks.load import requests_a_second
from tests.support.servers import Service

BASE = "bare Flask page"
QUESTION = "question page"
RESULT = "result page"

_WARM_UP = 0.5


@dataclass(frozen=True)
class Speed:
    """One page; medians over all rounds."""

    a_second: float
    ratio: float
    """Of the rate of the bare page."""

    cpu: float
    """Milliseconds of processor time for one request."""

    cpu_ratio: float
    """Of that of the bare page, upside down: what the ratio would be on a quiet machine."""


@dataclass(frozen=True)
class _Target:
    server: Service
    request: bytes

    def measure(self, seconds: float) -> tuple[float, float]:
        """Requests a second, and processor time in milliseconds for each."""
        before = self.server.cpu_seconds()
        a_second = requests_a_second(self.server.port, self.request, seconds)
        used = self.server.cpu_seconds() - before
        if not a_second:
            raise RuntimeError("nothing was answered: is this machine too busy to measure?")
        return a_second, 1000 * used / (a_second * seconds)


def speeds(
    bare: Service, wizard: Service, rounds: int = 5, seconds: float = 1.0
) -> Mapping[str, Speed]:
    """Measure everything in turns, so that a noisy moment meets all alike."""
    targets = {BASE: _Target(bare, visit.get("/")), **_pages(wizard)}
    for target in targets.values():
        requests_a_second(target.server.port, target.request, _WARM_UP)
    measured = [
        {name: target.measure(seconds) for name, target in targets.items()} for _ in range(rounds)
    ]
    return {
        name: Speed(
            a_second=median(each[name][0] for each in measured),
            ratio=median(each[name][0] / each[BASE][0] for each in measured),
            cpu=median(each[name][1] for each in measured),
            cpu_ratio=median(each[BASE][1] / each[name][1] for each in measured),
        )
        for name in targets
    }


def _pages(wizard: Service) -> dict[str, _Target]:
    walked = visit.walk_long(wizard.port)
    halfway, complete = walked.before[visit.HALFWAY], walked.cookie
    question = walked.addresses[visit.HALFWAY]
    result = f"/{visit.LANGUAGE}/result"
    return {
        QUESTION: _Target(wizard, visit.get(question, halfway)),
        f"{QUESTION}, not compressed": _Target(wizard, visit.get(question, halfway, visit.PLAIN)),
        "back to a question": _Target(wizard, visit.get(question, complete)),
        "back to the country": _Target(wizard, visit.get(walked.addresses["country"], halfway)),
        RESULT: _Target(wizard, visit.get(result, complete)),
        f"{RESULT}, not compressed": _Target(wizard, visit.get(result, complete, visit.PLAIN)),
        "decision by the API": _Target(wizard, visit.post_decision()),
    }

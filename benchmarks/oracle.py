"""Whether the time of an answer tells that somebody had these answers: `make bench-oracle`.

Half of the sets are asked for once before, as by somebody else. Then all are asked for, in any
order, each once. Where nothing is kept by answers both halves take the same time.

    python -m benchmarks.oracle [SETS]
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import dataclass
from statistics import median

from benchmarks.decisions import random_answers
from benchmarks.serving import WIZARD, serve
from questions import Answers
from rules import default_decider
from tests.support.http_visitor import ask

SETS = 200
MOST = 1.3
"""How many times longer one half may take than the other, by medians."""


@dataclass(frozen=True)
class Times:
    """Medians, in milliseconds."""

    known: float
    unknown: float

    @property
    def ratio(self) -> float:
        """How many times longer the slower half takes."""
        return max(self.known, self.unknown) / min(self.known, self.unknown)


def measure(port: int, sets: int = SETS) -> Times:
    """Ask the API of the service on this port."""
    every = _different(2 * sets)
    known, unknown = every[:sets], every[sets:]
    for answers in known:
        _ask(port, answers)
    tries = [(True, each) for each in known] + [(False, each) for each in unknown]
    random.Random(sets).shuffle(tries)
    times: dict[bool, list[float]] = {True: [], False: []}
    for is_known, answers in tries:
        started = time.perf_counter()
        _ask(port, answers)
        times[is_known].append(1000 * (time.perf_counter() - started))
    return Times(median(times[True]), median(times[False]))


def _different(number: int) -> list[Answers]:
    by_text = {str(each): each for each in random_answers(default_decider(), 4 * number)}
    return list(by_text.values())[:number]


def _ask(port: int, answers: Answers) -> None:
    body = json.dumps({"answers": answers, "lang": "en"}).encode()
    headers = {"Content-Type": "application/json"}
    said = ask(port, "/api/v1/decisions", method="POST", body=body, headers=headers)
    if not said.json().get("complete"):
        raise RuntimeError(f"no decision: status {said.status}")


def main() -> None:
    """Print the medians."""
    sets = int(sys.argv[1]) if sys.argv[1:] else SETS
    with serve(WIZARD) as wizard:
        times = measure(wizard.port, sets)
    print(f"known {times.known:.1f} ms, unknown {times.unknown:.1f} ms: ratio {times.ratio:.2f}")


if __name__ == "__main__":
    main()

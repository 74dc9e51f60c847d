"""Measures the memory of many evaluations: run as a program, in a process of its own.

`python -m tests.rules.engine.memory WARM_UP EVALUATIONS [FLAW]` prints the growth in kilobytes
between the end of the warm-up and the end of all evaluations. FLAW makes the engine forget to
clean up, so that a test can see that the measure would notice.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from durable.engine import Ruleset

from rules import Decider
from rules.engine.durable import DurableEngine
from tests.rules.deciders import ON, shipped
from tests.support.answers.answer_sets import random_answers

PEOPLE = 500
"""Different sets of answers, taken in turn."""
_PAGE_IN_KILOBYTES = 4


def resident_kilobytes() -> int:
    """What the process has in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_IN_KILOBYTES


def growth(warm_up: int, evaluations: int) -> int:
    """By how many kilobytes memory grows from the end of the warm-up on."""
    compiled = Decider(shipped()).compiled(ON)
    rng = random.Random("memory")
    people = [random_answers(rng) for _ in range(PEOPLE)]
    facts = [{**answers, **shipped().lookup(answers)} for answers in people]
    before = 0
    for number in range(evaluations):
        if number == warm_up:
            before = resident_kilobytes()
        compiled.engine.run(facts[number % PEOPLE])
    return resident_kilobytes() - before


def _keep_sessions() -> None:
    Ruleset.delete_state = lambda _self, _sid: None


def _keep_one_string() -> None:
    """The least that can leak: some fifty bytes for each evaluation."""
    kept: list[str] = []
    run: Callable[..., list[str]] = DurableEngine.run

    def leaking(self: DurableEngine, facts: Mapping[str, Any]) -> list[str]:
        kept.append(f"evaluation {len(kept)}")
        return run(self, facts)

    DurableEngine.run = leaking  # type: ignore[method-assign]


FLAWS: Mapping[str, Callable[[], None]] = {
    "keep_sessions": _keep_sessions,
    "keep_one_string": _keep_one_string,
}


def main(warm_up: str, evaluations: str, *flaws: str) -> None:
    for flaw in flaws:
        FLAWS[flaw]()
    print(growth(int(warm_up), int(evaluations)))


if __name__ == "__main__":
    main(*sys.argv[1:])

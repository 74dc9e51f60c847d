"""Evaluating leaves nothing behind in memory, neither in Python nor in durable_rules."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rules.loading import ROOT

MEGABYTE = 1024

LONG_BOUND = 3 * MEGABYTE
"""One leaked Python string, some 60 bytes, would make 5 MB over the 90,000 counted evaluations.
What is there without a leak is what malloc has not yet given back: well under 1 MB."""

SHORT_BOUND = 6 * MEGABYTE
"""The start of a process still settles by some 3 MB. Over the 5,000 counted evaluations one
leaked message, some 5 KB, would make 25 MB."""


def growth_in_kilobytes(warm_up: int, evaluations: int, *flaws: str) -> int:
    command = [sys.executable, "-m", "tests.rules.engine_memory"]
    made = subprocess.run(
        [*command, str(warm_up), str(evaluations), *flaws],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return int(made.stdout)


def test_memory_stays_flat_over_thousands_of_evaluations() -> None:
    assert growth_in_kilobytes(1_000, 6_000) < SHORT_BOUND


@pytest.mark.slow
def test_memory_stays_flat_over_a_hundred_thousand_evaluations() -> None:
    assert growth_in_kilobytes(10_000, 100_000) < LONG_BOUND


def test_sessions_that_are_not_deleted_would_be_noticed() -> None:
    # A session takes 2 MB in durable_rules, which takes no more than a thousand of them.
    assert growth_in_kilobytes(10, 60, "keep_sessions") > SHORT_BOUND

"""An engine that nobody uses any more gives back its memory: policies change while workers live."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from rules import Policy
from rules.engine.ruleset import compile_policy
from tests.rules.deciders import ON, shipped

ENGINES = 20
AT_MOST = 10.0
"""MiB more for all of them; never freed, they would take twice that and more."""


def own_memory() -> float:
    """What this process has for itself, in MiB."""
    rows = (line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    return sum(int(row[1]) for row in rows if row[0].startswith("Private_")) / 1024


def compile_once(policy: Policy) -> None:
    compile_policy(policy, [rule for rule in policy.rules if rule.is_valid(ON)])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_engines_that_are_no_longer_used_give_back_their_memory_at_once():
    policy = shipped()
    compile_once(policy)
    gc.collect()
    gc.disable()
    try:
        before = own_memory()
        for _ in range(ENGINES):
            compile_once(policy)
        assert own_memory() - before < AT_MOST
    finally:
        gc.enable()

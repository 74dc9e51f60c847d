"""Whole questionnaires at saturation: no error, no answer lost, memory flat.

`make bench-journeys` prints the same figures for five minutes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import journeys, wrk
from tests.support.servers import running


@pytest.mark.parametrize(
    ("seconds", "growth"),
    [
        # In the first seconds a worker still fills what it keeps for each language.
        pytest.param(5, 1.5, id="short"),
        pytest.param(300, 1.1, id="five minutes", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("measure", [journeys.measure, wrk.measure], ids=["journeys", "wrk"])
def test_whole_questionnaires_at_saturation_fail_in_nothing_and_memory_stays_flat(
    tmp_path: Path,
    measure: Callable[..., dict[str, object]],
    seconds: float,
    growth: float,
    record_property: Callable[[str, object], None],
):
    with running(tmp_path) as service:
        figures = measure(service, seconds, people=8)
    record_property("figures", json.dumps(figures))
    assert figures["errors"] == 0, figures
    assert figures["journeys"]
    first, last = figures["memory MiB, first third"], figures["memory MiB, last third"]
    assert isinstance(first, float)
    assert isinstance(last, float)
    assert last < first * growth


def test_wrk_would_see_an_answer_out_of_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Each page of a question is only shown to who answered those before it."""
    monkeypatch.setattr(wrk, "LONG", dict(reversed(wrk.SHORT.items())))
    with running(tmp_path) as service:
        figures = wrk.measure(service, 2, people=2)
    assert figures["wrong"]

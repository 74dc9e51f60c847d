"""What a helper checks: from sources of confidence H, and each condition is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules import default_decider
from tests.support.broken.data import Mistake, assert_refused, copy_data, mistake, policy_file

OUTCOMES = policy_file("outcomes")
PLACE = "outcomes.toml: check.days_to_appeal"
SOURCE = (
    'see the letter."\nwhen = { appeal = ["possible", "unknown"] }\nsource = "refugeehelp_appeal"'
)

MISTAKES = [
    mistake(
        OUTCOMES,
        SOURCE,
        SOURCE.replace("refugeehelp_appeal", "ros_about"),
        f"{PLACE}.source",
        "a check needs a source of confidence H",
    ),
    mistake(
        OUTCOMES,
        'question = "vwn_view"',
        'question = "weather"',
        "outcomes.toml: check.view_today.question",
        "`weather` is not one of",
    ),
    mistake(
        OUTCOMES,
        SOURCE,
        SOURCE.replace("when = { appeal", "# { appeal"),
        f"{PLACE}.when",
        "a condition is missing",
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(tmp_path: Path, broken: Mistake) -> None:
    assert_refused(copy_data(tmp_path), broken)


def test_every_check_has_a_source_of_confidence_h() -> None:
    checks = default_decider().policy.checks
    assert len(checks) > 4
    assert {check.source.confidence for check in checks} == {"H"}

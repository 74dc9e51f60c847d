"""A mistake about how to reach somebody whom a step names is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.broken.data import (
    NOT_THERE,
    UNKNOWN_KEY,
    Mistake,
    assert_refused,
    mistake,
    policy_file,
)

CONTACTS = policy_file("contacts")

MISTAKES = [
    mistake(
        CONTACTS,
        "\nat_end = true",
        "\nat_end = true\nprivate = true",
        "contacts.toml: suicide_prevention.private",
        "tells nothing",
    ),
    mistake(
        CONTACTS,
        "\nat_end = true",
        "\nat_the_end = true",
        "contacts.toml: suicide_prevention.at_the_end",
        UNKNOWN_KEY,
    ),
    mistake(
        CONTACTS,
        'source = "suicide_prevention"',
        'source = "suicide"',
        "contacts.toml: suicide_prevention.source",
        NOT_THERE,
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)

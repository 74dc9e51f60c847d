"""A mistake in a source is named: nothing is shown without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.broken.data import (
    DAY,
    NOT_THERE,
    TEXT,
    UNKNOWN_KEY,
    Mistake,
    assert_refused,
    blank,
    mistake,
    policy_file,
)

SOURCES = policy_file("sources")

MISTAKES = [
    mistake(SOURCES, "original.en", "original.EN", "sources.toml: seed.original.EN", "language"),
    mistake(
        SOURCES,
        "original.en",
        'original.nl = "Terugkeer"\noriginal.en',
        "sources.toml: seed.original",
        "one title in one language",
    ),
    mistake(SOURCES, '= "H"', '= "L"', "sources.toml: seed.confidence", f"`L` {NOT_THERE} H, M"),
    mistake(SOURCES, "2026-11-24", '"2026-11-24"', "sources.toml: seed.checked_on", DAY),
    mistake(SOURCES, "2026-11-24", "2026-11-24T10:00:00", "sources.toml: seed.checked_on", DAY),
    mistake(SOURCES, "checked_on = 2026-11-24", "", "sources.toml: seed.checked_on", DAY),
    mistake(SOURCES, "2026-11-24", "2026-02-30", "sources.toml", "is not TOML"),
    mistake(
        SOURCES, "https://refugeehelp", "refugeehelp", "sources.toml: seed.url", "a web address"
    ),
    mistake(SOURCES, "https:", "javascript:", "sources.toml: seed.url", "a web address"),
    mistake(SOURCES, "\npublished", "\npublishd", "sources.toml: seed.publishd", UNKNOWN_KEY),
    mistake(SOURCES, '"2024-09-25"', "2024", "sources.toml: seed.published", TEXT),
    mistake(SOURCES, '"2024-09-25"', '"25-09-2024"', "sources.toml: seed.published", "a year"),
    mistake(SOURCES, '"2024-09-25"', '"2024-13"', "sources.toml: seed.published", "a year"),
    mistake(
        SOURCES,
        "2026-11-24",
        "2024-09-24",
        "sources.toml: seed.checked_on",
        "is before the day of publication, 2024-09-25",
    ),
    mistake(SOURCES, "//refugeehelp.nl", "//refugeehelp", "sources.toml: seed.url", "a web addr"),
    mistake(SOURCES, "[seed]", '["The seed"]', "sources.toml: The seed", "an id of small"),
    blank(SOURCES, "[seed]\n", "title", "sources.toml: seed.title"),
    mistake(SOURCES, "[seed]", "seed = 1\n[other]", "sources.toml: seed", "a table is needed"),
    mistake(SOURCES, "[dtv_help]", "[seed]", "sources.toml", "is not TOML"),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)

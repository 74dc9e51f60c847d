"""A mistake in what is on record about a country is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules.load.policy import load_policy
from rules.model import CountryView
from tests.support.broken.data import (
    DAY,
    NOT_THERE,
    TEXT,
    UNKNOWN_KEY,
    Mistake,
    assert_refused,
    change,
    mistake,
    policy_file,
)

COUNTRIES = policy_file("countries")
AF_VIEW = '[view.AF]\nview = "unsafe"\nsource = "seed"\nstated_on = 2026-01-01\n'


def in_view(old: str, new: str, place: str, problem: str) -> Mistake:
    """A view of Afghanistan goes on record, with a mistake."""
    broken = AF_VIEW.replace(old, new)
    assert broken != AF_VIEW
    return mistake(COUNTRIES, "\n[view]\n", f"\n{broken}", f"countries.toml: view.{place}", problem)


MISTAKES = [
    in_view("AF", "XX", "XX", "no country has this code"),
    in_view("AF", "af", "af", "no country has this code"),
    in_view('"unsafe"', '"none"', "AF.view", f"`none` {NOT_THERE} assists, unsafe"),
    in_view('"unsafe"', '"safe"', "AF.view", "`safe` is not"),
    in_view('"seed"', '"sed"', "AF.source", NOT_THERE),
    in_view('source = "seed"\n', "", "AF.source", TEXT),
    in_view("2026-01-01", '"2026-01-01"', "AF.stated_on", DAY),
    in_view("stated_on = 2026-01-01\n", "", "AF.stated_on", DAY),
    in_view("stated_on", "stated", "AF.stated", UNKNOWN_KEY),
    in_view("2026-01-01", "2026-12-01", "AF.stated_on", "is after the day on which we checked"),
    mistake(
        COUNTRIES,
        "[group.eu_eea]",
        '[group.other]\nsource = "seed"\ncountries = ["AT"]\n[group.eu_eea]',
        "countries.toml: group.eu_eea.countries",
        "`AT` already stands in group `other`",
    ),
    mistake(COUNTRIES, '"AT"', '"AUT"', "countries.toml: group.eu_eea.countries", "`AUT` is not"),
    mistake(COUNTRIES, '"AT"', '"BE"', "countries.toml: group.eu_eea.countries", "stands twice"),
    mistake(
        COUNTRIES, "[group.eu_eea]", "[group.eu]", "countries.toml: group.eu", "this group is not"
    ),
    mistake(
        COUNTRIES,
        "[group.eu_eea]",
        "[group.other]",
        "countries.toml: group.eu_eea",
        "no country belongs to this group",
    ),
    mistake(COUNTRIES, "[group.eu_eea]", "[groups.eu_eea]", "countries.toml: groups", UNKNOWN_KEY),
    mistake(
        COUNTRIES,
        "\ncountries = ",
        "\ncountry = ",
        "countries.toml: group.eu_eea.country",
        UNKNOWN_KEY,
    ),
    mistake(
        COUNTRIES,
        '"dtv_basic_support"\nc',
        '"nowhere"\nc',
        "countries.toml: group.eu_eea.source",
        NOT_THERE,
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)


def test_a_view_on_record_is_loaded_with_its_source_and_day(root: Path) -> None:
    change(root, COUNTRIES, "\n[view]\n", f"\n{AF_VIEW}")
    policy = load_policy(root)
    view = CountryView("unsafe", policy.sources["seed"], date(2026, 1, 1))
    assert policy.countries.views == {"AF": view}
    assert policy.lookup({"country": "AF"})["recorded_view"] == "unsafe"
    assert policy.lookup({"country": "IQ"})["recorded_view"] == "none"

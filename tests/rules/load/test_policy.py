"""A mistake in the policy stops the start and is named by file and key."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from questions import DataError
from rules.load.policy import load_policy
from tests.rules.load import (
    test_countries,
    test_organisations,
    test_outcomes,
    test_rules,
    test_sources,
    test_supports,
)
from tests.support.broken.data import (
    QUESTIONS,
    UNKNOWN_KEY,
    Mistake,
    assert_refused,
    blank,
    mistake,
    policy_file,
    rules_file,
)
from tests.support.broken.leftovers import SAVED, UTF_16, Saved, leave_beside

HEAD = policy_file("policy")

MISTAKES = [
    mistake(HEAD, "\nversion = ", "\nversoin = ", "policy.toml: versoin", UNKNOWN_KEY),
    blank(HEAD, "\n", "version", "policy.toml: version"),
    blank(HEAD, "[role.supports]\n", "text", "policy.toml: role.supports.text"),
    mistake(
        HEAD, "gives = true\n", 'gives = "yes"\n', "policy.toml: role.continues.gives", "true or"
    ),
    mistake(
        HEAD, "gives = true\n", "givs = true\n", "policy.toml: role.continues.givs", UNKNOWN_KEY
    ),
    mistake(
        HEAD,
        "\nexcludes = true",
        "\nexcludes = 1",
        "policy.toml: role.not_for_you.excludes",
        "true or",
    ),
    mistake(
        HEAD,
        'values = ["yes", "no"]',
        'values = ["yes", "yes"]',
        "policy.toml: fact.excluded.values",
        "an entry stands twice",
    ),
    mistake(
        HEAD,
        'values = ["yes", "no"]',
        'values = "yes"',
        "policy.toml: fact.excluded.values",
        "a list of texts",
    ),
    mistake(
        HEAD,
        "[fact.stage]\n",
        '[fact.stage]\ntext = "x"\n',
        "policy.toml: fact.stage.text",
        UNKNOWN_KEY,
    ),
    mistake(
        HEAD,
        'values = ["yes", "no"]',
        "values = []",
        "policy.toml: fact.excluded.values",
        "at least one entry",
    ),
    mistake(
        HEAD,
        "[fact.country_view]",
        "[fact.country_views]",
        "policy.toml: fact.country_view",
        "every decision names it",
    ),
    mistake(
        HEAD,
        "[fact.chooses]",
        "[fact.appeal]",
        "policy.toml: fact.appeal",
        "this name has another meaning",
    ),
    mistake(
        HEAD,
        "[lookup.country_group]",
        "[lookup.country_groups]",
        "policy.toml: lookup.country_groups",
        UNKNOWN_KEY,
    ),
    mistake(
        HEAD,
        'values = ["assists", "unsafe", "none"]',
        'values = ["assists", "unsafe"]',
        "policy.toml: lookup.recorded_view.values",
        "the value `none` is missing",
    ),
    mistake(
        HEAD,
        "[lookup.recorded_view.words.unsafe]",
        "[lookup.recorded_view.words.unsave]",
        "policy.toml: lookup.recorded_view.words.unsave",
        UNKNOWN_KEY,
    ),
    mistake(
        HEAD,
        'values = ["assists", "unsafe", "none"]',
        'values = ["assists", "unsafe", "none", "mixed"]',
        "policy.toml: lookup.recorded_view.words.mixed",
        "the words for this value are missing",
    ),
    mistake(
        HEAD,
        "gives = false\nexcludes",
        "gives = true\nexcludes",
        "policy.toml: role.not_for_you.excludes",
        "cannot give",
    ),
    blank(HEAD, "[form.product]\n", "text", "policy.toml: form.product.text"),
    blank(HEAD, "[certainty.possible]\n", "text", "policy.toml: certainty.possible.text"),
    mistake(
        HEAD,
        '[form.product]\ntext = "',
        '[form.product]\nwords = "',
        "policy.toml: form.product.words",
        UNKNOWN_KEY,
    ),
]

EVERY_MISTAKE = (
    *(MISTAKES + test_sources.MISTAKES + test_organisations.MISTAKES + test_supports.MISTAKES),
    *(test_outcomes.MISTAKES + test_countries.MISTAKES + test_rules.MISTAKES),
)

FILES = (
    *("policy", "sources", "organisations", "supports", "amounts", "outcomes", "countries"),
    *("rules/facts", "rules/situation", "rules/roles", "rules/offers", "rules/steps"),
)


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)


def test_every_file_has_a_mistake_in_the_tests_of_its_loader() -> None:
    assert {each.path for each in EVERY_MISTAKE} == {policy_file(name) for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(root: Path, name: str) -> None:
    path = root / policy_file(name)
    path.unlink()
    with pytest.raises(DataError) as caught:
        load_policy(root)
    assert str(caught.value).startswith(f"{path.name}: cannot be read: No such file")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_utf_8_is_named(root: Path, name: str) -> None:
    path = root / policy_file(name)
    path.write_bytes(path.read_bytes() + b"\n# caf\xe9\n")
    with pytest.raises(DataError) as caught:
        load_policy(root)
    assert str(caught.value).startswith(f"{path.name}: is not UTF-8 in line ")


@pytest.mark.parametrize("name", ["questions/questions.toml", *map(policy_file, FILES)])
def test_the_fingerprint_changes_with_every_file(root: Path, name: str) -> None:
    before = load_policy(root).sha256
    with (root / name).open("a", encoding="utf-8") as file:
        file.write("\n# A remark.\n")
    assert load_policy(root).sha256 != before == load_policy().sha256


FOLDERS = ("questions", "rules/policy", "rules/policy/rules")
ONE_OF_EACH = (QUESTIONS, policy_file("sources"), rules_file("offers"))


def test_what_systems_and_editors_leave_beside_the_data_changes_nothing(root: Path) -> None:
    for path in ONE_OF_EACH:
        leave_beside(root / path)
    assert load_policy(root) == load_policy()


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
@pytest.mark.parametrize("name", ["questions/questions.toml", *map(policy_file, FILES)])
def test_a_file_is_the_same_however_an_editor_saved_it(root: Path, name: str, saved: Saved) -> None:
    path = root / name
    path.write_bytes(saved(path.read_bytes()))
    policy = load_policy(root)
    assert replace(policy, sha256="") == replace(load_policy(), sha256="")
    if path.read_bytes().endswith((b"\n", b"\r")):
        assert policy.sha256 == load_policy().sha256


@pytest.mark.parametrize("name", ["questions/questions.toml", *map(policy_file, FILES)])
def test_a_file_in_utf_16_is_named(root: Path, name: str) -> None:
    path = root / name
    path.write_bytes(UTF_16["UTF-16, little endian"](path.read_bytes()))
    with pytest.raises(DataError, match=f"^{re.escape(path.name)}: is UTF-16"):
        load_policy(root)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_data_file_that_nobody_reads_is_named(root: Path, folder: str) -> None:
    (root / folder / "more.toml").write_text("# Rules that somebody believes in.\n")
    with pytest.raises(DataError, match=r"^more\.toml: is not read; here are only .*\.toml"):
        load_policy(root)

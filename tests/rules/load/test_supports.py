"""A mistake about a kind of help or an amount is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.broken.data import (
    NOT_THERE,
    TEXT,
    UNKNOWN_KEY,
    Mistake,
    assert_refused,
    blank,
    mistake,
    policy_file,
)

SUPPORTS = policy_file("supports")
AMOUNTS = policy_file("amounts")

SUPPORT_MISTAKES = [
    *(
        mistake(
            SUPPORTS, f"\n{key} = ", f"\n{key} = '' # ", f"supports.toml: counselling.{key}", TEXT
        )
        for key in ("label", "text", "certainty", "source")
    ),
    mistake(SUPPORTS, '["service"]', '["servise"]', "supports.toml: counselling.form", NOT_THERE),
    mistake(SUPPORTS, '["service"]', "[]", "supports.toml: counselling.form", "at least one"),
    mistake(SUPPORTS, 'form = ["service"]', "", "supports.toml: counselling.form", "at least one"),
    mistake(SUPPORTS, '["talk"]', '["tlak"]', "supports.toml: counselling.wanted_by", NOT_THERE),
    mistake(SUPPORTS, '["service"]', '"service"', "supports.toml: counselling.form", "a list"),
    mistake(
        SUPPORTS,
        '= "possible"',
        '= "sure"',
        "supports.toml: counselling.certainty",
        "`sure` is not",
    ),
    mistake(SUPPORTS, '"vwn_guidance"', '"vwn"', "supports.toml: counselling.source", NOT_THERE),
    mistake(SUPPORTS, '["talk"]', '"talk"', "supports.toml: counselling.wanted_by", "a list"),
    mistake(SUPPORTS, "\nwanted_by", "\nwanted", "supports.toml: counselling.wanted", UNKNOWN_KEY),
]

HERE = "amounts.toml: forced_in_kind"
WHEN_FORCED = 'when = { forced = "yes" }\n'
AMOUNT_MISTAKES = [
    mistake(AMOUNTS, '"seed"', '"ros_about"', f"{HERE}.source", "needs a source of confidence H"),
    mistake(AMOUNTS, '"seed"', '"sed"', f"{HERE}.source", NOT_THERE),
    mistake(AMOUNTS, "up to {amount}", "up to 1,000 euro", f"{HERE}.text", "needs {amount} once"),
    mistake(AMOUNTS, "goods or", "{amount} or", f"{HERE}.text", "needs {amount} once"),
    mistake(AMOUNTS, "1000", "0", f"{HERE}.up_to_eur", "a whole number of at least 1"),
    mistake(AMOUNTS, "1000", "1000.5", f"{HERE}.up_to_eur", "a whole number of at least 1"),
    mistake(AMOUNTS, "1000", '"1000"', f"{HERE}.up_to_eur", "a whole number of at least 1"),
    mistake(AMOUNTS, '"reintegration_in_kind"', '"in_kind"', f"{HERE}.support", NOT_THERE),
    mistake(AMOUNTS, '"dtv"', '"dt&v"', f"{HERE}.organisation", NOT_THERE),
    mistake(AMOUNTS, WHEN_FORCED, 'rule = "force"\n', f"{HERE}.rule", "there is no rule `force`"),
    mistake(AMOUNTS, WHEN_FORCED, "", HERE, "either `when` or `rule` is needed"),
    mistake(
        AMOUNTS,
        WHEN_FORCED,
        'rule = "travel"\n',
        f"{HERE}.rule",
        "this rule does not offer `reintegration_in_kind`",
    ),
    mistake(
        AMOUNTS,
        WHEN_FORCED,
        'rule = "reintegration"\n',
        f"{HERE}.rule",
        "this rule offers nothing by `dtv`",
    ),
    mistake(AMOUNTS, 'forced = "yes"', 'forcd = "yes"', f"{HERE}.when.forcd", "has this name"),
    mistake(AMOUNTS, "\nscheme = ", "\nschema = ", f"{HERE}.schema", UNKNOWN_KEY),
    blank(AMOUNTS, "\n", "scheme", f"{HERE}.scheme"),
    blank(AMOUNTS, "\n", "text", f"{HERE}.text"),
]

MISTAKES = [*SUPPORT_MISTAKES, *AMOUNT_MISTAKES]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)

"""A mistake in a rule is named, also where rules do not go together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from questions import DataError
from rules.load.policy import load_policy
from tests.support.broken.data import (
    DAY,
    TEXT,
    UNKNOWN_KEY,
    Mistake,
    assert_refused,
    change,
    mistake,
    rules_file,
)

SIX = ("vwn", "iom", "dtv", "solid_road", "goedwerk", "wereldwijd")
FACT = "stage_in_procedure"


def in_rule(file: str, old: str, new: str, place: str, problem: str) -> Mistake:
    return mistake(rules_file(file), old, new, f"{file}.toml: rule.{place}", problem)


MISTAKES = [
    in_rule(
        "facts", 'id = "stage_permit"', f'id = "{FACT}"', f"{FACT}.id", "this rule stands twice"
    ),
    # In another file, too.
    in_rule("steps", 'id = "guardian"', 'id = "minor_alone"', "minor_alone.id", "stands twice"),
    in_rule("facts", f'id = "{FACT}"', "", "1.id", TEXT),
    in_rule("facts", "\nstatement = ", "\nstatement = '' # ", f"{FACT}.statement", TEXT),
    in_rule("facts", "\nstatement = ", "\nstatment = ", f"{FACT}.statment", UNKNOWN_KEY),
    in_rule("facts", "\nwhen = ", "\n# ", f"{FACT}.when", "write `when = {}` for always"),
    in_rule(
        "facts", 'when = { asylum_decision = "waiting" }', 'when = "x"', f"{FACT}.when", "a table"
    ),
    in_rule(
        "facts", "{ asylum_decision =", "{ decision =", f"{FACT}.when.decision", "has this name"
    ),
    in_rule("facts", '"waiting"', '"wait"', f"{FACT}.when.asylum_decision", "`wait` is not one of"),
    in_rule(
        "roles", 'stage = "permit"', 'stage = "permt"', "dtv_ask.when.not.stage", "`permt` is not"
    ),
    in_rule(
        "steps",
        'iom_role = ["supports"',
        'iom_role = ["suports"',
        "contact_iom.when.iom_role",
        "not",
    ),
    in_rule("facts", "\nrank = 1", "\nrank = 0", f"{FACT}.rank", "a whole number of at least 1"),
    in_rule("facts", "\nrank = 1", "", f"{FACT}.rank", "a whole number of at least 1"),
    in_rule(
        "roles", "\nrank = 1", "\nrank = 0", "vwn_promised.rank", "a whole number of at least 1"
    ),
    in_rule(
        "roles", "\nrank = 1", '\nrank = "1"', "vwn_promised.rank", "a whole number of at least 1"
    ),
    in_rule(
        "facts", '"refugeehelp_appeal"', '"refugee"', f"{FACT}.source", "`refugee` is not one of"
    ),
    in_rule("facts", '\nsource = "refugeehelp_appeal"', "", f"{FACT}.source", TEXT),
    in_rule("facts", "= 2024-09-25", '= "2024-09-25"', f"{FACT}.valid_from", DAY),
    in_rule("facts", "\nvalid_from = 2024-09-25", "", f"{FACT}.valid_from", DAY),
    in_rule("facts", "\nvalid_from", '\nvalid_until = "x"\nvalid_from', f"{FACT}.valid_until", DAY),
    in_rule(
        "facts",
        "\nvalid_from",
        "\nvalid_until = 2024-09-24\nvalid_from",
        f"{FACT}.valid_until",
        "is before the first day, 2024-09-25",
    ),
    in_rule(
        "facts",
        "\nvalid_from",
        "\nsilent = true\nvalid_from",
        f"{FACT}.silent",
        "only a fact that holds where nothing else does",
    ),
    in_rule(
        "steps",
        "\nsource",
        "\nrank = 1\nsource",
        "guardian.rank",
        "means nothing here",
    ),
    in_rule("offers", "\nsource", "\nrank = 0\nsource", "counselling.rank", "means nothing here"),
    in_rule("facts", f'"{FACT}"', '"Stage, in"', "Stage, in.id", "an id of small letters"),
    in_rule("facts", "\nvalid_from", "\nvalid_form", f"{FACT}.valid_form", UNKNOWN_KEY),
    in_rule(
        "facts", 'fact = "stage"', 'fact = "stge"', f"{FACT}.then.fact", "`stge` is not one of"
    ),
    in_rule("facts", 'value = "in_', 'value = "on_', f"{FACT}.then.value", "`on_procedure` is not"),
    in_rule("facts", ", value =", ", valu =", f"{FACT}.then.valu", UNKNOWN_KEY),
    in_rule(
        "roles", '["vwn"]', '["vvn"]', "vwn_promised.then.organisations", "`vvn` is not one of"
    ),
    in_rule("roles", '["vwn"]', "[]", "vwn_promised.then.organisations", "at least one entry"),
    in_rule("roles", '"informs"', '"inform"', "vwn_forced.then.role", "`inform` is not one of"),
    in_rule(
        "roles", '"informs"', '"arranges"', "vwn_forced.then.role", "no text for role `arranges`"
    ),
    in_rule(
        "roles", "organisations =", "organisation =", "vwn_promised.then.organisation", UNKNOWN_KEY
    ),
    in_rule(
        "offers", 'support = "c', 'support = "k', "counselling.then.support", "`kounselling` is not"
    ),
    in_rule("offers", 'by = ["vwn"]', 'by = ["vvn"]', "counselling.then.by", "`vvn` is not one of"),
    in_rule("offers", 'by = ["vwn"]', "by = []", "counselling.then.by", "at least one entry"),
    in_rule("offers", 'by = ["vwn"]', 'bye = ["vwn"]', "counselling.then.bye", UNKNOWN_KEY),
    in_rule(
        "offers", '"limited"', '"little"', "reintegration_forced.then.certainty", "`little` is not"
    ),
    in_rule(
        "offers", '"forced_in_kind"', '"forced"', "reintegration_forced.then.max_eur", "`forced` is"
    ),
    in_rule(
        "offers",
        '"forced_in_kind"',
        '"iom_adult"',
        "reintegration_forced.then.max_eur",
        "from another organisation",
    ),
    in_rule(
        "situation", 'situation = "your', 'situation = "my', "your_decision.then.situation", "not"
    ),
    in_rule(
        "steps", 'step = "talk_lawyer"', 'step = "talk"', "lawyer_procedure.then.step", "`talk` is"
    ),
    in_rule("steps", 'step = "talk_lawyer"', "", "lawyer_procedure.then.step", TEXT),
    in_rule("steps", 'step = "talk_lawyer"', 'stp = "x"', "lawyer_procedure.then.stp", UNKNOWN_KEY),
    in_rule(
        "steps", 'then = { step = "talk_lawyer" }', "then = 1", "lawyer_procedure.then", "a table"
    ),
    mistake(rules_file("facts"), "[[rule]]", "[[rul]]", "facts.toml: rul", UNKNOWN_KEY),
    mistake(rules_file("roles"), "[[rule]]", "[[rule]", "roles.toml", "is not TOML"),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)


def test_a_file_of_rules_without_a_rule_is_named(root: Path) -> None:
    (root / rules_file("steps")).write_text("# Nothing.\n")
    with pytest.raises(DataError, match=r"^steps\.toml: rule: there are no rules"):
        load_policy(root)


@pytest.mark.parametrize(
    ("old", "new", "circles"),
    [
        # stage ← may_run ← stage
        (
            'when = { asylum_decision = "waiting" }',
            'when = { may_run = "yes" }',
            {
                "facts.toml: rule.stage_in_procedure.when": "may_run → stage",
                "facts.toml: rule.may_run.when": "stage → may_run",
            },
        ),
        (
            'when = { recorded_view = "assists" }',
            'when = { country_view = "assists" }',
            {"facts.toml: rule.view_on_record.when": "country_view"},
        ),
        # forced ← dtv_role ← forced
        (
            'when = { arranged = "yes" }',
            'when = { dtv_role = "arranges" }',
            {
                "facts.toml: rule.forced.when": "dtv_role → forced",
                "roles.toml: rule.dtv_forced.when": "forced → dtv_role",
            },
        ),
    ],
)
def test_derived_facts_that_go_in_a_circle_are_named_with_a_rule_of_the_circle(
    root: Path, old: str, new: str, circles: dict[str, str]
) -> None:
    change(root, rules_file("facts"), old, new)
    with pytest.raises(DataError) as caught:
        load_policy(root)
    # Which of the facts comes first is nobody's concern.
    assert str(caught.value) in {
        f"{place}: the facts go in a circle: {circle} → {circle.split(' → ')[0]}"
        for place, circle in circles.items()
    }


def test_a_condition_that_is_too_large_for_the_engine_is_named_by_its_rule(root: Path) -> None:
    # "At most one of six" has 15 pairs, each in two ways.
    roles = ", ".join(f'{{ {name}_role = "supports" }}' for name in SIX)
    at_most_one = f"{{ not = {{ at_least = 2, of = [{roles}] }} }}"
    change(
        root, rules_file("steps"), 'when = { household = "minor_alone" }', f"when = {at_most_one}"
    )
    with pytest.raises(DataError) as caught:
        load_policy(root)
    assert str(caught.value).startswith("steps.toml: rule.guardian.when: ")
    assert "too large" in str(caught.value)


def test_what_is_too_large_only_from_some_day_on_is_refused_now(root: Path) -> None:
    roles = ", ".join(f'{{ {name}_role = "supports" }}' for name in SIX)
    rule = f"""
[[rule]]
id = "later"
statement = "From a later day on, this is a next step."
when = {{ not = {{ at_least = 2, of = [{roles}] }} }}
then = {{ step = "talk_lawyer" }}
source = "seed"
valid_from = 2031-01-01
"""
    with (root / rules_file("steps")).open("a", encoding="utf-8") as file:
        file.write(rule)
    with pytest.raises(DataError, match=r"^steps\.toml: rule\.later\.when: .*too large"):
        load_policy(root)


def test_a_rule_may_end(root: Path) -> None:
    change(root, rules_file("facts"), "\nvalid_from", "\nvalid_until = 2027-06-30\nvalid_from")
    rule = load_policy(root).rules[0]
    assert (rule.valid_from, rule.valid_until) == (date(2024, 9, 25), date(2027, 6, 30))


def test_conditions_within_conditions_without_end_are_named(root: Path) -> None:
    deep = f"when.{'not.' * 400}residence"
    change(root, rules_file("steps"), "when = { residence =", f'{deep} = "vbl"\n# ')
    with pytest.raises(DataError, match=r"^steps\.toml: rule\..*: has too many conditions"):
        load_policy(root)

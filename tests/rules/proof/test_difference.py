"""The comparison of two policies over all answers."""

from datetime import date
from pathlib import Path

import pytest

from rules import Decider, Policy, default_decider, load_policy
from rules.proof.difference import Change, difference
from tests.support.broken.data import changed_copy

TODAY = date(2026, 11, 30)


def changed_policy(folder: Path, file: str, old: str, new: str) -> Policy:
    """The shipped policy with one text replaced, in a copy."""
    return load_policy(changed_copy(folder, file, old, new))


def by_what(changes: tuple[Change, ...]) -> dict[str, Change]:
    return {change.what: change for change in changes}


def test_a_policy_does_not_differ_from_itself() -> None:
    policy = default_decider().policy
    found = difference(policy, policy, TODAY)
    assert (found.answer_sets, found.changes, found.other) == (0, (), ())
    assert found.total > 0


def test_a_wider_rule_is_told_with_who_gets_another_role(tmp_path: Path) -> None:
    new = changed_policy(
        tmp_path,
        "rules/policy/rules/roles.toml",
        'when = { return_choice = "unknown" }\nthen = { organisations = ["iom"]',
        'when = { return_choice = ["unknown", "thinking"] }\nthen = { organisations = ["iom"]',
    )
    found = difference(default_decider().policy, new, TODAY)
    change = by_what(found.changes)["iom: supports → informs"]
    assert 0 < change.answer_sets <= found.answer_sets < found.total
    assert change.example["return_choice"] == "thinking"


def test_every_example_really_gets_another_result(tmp_path: Path) -> None:
    old = default_decider().policy
    new = changed_policy(
        tmp_path,
        "rules/policy/rules/offers.toml",
        'support = "reintegration_in_kind", by = ["dtv"], in_role = ["supports", "continues"]',
        'support = "reintegration_in_kind", by = ["dtv"], in_role = ["continues"]',
    )
    found = difference(old, new, TODAY)
    assert found.changes
    for change in found.changes:
        before = Decider(old).decide(change.example, TODAY)
        after = Decider(new).decide(change.example, TODAY)
        assert before.complete
        assert before.supports != after.supports


def test_the_number_of_answer_sets_is_exact(tmp_path: Path) -> None:
    """Who wants to stay and waits: 244 answers for the country, 3 for Dublin, 4 for the household,
    5 for the circumstances and 7 for where somebody lives.
    """
    narrower = changed_policy(
        tmp_path,
        "rules/policy/rules/situation.toml",
        'when = { forced = "no" }',
        'when = { forced = "no", not = { return_choice = "stay", asylum_decision = "waiting" } }',
    )
    found = difference(default_decider().policy, narrower, TODAY)
    who = 244 * 3 * 4 * 5 * 7
    assert found.answer_sets == who
    assert by_what(found.changes)["situation your_decision: removed"].answer_sets == who


def test_a_new_option_of_a_question_is_told(tmp_path: Path) -> None:
    option = '[[question.option]]\nid = "vbl"'
    new = changed_policy(
        tmp_path,
        "questions/questions.toml",
        option,
        f'[[question.option]]\nid = "hotel"\ntext = "In a hotel"\n\n{option}',
    )
    whats = by_what(difference(default_decider().policy, new, TODAY).changes)
    assert "answer residence=hotel: new" in whats
    assert "answer residence=hotel: gone" in by_what(
        difference(new, default_decider().policy, TODAY).changes
    )


def test_a_question_asked_of_fewer_people_is_told(tmp_path: Path) -> None:
    new = changed_policy(
        tmp_path,
        "questions/questions.toml",
        'asked_when = { asylum_decision = ["waiting", "intention", "rejected"] }',
        'asked_when = { asylum_decision = "rejected" }',
    )
    change = by_what(difference(default_decider().policy, new, TODAY).changes)[
        "question dublin: no longer asked"
    ]
    assert change.example["asylum_decision"] == "waiting"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "rules/policy/rules/steps.toml",
            'statement = "When there can be little time, call the lawyer today."',
            'statement = "Call the lawyer today when there can be little time."',
            "rule lawyer_today: other statement",
        ),
        (
            "rules/policy/amounts.toml",
            'for people who are forced to return"\nup_to_eur = 1000',
            'for people who are forced to return"\nup_to_eur = 900',
            "amount forced_in_kind: 1000 → 900 euro",
        ),
    ],
)
def test_changes_that_give_nobody_another_outcome_are_told_apart(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    assert (
        told
        in difference(
            default_decider().policy, changed_policy(tmp_path, file, old, new), TODAY
        ).other
    )

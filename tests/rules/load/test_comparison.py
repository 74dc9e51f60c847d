"""Two answers to one question, side by side: each as if it had been the answer all along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from questions import UNKNOWN
from rules import default_decider
from rules.decider import Decider
from rules.load.policy import load_policy
from rules.side_by_side import Compared, compare
from tests.support.answers.answer_sets import complete_answers
from tests.support.broken.data import Mistake, assert_refused, copy_data, mistake, policy_file
from tests.support.vocabulary import ASKED_WHEN, SEVERAL, Answers

COMPARISON = policy_file("comparison")
TODAY = date(2026, 11, 30)
DECIDER = Decider(default_decider().policy)

STAY: Answers = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "dublin": "no",
    "arranged": "no",
    "new_facts": ("none",),
    "return_choice": "stay",
    "country": "NG",
    "household": "no_children",
    "circumstances": ("none",),
    "residence": "rotterdam",
}

MISTAKES = [
    mistake(COMPARISON, "label =", "labl =", "comparison.toml: labl", "unknown key"),
    mistake(COMPARISON, "\ntext =", "\n#", "comparison.toml: text", "a text is missing"),
    mistake(
        COMPARISON,
        '{ arranged = "yes" }',
        '{ aranged = "yes" }',
        "comparison.toml: side.3.answers.aranged",
        "unknown key",
    ),
    mistake(
        COMPARISON,
        '{ arranged = "yes" }',
        '{ arranged = "made" }',
        "comparison.toml: side.3.answers.arranged",
        "this option does not exist",
    ),
    mistake(
        COMPARISON,
        '{ arranged = "yes" }',
        '{ arranged = "no", return_choice = "stay" }',
        "comparison.toml: side",
        "at least two sides with different answers",
    ),
    mistake(COMPARISON, '{ arranged = "yes" }', "{}", "comparison.toml: side.3.answers", ""),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(tmp_path: Path, broken: Mistake) -> None:
    assert_refused(copy_data(tmp_path), broken)


def test_one_side_is_no_comparison(tmp_path: Path) -> None:
    root = copy_data(tmp_path)
    text = (root / COMPARISON).read_text(encoding="utf-8")
    others = text[text.index('[[side]]\nanswers = { arranged = "no", return_choice = "dec') :]
    assert_refused(root, mistake(COMPARISON, others, "", "comparison.toml: side", "two sides"))


def test_a_policy_of_before_there_was_a_comparison_still_loads(tmp_path: Path) -> None:
    root = copy_data(tmp_path)
    (root / COMPARISON).unlink()
    assert load_policy(root).comparison is None


def compared(answers: Answers) -> tuple[Compared, ...]:
    comparison = DECIDER.policy.comparison
    assert comparison
    return compare(DECIDER, comparison, DECIDER.path(answers).answers, TODAY)


def test_what_only_a_side_asks_counts_as_not_said() -> None:
    staying, choosing, forced = compared(STAY)
    assert (staying.assumed, forced.assumed) == ((), ())
    assert choosing.assumed == (
        *("vwn_view", "travel_document", "returned_before", "promised_by", "help_wanted"),
    )
    assert choosing.answers["help_wanted"] == (UNKNOWN,)
    assert choosing.answers["residence"] == "rotterdam"


def test_a_side_that_nobody_with_these_answers_can_come_to_is_left_out() -> None:
    waiting = {"asylum_decision": "waiting", "dublin": "no", "return_choice": "stay"}
    rest = {name: STAY[name] for name in ("country", "household", "circumstances", "residence")}
    # The government does not arrange the departure of somebody who waits for a decision.
    sides = compared({**waiting, **rest})
    assert [each.side.text for each in sides] == ["Staying", "Choosing to go back"]
    assert [each.answers["return_choice"] for each in sides] == ["stay", "decided"]


@given(complete_answers())
def test_each_side_is_the_decision_for_its_answers(answers: dict[str, str]) -> None:
    for side in compared(answers):
        assert side.decision == DECIDER.decide(side.answers, TODAY)
        assert side.decision.complete
        asked: dict[str, object] = {}
        for question, is_asked in ASKED_WHEN.items():
            if is_asked(asked, {}):
                unknown = (UNKNOWN,) if question in SEVERAL else UNKNOWN
                given_before = side.side.answers.get(question, answers.get(question, unknown))
                asked[question] = given_before
        assert side.answers == asked


@given(complete_answers())
def test_the_side_that_was_answered_is_the_result_itself(answers: dict[str, str]) -> None:
    kept = DECIDER.path(answers).answers
    for side in compared(answers):
        if side.answers == kept:
            assert side.assumed == ()
            assert side.decision == DECIDER.decide(kept, TODAY)

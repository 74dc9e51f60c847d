"""Two answers to one question, side by side: each as if it had been the answer all along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from questions import UNKNOWN
from rules.comparing import Compared, compare
from rules.deciding import Decider
from rules.loading import load_policy
from tests.answer_sets import complete_answers
from tests.broken_data import Mistake, assert_refused, copy_data, mistake, policy_file
from tests.vocabulary import ASKED_WHEN, SEVERAL, Answers

COMPARISON = policy_file("comparison")
TODAY = date(2026, 11, 30)
DECIDER = Decider(load_policy())

STAY: Answers = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "return_choice": "stay",
    "country": "NG",
    "new_facts": "no",
    "dublin": "no",
}

MISTAKES = [
    mistake(COMPARISON, "label =", "labl =", "comparison.toml: labl", "unknown key"),
    mistake(COMPARISON, "text =", "#", "comparison.toml: text", "a text is missing"),
    mistake(
        COMPARISON,
        '"return_choice"',
        '"return"',
        "comparison.toml: question",
        "`return` is not one of",
    ),
    mistake(
        COMPARISON,
        '"return_choice"',
        '"circumstances"',
        "comparison.toml: question",
        "only a question of type `one`",
    ),
    mistake(
        COMPARISON, '"forced"', '"made"', "comparison.toml: side.2.option", "`made` is not one of"
    ),
    mistake(COMPARISON, '"forced"', '"decided"', "comparison.toml: side", "two sides"),
    mistake(
        COMPARISON, 'option = "forced"', 'optoin = "forced"', "comparison.toml: side.2.optoin", ""
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_is_named_by_file_and_key(tmp_path: Path, broken: Mistake) -> None:
    assert_refused(copy_data(tmp_path), broken)


def test_one_side_is_no_comparison(tmp_path: Path) -> None:
    root = copy_data(tmp_path)
    text = (root / COMPARISON).read_text(encoding="utf-8")
    second = text[text.rindex("[[side]]") :]
    assert_refused(root, mistake(COMPARISON, second, "", "comparison.toml: side", "two sides"))


def test_a_policy_of_before_there_was_a_comparison_still_loads(tmp_path: Path) -> None:
    root = copy_data(tmp_path)
    (root / COMPARISON).unlink()
    assert load_policy(root).comparison is None


def compared(answers: Answers) -> tuple[Compared, ...]:
    comparison = DECIDER.policy.comparison
    assert comparison
    return compare(DECIDER, comparison, DECIDER.path(answers).answers, TODAY)


def test_what_only_a_side_asks_counts_as_not_said() -> None:
    decided, forced = compared(STAY)
    assert forced.assumed == (
        *("vwn_view", "residence", "household", "circumstances"),
        "travel_document",
    )
    assert set(decided.assumed) == {
        *forced.assumed,
        *("returned_before", "other_provider", "help_wanted"),
    }
    assert decided.answers["circumstances"] == (UNKNOWN,)
    assert decided.answers["residence"] == UNKNOWN


def test_what_was_answered_is_kept() -> None:
    decided, forced = compared({**STAY, "return_choice": "forced", **FORCED_ONLY})
    assert forced.assumed == ()
    assert forced.answers["residence"] == decided.answers["residence"] == "rotterdam"


FORCED_ONLY: Answers = {
    "vwn_view": "unknown",
    "residence": "rotterdam",
    "household": "alone",
    "circumstances": ("none",),
    "travel_document": "yes",
}


@given(complete_answers())
def test_each_side_is_the_decision_for_that_answer(answers: dict[str, str]) -> None:
    for side in compared(answers):
        expected = dict(answers)
        expected["return_choice"] = side.side.option
        asked: dict[str, object] = {}
        for question, is_asked in ASKED_WHEN.items():
            if is_asked(asked, {}):
                unknown = (UNKNOWN,) if question in SEVERAL else UNKNOWN
                asked[question] = expected.get(question, unknown)
        assert side.answers == asked
        assert side.decision == DECIDER.decide(asked, TODAY)
        assert side.decision.complete


@given(complete_answers())
def test_the_side_that_was_answered_is_the_result_itself(answers: dict[str, str]) -> None:
    for side in compared(answers):
        if side.side.option == answers["return_choice"]:
            assert side.assumed == ()
            assert side.decision == DECIDER.decide(DECIDER.path(answers).answers, TODAY)

"""Every row of the agreed policy holds, and fails when its rule is deleted."""

from __future__ import annotations

from functools import cache

import pytest

from rules import Decider
from tests.rules.deciders import ON, conclusions, shipped, with_records, without_rule
from tests.rules.policy_rows import CASES, NO_RECORDS, SILENCES, Case, Conclusion, Silence
from tests.vocabulary import Answers, Records

every_case = pytest.mark.parametrize("case", CASES, ids=str)


@cache
def decider_without(rule: str | None) -> Decider:
    policy = shipped()
    return Decider(without_rule(policy, rule) if rule else policy)


def concluded(
    decider: Decider, answers: Answers, records: Records = NO_RECORDS
) -> dict[Conclusion, tuple[str, ...]]:
    if records:
        decider = Decider(with_records(decider.policy, records))
    decision = decider.decide(answers, ON)
    assert decision.complete
    assert not decision.ignored
    return dict(conclusions(decider.policy, decision))


@every_case
def test_a_row_of_the_policy_holds_by_its_rule(case: Case) -> None:
    found = concluded(decider_without(None), case.answers, case.records)
    assert case.rule in found.get(case.concludes, ())


@every_case
def test_without_its_rule_a_row_no_longer_holds(case: Case) -> None:
    found = concluded(decider_without(case.rule), case.answers, case.records)
    assert case.concludes not in found


@pytest.mark.parametrize("silence", SILENCES, ids=str)
def test_where_no_row_holds_nothing_is_concluded(silence: Silence) -> None:
    assert silence.concludes not in concluded(decider_without(None), silence.answers)


def test_what_is_not_concluded_somewhere_is_concluded_elsewhere() -> None:
    # So that no silence is only a spelling mistake.
    said = {case.concludes for case in CASES}
    assert {silence.concludes for silence in SILENCES} <= said


def test_every_rule_carries_a_row() -> None:
    assert {case.rule for case in CASES} == {rule.id for rule in shipped().rules}


def test_no_case_stands_twice() -> None:
    assert len({str(case) for case in CASES}) == len(CASES)

"""Answers of one class really are the same to the policy."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from questions.conditions import Is
from rules.proof.answer_classes import Partition, partitions_of
from tests.rules.deciders import ON, shipped, with_records
from tests.rules.proof.breaking import shipped_decider
from tests.support.answers.answer_sets import complete_answers
from tests.support.vocabulary import (
    ASK_LAWYER,
    EU_EEA,
    MICROSTATES,
    OPTIONS,
    RICH,
    SEVERAL,
    Answer,
    Answers,
    canonical_choices,
)

AXES = partitions_of([shipped()])
ALIKE = [partition for partition in AXES if any(each.size > 1 for each in partition.classes)]


def axis_of(question: str, partitions: tuple[Partition, ...] = AXES) -> Partition:
    [partition] = [each for each in partitions if each.question == question]
    return partition


def class_of(answer: Answer, partition: Partition) -> set[Answer]:
    [members] = [each.members for each in partition.classes if answer in each.members]
    return set(members)


def in_any_order(answers: Answers) -> object:
    """The decision but for the order of the supports, which no condition is about."""
    decision = shipped_decider().decide(answers, ON)
    return replace(decision, supports=tuple(sorted(decision.supports, key=lambda each: each.id)))


@settings(max_examples=200)
@given(st.data())
def test_two_answers_of_one_class_give_the_same_decision(data: st.DataObject) -> None:
    answers = data.draw(complete_answers())
    partition = data.draw(st.sampled_from([each for each in ALIKE if each.question in answers]))
    [members] = [
        each.members for each in partition.classes if answers[partition.question] in each.members
    ]
    other = {**answers, partition.question: data.draw(st.sampled_from(members))}
    assert in_any_order(other) == in_any_order(answers)


def test_the_axes_are_the_questions_in_asking_order() -> None:
    assert tuple(partition.question for partition in AXES) == tuple(OPTIONS)


def test_every_answer_stands_in_one_class() -> None:
    for partition in AXES:
        members = Counter(each for one in partition.classes for each in one.members)
        assert set(members.values()) == {1}
        if partition.question in SEVERAL:
            assert set(members) == set(canonical_choices(partition.question))
        else:
            assert set(members) >= set(OPTIONS[partition.question])
    assert sum(each.size for each in axis_of("country").classes) == 242 + 2


def test_countries_fall_apart_by_what_is_on_record_about_them() -> None:
    country = axis_of("country")
    assert class_of("NO", country) == set(EU_EEA)
    assert class_of("stateless", country) == {"stateless"}
    assert class_of("SM", country) == set(MICROSTATES)
    assert class_of("JP", country) == set(RICH)
    assert class_of("SY", country) == set(ASK_LAWYER)
    assert len(country.classes) == 7


def test_a_country_with_a_view_on_record_has_a_class_of_its_own() -> None:
    country = axis_of("country", partitions_of([with_records(shipped(), {"SY": "unsafe"})]))
    assert class_of("SY", country) == {"SY"}
    assert "YE" in class_of("AF", country)


def test_answers_that_a_rule_compares_stand_apart() -> None:
    residence = axis_of("residence")
    assert class_of("rotterdam", residence) == {"rotterdam"}
    assert class_of("vbl", residence) == {"vbl"}


def test_a_further_condition_splits_a_class() -> None:
    split = axis_of("residence", partitions_of([shipped()], [Is("residence", ("vbl",))]))
    assert class_of("vbl", split) == {"vbl"}
    assert class_of("elsewhere", split) == class_of("elsewhere", axis_of("residence")) - {"vbl"}

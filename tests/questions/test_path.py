"""What is asked next, and how much may still come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import Path, replay
from rules import default_decider
from tests.rules.policy_rows import at, person
from tests.support.answers.answer_sets import answers_to, any_answers, complete_answers
from tests.support.vocabulary import ASKED_WHEN, OPTIONS, Answer, Answers, kept

POLICY = default_decider().policy


def path_of(answers: Answers) -> Path:
    return replay(POLICY.questionnaire, answers, POLICY.lookup)


def still_possible(**answers: Answer) -> set[str]:
    return {question.id for question in path_of(answers).open_questions}


def ignored(answers: Answers, **changes: Answer) -> tuple[str, ...]:
    return path_of({**answers, **changes}).ignored


class TestWhatIsAsked:
    def test_the_first_question_is_about_the_decision(self) -> None:
        first = path_of({})
        assert first.next_question is POLICY.questionnaire.questions[0]
        assert first.at_most_left == len(OPTIONS) == 15

    @pytest.mark.parametrize(
        ("decision", "asked"),
        [("rejected", True), ("waiting", False), ("permit", False), ("never_applied", False)],
    )
    def test_an_appeal_is_only_asked_after_a_rejection(self, decision: str, asked: bool) -> None:
        assert ("appeal" in still_possible(asylum_decision=decision)) == asked

    def test_who_stays_is_asked_little(self) -> None:
        left = still_possible(asylum_decision="permit", return_choice="stay")
        assert left == {"country", "household", "circumstances", "residence"}

    def test_the_view_of_vwn_stays_open_until_the_country_is_known(self) -> None:
        before = {"asylum_decision": "permit", "return_choice": "thinking"}
        assert "vwn_view" in still_possible(**before)
        assert "vwn_view" in still_possible(**before, country="AF")
        assert "vwn_view" not in still_possible(**before, country="PL")

    def test_whoever_the_government_takes_away_is_not_asked_what_to_choose(self) -> None:
        asked = {"asylum_decision": "rejected", "appeal": "over", "dublin": "no"}
        assert "return_choice" in still_possible(**asked)
        assert "return_choice" in still_possible(**asked, arranged="no")
        assert "return_choice" not in still_possible(**asked, arranged="yes")
        assert "promised_by" not in still_possible(**asked, arranged="yes")


class TestAnAnswerThatIsNotAskedFor:
    def test_a_changed_answer_leaves_nothing_stale(self) -> None:
        assert ignored(person(), asylum_decision="permit") == (
            *("appeal", "dublin", "arranged", "new_facts"),
        )

    def test_it_cannot_bring_up_a_question(self) -> None:
        answers = {**at("undocumented"), "appeal": "pending"}
        assert path_of(answers).ignored == ("appeal",)
        assert path_of(answers).next_question is None

    @given(answers=any_answers())
    def test_it_is_never_kept(self, answers: Answers) -> None:
        path = path_of(answers)
        assert not set(path.ignored) & set(path.answers)
        assert [*path.answers, *path.ignored] == [
            *(name for name in answers if name in path.answers),
            *(name for name in answers if name in path.ignored),
        ]
        assert {*path.answers, *path.ignored} == set(answers)

    @given(answers=any_answers())
    def test_without_it_the_path_is_the_same(self, answers: Answers) -> None:
        path = path_of(answers)
        again = path_of(path.answers)
        assert (again.answers, again.open_questions) == (path.answers, path.open_questions)
        assert not again.ignored


class TestTheWay:
    @given(answers=complete_answers())
    def test_what_is_left_is_never_more_than_was_said_and_ends_at_nothing(
        self, answers: Answers
    ) -> None:
        names = list(answers)
        said = []
        for done in range(len(names) + 1):
            path = path_of({name: answers[name] for name in names[:done]})
            left = names[done:]
            assert path.next_question == (POLICY.questionnaire.by_id[left[0]] if left else None)
            assert len(left) <= path.at_most_left
            said.append(path.at_most_left)
        assert said == sorted(set(said), reverse=True)
        assert said[-1] == 0

    @given(start=any_answers(), data=st.data())
    def test_from_any_answers_no_more_comes_than_was_said(
        self, start: Answers, data: st.DataObject
    ) -> None:
        answers = dict(start)
        at_most = path_of(answers).at_most_left
        asked = 0
        while question := path_of(answers).next_question:
            answers[question.id] = data.draw(answers_to(question.id), label=question.id)
            asked += 1
            assert asked <= at_most
        assert path_of(answers).answers == kept(answers)

    @given(answers=any_answers())
    def test_the_next_question_is_surely_asked(self, answers: Answers) -> None:
        path = path_of(answers)
        if path.next_question:
            name = path.next_question.id
            before = list(ASKED_WHEN)[: list(ASKED_WHEN).index(name)]
            settled = kept({each: path.answers[each] for each in before if each in path.answers})
            assert set(settled) == {each for each in before if each in path.answers}
            assert ASKED_WHEN[name](settled, {})

    def test_the_longest_way_has_every_question(self) -> None:
        assert list(at("appeal_pending")) == list(OPTIONS)
        assert path_of(at("appeal_pending")).next_question is None

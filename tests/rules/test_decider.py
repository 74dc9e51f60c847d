"""What every decision keeps to, whoever asks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import Answers
from rules import Decider, Decision
from tests.rules.deciders import ON, shipped, with_records, with_rule
from tests.rules.policy_md import GIVING, agreed
from tests.rules.policy_rows import STAGES, at, person
from tests.support import vocabulary
from tests.support.answers.answer_sets import any_answers, complete_answers, random_answers
from tests.support.vocabulary import (
    ASK_LAWYER,
    CERTAINTIES,
    COUNTRY_VIEWS,
    EU_EEA,
    FORMS,
    MICROSTATES,
    NATIONALITY_GROUPS,
    ORGANISATIONS,
    RICH,
    ROLES,
    SITUATIONS,
    STEPS,
    SUPPORTS,
    canonical_choices,
    kept,
    nationality_group,
)

VERDICTS = ("situation", "organisations", "supports", "next_steps", "fired")


@pytest.fixture(scope="module")
def decider() -> Decider:
    return Decider(shipped())


@pytest.fixture(scope="module")
def decisions(decider: Decider) -> list[tuple[Answers, Decision]]:
    rng = random.Random("some hundred people")
    people = [random_answers(rng) for _ in range(600)]
    return [(answers, decider.decide(answers, ON)) for answers in people]


def parts(decision: Decision) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything in a decision that needs a reason, with its reasons."""
    for finding in (*decision.situation, *decision.next_steps):
        yield finding.id, finding.because
    for organisation in decision.organisations:
        yield organisation.id, organisation.because
    for offer in decision.supports:
        yield offer.id, offer.because


class TestIds:
    def test_organisations_are_the_seven(self) -> None:
        assert tuple(shipped().organisations) == ORGANISATIONS

    def test_roles_stand_best_first(self) -> None:
        assert tuple(shipped().roles) == ROLES

    def test_supports_forms_and_certainties_are_those_agreed(self) -> None:
        assert tuple(shipped().supports) == SUPPORTS
        assert tuple(shipped().forms) == FORMS
        assert tuple(shipped().certainties) == CERTAINTIES

    def test_situations_and_steps_are_those_agreed(self) -> None:
        assert tuple(shipped().situations) == SITUATIONS
        assert tuple(shipped().steps) == STEPS

    def test_derived_facts_are_those_agreed(self) -> None:
        facts = shipped().facts
        assert facts["stage"] == vocabulary.STAGES
        assert facts["country_view"] == COUNTRY_VIEWS
        assert facts["nationality_group"] == NATIONALITY_GROUPS

    def test_the_countries_of_the_eu_and_eea_group_are_named(self) -> None:
        groups = shipped().countries.groups
        expected = {"eu_eea": EU_EEA, "microstate": MICROSTATES, "rich": RICH}
        for name, codes in expected.items():
            assert {code for code, group in groups.items() if group == name} == set(codes)
        assert shipped().countries.flags["ask_lawyer"] == set(ASK_LAWYER)

    def test_no_view_of_a_country_is_made_up(self) -> None:
        assert not shipped().countries.views


class TestEveryCompleteDecision:
    def test_all_seven_organisations_are_in_it(
        self, decisions: list[tuple[Answers, Decision]]
    ) -> None:
        for answers, decision in decisions:
            names = [each.id for each in decision.organisations]
            assert sorted(names) == sorted(ORGANISATIONS), answers

    def test_vwn_stands_first_and_then_the_best_role(
        self, decisions: list[tuple[Answers, Decision]]
    ) -> None:
        for answers, decision in decisions:
            places = [
                (ROLES.index(each.role), ORGANISATIONS.index(each.id))
                for each in decision.organisations
            ]
            assert decision.organisations[0].id == "vwn"
            assert places[1:] == sorted(places[1:]), answers

    def test_every_part_names_rules_and_only_rules_that_fired(
        self, decisions: list[tuple[Answers, Decision]]
    ) -> None:
        for answers, decision in decisions:
            for id_, because in parts(decision):
                assert because, (answers, id_)
                assert set(because) <= set(decision.fired), (answers, id_)

    def test_the_trace_stands_in_the_order_of_the_data(
        self, decisions: list[tuple[Answers, Decision]]
    ) -> None:
        order = list(shipped().rule_by_id)
        for answers, decision in decisions:
            assert list(decision.fired) == sorted(decision.fired, key=order.index), answers

    def test_it_says_which_policy_gave_it(self, decisions: list[tuple[Answers, Decision]]) -> None:
        policy = shipped()
        named = {(each.policy_version, each.policy_sha256) for _, each in decisions}
        assert named == {(policy.version, policy.sha256)}

    def test_help_always_has_somebody_who_gives_it(
        self, decisions: list[tuple[Answers, Decision]]
    ) -> None:
        giving = set(GIVING)
        for answers, decision in decisions:
            roles = {each.id: each.role for each in decision.organisations}
            for offer in decision.supports:
                assert offer.by, (answers, offer)
                assert {roles[name] for name in offer.by} <= giving, (answers, offer)


class TestForced:
    FORCED = tuple(
        at(stage, arranged="yes", country=country, circumstances=chosen)
        for stage, country, chosen in product(
            (name for name in STAGES if name not in ("in_procedure", "permit")),
            ("AF", "RO"),
            canonical_choices("circumstances"),
        )
    )

    def test_the_thousand_euro_row_is_the_only_figure(self, decider: Decider) -> None:
        assert len(self.FORCED) == 7 * 2 * 5
        for answers in self.FORCED:
            offers = {offer.id: offer for offer in decider.decide(answers, ON).supports}
            assert set(offers) <= {"counselling", "victim_help", "reintegration_in_kind"}
            assert ("reintegration_in_kind" in offers) == (answers["country"] == "AF")
            for name, offer in offers.items():
                terms = offer.by, offer.max_eur, offer.certainty, offer.amounts
                if name == "reintegration_in_kind":
                    assert terms == (("dtv",), 1000, "limited", ("forced_in_kind",))
                else:
                    assert not offer.amounts

    def test_no_money_is_spoken_of(self, decider: Decider) -> None:
        for answers in self.FORCED:
            for offer in decider.decide(answers, ON).supports:
                assert "money" not in offer.form


class TestBeforeTheEnd:
    @given(answers=any_answers())
    def test_there_is_no_verdict(self, decider: Decider, answers: Answers) -> None:
        decision = decider.decide(answers, ON)
        assert decision.complete == (decision.next_question is None)
        assert decision.complete == bool(decision.organisations)
        if not decision.complete:
            assert not any(getattr(decision, name) for name in VERDICTS)
            assert (decision.stage, decision.country_view) == (None, None)
            assert decision.nationality_group is None

    @given(answers=complete_answers(), data=st.data())
    def test_a_missing_answer_is_what_is_asked_next(
        self, decider: Decider, answers: Answers, data: st.DataObject
    ) -> None:
        missing = data.draw(st.sampled_from(sorted(answers)))
        rest = {name: answer for name, answer in answers.items() if name != missing}
        decision = decider.decide(rest, ON)
        assert (decision.complete, decision.next_question) == (False, missing)


class TestHelpWanted:
    def test_it_only_reorders(self, decider: Decider) -> None:
        nothing_wanted = decider.decide(person(), ON).supports
        for wanted in canonical_choices("help_wanted"):
            supports = decider.decide(person(help_wanted=wanted), ON).supports
            by_name = sorted(supports, key=lambda offer: offer.id)
            assert by_name == sorted(nothing_wanted, key=lambda offer: offer.id)

    @pytest.mark.parametrize(
        ("wanted", "first"),
        [
            ("travel", ["travel", "travel_documents"]),
            ("money", ["cash"]),
            ("goods", ["goods"]),
            ("training", ["training"]),
            ("business_plan", ["business_plan"]),
            ("care", ["care"]),
            ("housing", ["housing"]),
            ("family", ["family_contact"]),
            ("talk", ["counselling"]),
            ("unknown", []),
        ],
    )
    def test_what_is_wanted_stands_first_and_the_rest_keeps_its_order(
        self, decider: Decider, wanted: str, first: list[str]
    ) -> None:
        supports = decider.decide(person(help_wanted=(wanted,)), ON).supports
        if first:
            first = [*first, "reintegration_in_kind"]
        # Nobody was trafficked.
        rest = [name for name in SUPPORTS if name not in (*first, "victim_help")]
        assert [offer.id for offer in supports] == first + rest


class TestValidDates:
    FIRST, LAST = date(2027, 3, 1), date(2027, 6, 30)
    DAY = timedelta(days=1)

    @pytest.mark.parametrize(
        ("on", "fires"),
        [
            pytest.param(FIRST - DAY, False, id="the day before valid_from"),
            pytest.param(FIRST, True, id="on valid_from"),
            pytest.param(LAST, True, id="on valid_until"),
            pytest.param(LAST + DAY, False, id="the day after valid_until"),
        ],
    )
    def test_a_rule_fires_only_within_its_dates(self, on: date, fires: bool) -> None:
        rule = shipped().rule_by_id["guardian"]
        limited = replace(rule, valid_from=self.FIRST, valid_until=self.LAST)
        # With a cache: the rules of one day must not answer for another.
        decider = Decider(with_rule(shipped(), limited))
        answers = person(household="minor_alone")
        for day in (self.FIRST, self.LAST + self.DAY):
            decider.decide(answers, day)
        decision = decider.decide(answers, on)
        assert ("guardian" in decision.fired) == fires
        assert ("guardian" in [each.id for each in decision.next_steps]) == fires

    @pytest.mark.parametrize(
        ("on", "role"),
        [
            pytest.param(FIRST - DAY, "supports", id="before"),
            pytest.param(FIRST, "not_for_you", id="from the first day"),
        ],
    )
    def test_a_role_falls_to_the_next_rank_while_its_rule_does_not_hold(
        self, on: date, role: str
    ) -> None:
        rule = replace(shipped().rule_by_id["iom_returned_before"], valid_from=self.FIRST)
        decision = Decider(with_rule(shipped(), rule)).decide(person(returned_before="yes"), on)
        assert {each.id: each.role for each in decision.organisations}["iom"] == role

    def test_a_rule_without_an_end_holds_on(self, decider: Decider) -> None:
        later = decider.decide(person(), date(2099, 1, 1))
        assert later == decider.decide(person(), ON)


class TestCache:
    @given(answers=complete_answers(strays=True))
    def test_nothing_is_kept_by_answers(self, decider: Decider, answers: Answers) -> None:
        assert decider.decide(answers, ON) == decider.decide(answers, ON)
        assert decider.decide(answers, ON) is not decider.decide(answers, ON)

    def test_engines_for_many_days_do_not_pile_up(self) -> None:
        policy = shipped()
        for number, each in enumerate(policy.rules[-12:]):
            start = date(2027, 1, 1) + timedelta(days=number)
            policy = with_rule(policy, replace(each, valid_from=start))
        decider = Decider(policy)
        for number in range(-1, 12):
            decider.prepare(date(2027, 1, 1) + timedelta(days=number))
        info = decider._compiled.cache_info()
        assert info.misses == 13
        assert info.currsize == 8


class TestIgnoredAnswers:
    @given(answers=complete_answers(strays=True))
    def test_they_are_listed_and_change_nothing(self, decider: Decider, answers: Answers) -> None:
        asked = kept(answers)
        decision = decider.decide(answers, ON)
        assert decision.ignored == tuple(name for name in answers if name not in asked)
        assert replace(decision, ignored=()) == decider.decide(asked, ON)

    def test_an_answer_left_from_another_way_is_ignored(self, decider: Decider) -> None:
        left = {**person(), "return_choice": "stay"}
        decision = decider.decide(left, ON)
        assert decision.complete
        assert decision.ignored == (
            *("vwn_view", "travel_document", "returned_before", "promised_by", "help_wanted"),
        )


class TestViewsOnRecord:
    @pytest.mark.parametrize("view", ["assists", "unsafe"])
    def test_the_view_is_not_asked_for_and_is_given(self, view: str) -> None:
        decider = Decider(with_records(shipped(), {"GH": view}))
        answers = {name: answer for name, answer in person().items() if name != "vwn_view"}
        decision = decider.decide(answers, ON)
        assert (decision.complete, decision.country_view) == (True, view)

    def test_an_answer_that_contradicts_the_record_counts_for_nothing(self) -> None:
        decider = Decider(with_records(shipped(), {"GH": "unsafe"}))
        decision = decider.decide(person(vwn_view="assists"), ON)
        assert (decision.country_view, decision.ignored) == ("unsafe", ("vwn_view",))

    def test_for_another_country_it_is_still_asked(self) -> None:
        decider = Decider(with_records(shipped(), {"GH": "unsafe"}))
        answers = person(country="IQ")
        del answers["vwn_view"]
        assert decider.decide(answers, ON).next_question == "vwn_view"

    @pytest.mark.parametrize("view", ["assists", "unsafe"])
    @pytest.mark.parametrize("choice", ["decided", "thinking", "stay", "unknown"])
    @pytest.mark.parametrize("stage", STAGES)
    def test_what_was_agreed_follows_from_the_record(
        self, view: str, choice: str, stage: str
    ) -> None:
        records = {"GH": view}
        decider = Decider(with_records(shipped(), records))
        decision = decider.decide(at(stage, return_choice=choice), ON)
        expected = agreed(at(stage, return_choice=choice), records)
        assert decision.country_view == expected.country_view == view
        roles = tuple((each.id, each.role) for each in decision.organisations)
        assert roles == expected.roles
        assert {each.id: each.by for each in decision.supports} == {
            support: offer.by for support, offer in expected.supports
        }


class TestNationality:
    def test_every_country_is_in_its_group(self, decider: Decider) -> None:
        codes = shipped().questionnaire.by_id["country"].country_codes
        for code in codes:
            group = decider.decide(person(country=code), ON).nationality_group
            assert group == nationality_group(code), code

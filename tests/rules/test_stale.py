"""What must be checked again: everything that can become wrong by itself, on its day."""

from __future__ import annotations

from datetime import date, timedelta

from rules import default_decider
from rules.stale import Due, stale

POLICY = default_decider().policy
TODAY = date(2026, 11, 30)
EVERY = stale(POLICY)


def named(what: str) -> Due:
    (found,) = (each for each in EVERY if each.what.startswith(what))
    return found


def test_every_source_contact_amount_fact_and_place_is_listed():
    what = [each.what.partition(" ")[0] for each in EVERY]
    asked = {source.id for question in POLICY.reading.asked for source in question.sources}
    assert what.count("source") == len({*POLICY.sources, *asked})
    reachable = sum(bool(each.contact) for each in POLICY.organisations.values())
    assert what.count("contact") == reachable + len(POLICY.contacts)
    assert what.count("amount") == len(POLICY.amounts)
    assert what.count("country") == sum(len(each.facts) for each in POLICY.country_facts.values())
    assert what.count("place") == len(POLICY.reading.places)


def test_what_is_due_first_stands_first():
    assert [each.due for each in EVERY] == sorted(each.due for each in EVERY)


def test_each_says_what_to_check_and_whom_to_ask():
    for each in EVERY:
        assert each.check, each.what
        assert each.ask, each.what
        assert each.url.startswith("http"), each.what


def test_a_stop_whose_term_is_over_is_due():
    assert named("country IR, 1").is_due(TODAY)
    assert "made longer" in named("country IR, 1").check


def test_a_stop_is_looked_at_each_month_though_nothing_says_that_it_changed():
    somalia = named("country SO, 1")
    assert not somalia.is_due(TODAY)
    assert somalia.is_due(TODAY + timedelta(days=31))


def test_a_stop_that_has_ended_is_no_more_urgent_than_another_fact():
    assert not named("country UA, 1").is_due(TODAY + timedelta(days=180))


def test_the_help_lines_are_called_again_too():
    assert named("contact comensha").ask == "CoMensha"
    assert named("contact detention_line").is_due(TODAY + timedelta(days=183))


def test_a_place_that_nobody_called_is_due_at_once():
    places = [each for each in EVERY if each.what.startswith("place ")]
    assert all(each.is_due(TODAY) for each in places)


def test_a_second_hand_source_is_due_before_an_official_one():

    assert named("country DZ, 2").due < named("country DZ, 3").due


def test_the_age_is_counted_in_days():
    assert named("country SO, 1").age(TODAY) == 0
    assert named("country SO, 1").age(TODAY + timedelta(days=40)) == 40


def test_who_is_asked_about_an_organisation_is_that_organisation():
    assert named("country AF, 4").ask == POLICY.organisations["goedwerk"].name

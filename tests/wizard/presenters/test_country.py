"""What is known about a country, as the API and a result say it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from rules import default_decider
from rules.country_facts import Situation, facts_for
from wizard.i18n.languages import languages
from wizard.presenters.country import country_answer, fact_line

POLICY = default_decider().policy
TODAY = date(2026, 11, 30)
CHOOSES = Situation(chooses=True, forced=False, lawyer_first=False)
STAYS = Situation(chooses=False, forced=False, lawyer_first=False)


@pytest.fixture(autouse=True)
def _within_the_app(app: Flask) -> object:
    with app.test_request_context("/en/"):
        yield


def facts(code: str, situation: Situation, tag: str) -> list[dict[str, object]]:
    answer = country_answer(POLICY, code, situation, languages()[tag], TODAY)
    assert answer is not None
    assert answer.keys() == {"code", "facts"}
    assert answer["code"] == code
    return list(answer["facts"])


def test_each_fact_has_the_fields_of_the_contract():
    for code in POLICY.country_facts:
        for fact in facts(code, CHOOSES, "en"):
            assert fact.keys() == {"kind", "text", "from", "until", "source"}
            source = fact["source"]
            assert isinstance(source, dict)
            assert source.keys() == {"title", "url", "published", "checked_on"}
            assert source["checked_on"] == "2026-11-30"


@pytest.mark.parametrize("code", ["stateless", "unknown"])
def test_without_a_country_there_is_nothing(code: str):
    assert country_answer(POLICY, code, CHOOSES, languages()["en"], TODAY) is None


def test_a_country_about_which_nothing_is_known_has_an_empty_list():
    assert facts("TD", CHOOSES, "en") == []


@pytest.mark.parametrize(("tag", "of"), [("en", "text"), ("nl", "text_nl"), ("fa", "text")])
def test_a_text_is_in_one_of_the_two_languages(tag: str, of: str):
    first = POLICY.country_facts["SY"].facts[0]
    assert facts("SY", CHOOSES, tag)[0]["text"] == getattr(first, of)


def test_a_stop_that_may_be_over_says_so_in_the_text_and_has_its_dates():
    [stop] = facts("IR", STAYS, "en")
    assert stop["kind"] == "moratorium"
    assert (stop["from"], stop["until"]) == ("2026-03-19", "2026-09-19")
    assert "From March 19, 2026 until September 19, 2026" in str(stop["text"])
    assert "We do not know whether this was made longer. Ask your lawyer." in str(stop["text"])


def test_who_does_not_choose_reads_only_the_short_form_of_a_stop():
    stop = facts("AF", STAYS, "en")[0]
    assert str(stop["text"]) == POLICY.country_facts["AF"].facts[0].short
    assert "yourself" not in str(stop["text"])


def test_a_fact_without_a_date_has_none():
    assert {"published": None}.items() <= dict(facts("AF", STAYS, "en")[0]["source"]).items()  # type: ignore[call-overload]


def test_a_result_can_show_the_short_form():
    shown = facts_for(POLICY, "AF", CHOOSES, TODAY)[0]
    line = fact_line(POLICY, shown, languages()["nl"], short=True)
    assert [each.text for each in line.wordings] == [shown.fact.short_nl]

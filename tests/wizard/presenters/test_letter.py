"""What stands open in a result, and what is folded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from questions import DataError
from rules import default_decider
from tests.support.answers.situations import SITUATIONS
from wizard.i18n.languages import languages
from wizard.presenters.dutch_to_say import load_lines
from wizard.presenters.letter import Letter, LetterWriter
from wizard.presenters.result import Presenter

ON = date(2026, 12, 1)


def letter_of(name: str, lang: str = "en") -> Letter:
    decider, language = default_decider(), languages()[lang]
    path = decider.path(SITUATIONS[name])
    decision = decider.decide_at(path, ON)
    result = Presenter(decider.policy, language).result(decision)
    return LetterWriter(decider.policy, language).letter(result, path.answers, decision, ON)


@pytest.mark.parametrize(
    ("name", "cards"),
    [
        ("syria_family_appeal", ["vwn", "iom"]),
        ("eritrea_trafficked_stay", ["vwn"]),
        ("afghan_uam_thinking", ["vwn"]),
        ("morocco_never_applied", ["vwn", "iom", "dtv"]),
        ("unknown_letter", ["vwn", "iom"]),
        ("forced_with_appeal", ["vwn", "dtv"]),
        ("promised_by_iom", ["vwn", "iom", "dtv"]),
    ],
)
def test_the_first_organisation_and_at_most_two_that_help_stand_open(name: str, cards: list[str]):
    assert [each.card.id for each in letter_of(name).cards] == cards


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_contact_stands_at_the_first_step_that_needs_it_and_nowhere_else(name: str):
    letter = letter_of(name)
    steps = [each.id for step in (*letter.steps, *letter.later_steps) for each in step.reach]
    cards = [each.reach.id for each in letter.cards if each.reach]
    assert len(set(steps)) == len(steps)
    assert not {each.id for step in letter.steps for each in step.reach} & set(cards)


@pytest.mark.parametrize("name", SITUATIONS)
def test_nothing_that_was_decided_is_left_out(name: str):
    letter = letter_of(name)
    decision = default_decider().decide(SITUATIONS[name], ON)
    steps = (*letter.steps, *letter.later_steps)
    assert [each.step.id for each in steps] == [each.id for each in decision.next_steps]
    # The fold below these shows every kind of help of the result.
    offers = [each.id for each in decision.supports]
    assert [each.id for each in letter.supports] == offers[: len(letter.supports)]
    shown = Presenter(default_decider().policy, languages()["en"]).result(decision)
    assert [each.id for each in shown.supports] == offers
    said = 1 + len(letter.more_meanings)
    short_only = len(letter.short_meanings) + said
    assert said <= len(decision.situation) <= short_only


@pytest.mark.parametrize("name", SITUATIONS)
def test_whoever_must_ask_a_lawyer_first_is_led_to_no_papers_by_an_open_line(name: str):
    decider = default_decider()
    decision = decider.decide(SITUATIONS[name], ON)
    country = letter_of(name).country
    if "careful_not" in decision.fired or country is None:
        return
    assert {line.kind for line in (*country.stop, *country.brief)} <= {"moratorium"}


@pytest.mark.parametrize(
    ("name", "beside"),
    [("afghan_1f", True), ("iran_final_stay_afraid", True), ("syria_family_appeal", False)],
)
@pytest.mark.parametrize("lang", ["en", "nl", "ti"])
def test_a_stop_stands_beside_the_word_that_one_must_return_and_else_with_the_country(
    name: str, beside: bool, lang: str
):
    country = letter_of(name, lang).country
    assert country
    assert [line.kind for line in country.stop] == ["moratorium"] * beside
    assert [line.kind for line in country.brief] == ["moratorium"] * (not beside)


def test_each_number_to_call_has_a_line_of_dutch_and_no_line_stands_twice():
    said = letter_of("afghan_uam_thinking", "ar").dutch_at
    called = [
        each.id
        for step in letter_of("afghan_uam_thinking", "ar").steps
        for each in step.reach
        if each.contact.phone
    ]
    assert len(called) > 1
    assert set(called) <= said.keys()
    assert len({line.dutch for line in said.values()}) == len(said)
    assert said[called[0]].dutch == "Ik wil graag een tolk."


def test_who_reads_dutch_is_not_told_what_to_say_in_dutch():
    assert not letter_of("forced_with_appeal", "nl").dutch_at


def test_a_line_of_dutch_without_its_meaning_is_refused(tmp_path: Path):
    path = tmp_path / "dutch_to_say.toml"
    path.write_text('[hello]\ndutch = "Hallo."\n')
    with pytest.raises(DataError, match=r"dutch_to_say.toml: hello.*means"):
        load_lines(path)

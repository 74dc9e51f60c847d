"""What is known about return to a country: checked at the start, and shown to whom it is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rules import default_decider
from rules.country_facts import (
    NEARLY,
    ShownFact,
    Situation,
    every_fact,
    facts_for,
    may_be_over,
)
from rules.history.archive import load_snapshot, snapshot_of
from rules.load.country_facts import MOST_WORDS
from rules.load.fingerprint import fingerprint
from rules.load.policy import load_policy
from rules.model import CountryFact
from tests.support.broken.data import (
    Mistake,
    assert_refused,
    change,
    copy_data,
    mistake,
    policy_file,
)

COUNTRIES = policy_file("countries")
FIRST, LAST = policy_file("country_facts/a_to_k"), policy_file("country_facts/l_to_z")
PHRASES = policy_file("country_phrases")
POLICY = default_decider().policy
TODAY = date(2026, 11, 30)
STAYS = Situation(chooses=False, forced=False, lawyer_first=False)
CHOOSES = Situation(chooses=True, forced=False, lawyer_first=False)

MISTAKES = [
    mistake(FIRST, "checked_on = ", "chekced_on = ", "a_to_k.toml: chekced_on", "unknown key"),
    mistake(FIRST, "[country.AF]", "[country.XX]", "a_to_k.toml: country.XX", "no country has"),
    mistake(
        LAST,
        "[country.LB]",
        '[country.AF]\n[[country.AF.fact]]\nkind = "more"\n[country.LB]',
        "l_to_z.toml: country.AF",
        "stands in another file",
    ),
    mistake(
        FIRST,
        "ask_lawyer = true",
        "ask_laywer = true",
        "a_to_k.toml: country.AF.ask_laywer",
        "unknown",
    ),
    mistake(
        FIRST,
        'kind = "moratorium"',
        'kind = "rumour"',
        "a_to_k.toml: country.AF.fact.1.kind",
        "is not one of",
    ),
    mistake(
        FIRST,
        'text_en = "DT&V says on its page',
        'text_en = "Afghanistan is safe, DT&V says on its page',
        "a_to_k.toml: country.AF.fact.1.text_en",
        "we do not say whether a country is safe",
    ),
    mistake(
        FIRST,
        'text_nl = "DT&V zegt op zijn pagina',
        'text_nl = "Het is er onveilig, zegt DT&V',
        "a_to_k.toml: country.AF.fact.1.text_nl",
        "we do not say whether a country is safe",
    ),
    mistake(
        FIRST,
        "short_en = \"DT&V's page says:",
        f'short_en = "{"word " * MOST_WORDS}',
        "a_to_k.toml: country.AF.fact.1.short_en",
        "at most 20 words",
    ),
    mistake(
        FIRST,
        'confidence = "H"',
        'confidence = "L"',
        "a_to_k.toml: country.AF.fact.1.confidence",
        "is not one of",
    ),
    mistake(
        FIRST,
        'organisation = "goedwerk"\n',
        "",
        "a_to_k.toml: country.AF.fact.4.organisation",
        "names one, and no other does",
    ),
    mistake(
        FIRST,
        'kind = "embassy"\n',
        'kind = "embassy"\norganisation = "iom"\n',
        "a_to_k.toml: country.AF.fact.3.organisation",
        "names one, and no other does",
    ),
    mistake(
        FIRST,
        'phrases = ["stop_end_unknown", "stop_no_force", "stop_reception"]',
        'phrases = ["stop_reception"]',
        "a_to_k.toml: country.IR.fact.1.phrases",
        "needs a phrase that says so",
    ),
    mistake(
        FIRST,
        "until = 2026-09-19",
        "until = 2026-03-18",
        "a_to_k.toml: country.IR.fact.1.from, until",
        "ends before it begins",
    ),
    mistake(
        FIRST,
        "until = 2026-09-19\n",
        "",
        "a_to_k.toml: country.IR.fact.1.until",
        "needs its end",
    ),
    mistake(
        FIRST,
        "from = 2026-03-19\n",
        "",
        "a_to_k.toml: country.IR.fact.1.from",
        "one of its phrases needs this",
    ),
    mistake(
        LAST,
        'phrases = ["stop_over"]',
        'phrases = ["extension_unknown"]',
        "l_to_z.toml: country.PS.fact.1.phrases",
        "the measure has ended",
    ),
    mistake(
        FIRST,
        'kind = "moratorium"\n',
        'kind = "moratorium"\nended = true\n',
        "a_to_k.toml: country.AF.fact.1.ended",
        "only a measure with an end",
    ),
    mistake(
        FIRST,
        'list_of = "DE"\n',
        "",
        "a_to_k.toml: country.AL.fact.2.list_of",
        "one of its phrases needs this",
    ),
    mistake(
        FIRST,
        'phrases = ["organisation_then"]\nyear = 2023',
        "year = 2023",
        "a_to_k.toml: country.AF.fact.4.year",
        "none of its phrases says it",
    ),
    mistake(
        PHRASES,
        "[phrase.stop_over]",
        "[phrase.stop_ovre]",
        "l_to_z.toml: country.PS.fact.1.phrases",
        "`stop_over` is not one of",
    ),
    mistake(
        PHRASES,
        "[phrase.no_date]\n",
        '[phrase.spare]\nwhen = "over"\ntext = "Spare."\n\n[phrase.no_date]\n',
        "l_to_z.toml: country",
        "no fact names the phrase `spare`",
    ),
    mistake(
        PHRASES,
        "until {until} the IND",
        "until {end} the IND",
        "country_phrases.toml: phrase.stop_end_unknown.text",
        "nothing fills {end}",
    ),
    mistake(
        PHRASES,
        "[phrase.nothing_found]\n",
        "[phrase.nothing_fuond]\n",
        "country_phrases.toml: phrase.nothing_fuond.when",
        "on another occasion",
    ),
    mistake(
        COUNTRIES,
        'countries = ["AF", "IR"',
        'countries = ["AF", "CN", "IR"',
        "countries.toml: flag.ask_lawyer.countries",
        "`CN` is not marked in country_facts (country.CN.ask_lawyer)",
    ),
    mistake(
        COUNTRIES,
        'countries = ["AF", "IR"',
        'countries = ["IR"',
        "country_facts: country.AF.ask_lawyer",
        "leaves the country out",
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=str)
def test_a_mistake_about_a_country_is_named_by_file_and_key(tmp_path: Path, broken: Mistake):
    assert_refused(copy_data(tmp_path), broken)


def facts() -> Iterator[tuple[str, CountryFact]]:
    for code, known in POLICY.country_facts.items():
        for fact in known.facts:
            yield code, fact


def kinds(shown: tuple[ShownFact, ...]) -> list[str]:
    return [each.fact.kind for each in shown]


def test_all_facts_that_may_be_shown_are_there():
    assert len(POLICY.country_facts) == 61
    assert len(list(facts())) == 233


def test_no_text_says_that_a_country_is_safe_or_unsafe():
    said = re.compile(r"\b(un|on)?(safe\w*|veilig\w*)\b", re.IGNORECASE)
    found = [
        (code, text)
        for code, fact in facts()
        for text in (fact.text, fact.text_nl, fact.short, fact.short_nl)
        if said.search(text)
    ]
    assert found == []


def test_what_must_stay_out_is_not_there():
    assert {fact.kind for fact in POLICY.country_facts["ER"].facts} == {"organisation"}
    assert {fact.kind for fact in POLICY.country_facts["IR"].facts} == {"moratorium"}


def figures(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))


def test_both_languages_name_the_same_figures():
    assert [code for code, fact in facts() if figures(fact.text) != figures(fact.text_nl)] == []
    assert [code for code, fact in facts() if figures(fact.short) != figures(fact.short_nl)] == []


def test_a_short_form_adds_no_figure_to_its_fact():
    assert [
        (code, fact.short) for code, fact in facts() if figures(fact.short) - figures(fact.text)
    ] == []


def test_a_short_form_is_shorter_than_its_fact_or_the_same_length():
    for code, fact in facts():
        assert len(fact.short) <= len(fact.text), (code, fact.short)
        assert len(fact.short_nl) <= len(fact.text_nl), (code, fact.short_nl)


def test_the_short_form_of_a_stop_sends_nobody_to_who_arranges_return():
    sends = re.compile(r"yourself|on your own|\bIOM\b|\b(ask|vraag( het)?) DT&V|\bzelf\b", re.I)
    for code, fact in facts():
        if fact.kind == "moratorium":
            assert not sends.search(fact.short), (code, fact.short)
            assert not sends.search(fact.short_nl), (code, fact.short_nl)


def test_the_lawyer_comes_first_for_the_countries_of_the_policy():
    flagged = {code for code, known in POLICY.country_facts.items() if known.ask_lawyer}
    assert flagged == {"AF", "IR", "LB", "PS", "SY", "UA", "YE"}


def test_who_stays_sees_the_stop_first_and_the_official_page_and_nothing_else():
    shown = facts_for(POLICY, "AF", STAYS, TODAY)
    assert kinds(shown) == ["moratorium", "more"]
    assert shown[0].in_short
    assert "yourself" not in shown[0].fact.short
    assert not shown[1].in_short


def test_who_chooses_sees_every_kind_in_order():
    shown = facts_for(POLICY, "AF", CHOOSES, TODAY)
    order = list(POLICY.reading.kinds)
    assert kinds(shown) == sorted(kinds(shown), key=order.index)
    assert set(kinds(shown)) == {"moratorium", "travel_papers", "embassy", "organisation", "more"}
    assert not any(each.in_short for each in shown)


@pytest.mark.parametrize("lawyer_first", [False, True])
def test_whose_return_is_forced_never_sees_an_embassy(lawyer_first: bool):
    forced = Situation(chooses=True, forced=True, lawyer_first=lawyer_first)
    for code in POLICY.country_facts:
        assert "embassy" not in kinds(facts_for(POLICY, code, forced, TODAY))


def test_who_does_not_choose_sees_no_embassy_papers_or_help():
    for code in POLICY.country_facts:
        for forced in (False, True):
            situation = Situation(chooses=False, forced=forced, lawyer_first=False)
            assert set(kinds(facts_for(POLICY, code, situation, TODAY))) <= {"moratorium", "more"}


def test_an_embassy_stands_with_first_your_lawyer_where_a_procedure_may_run():
    careful = Situation(chooses=True, forced=False, lawyer_first=True)
    for code in POLICY.country_facts:
        for shown in facts_for(POLICY, code, careful, TODAY):
            if shown.fact.kind in ("embassy", "travel_papers"):
                assert shown.phrases[0] == "papers_and_embassy", code
    assert all(
        "papers_and_embassy" not in shown.phrases
        for shown in facts_for(POLICY, "AF", CHOOSES, TODAY)
    )


@pytest.mark.parametrize("code", ["TD", "stateless", "unknown"])
def test_where_nothing_is_known_nothing_is_shown(code: str):
    assert facts_for(POLICY, code, CHOOSES, TODAY) == ()
    assert every_fact(POLICY, code, TODAY) == ()


def stop(code: str, on: date) -> ShownFact:
    return facts_for(POLICY, code, STAYS, on)[0]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 6, 1), False),
        (date(2026, 9, 19) - NEARLY, True),
        (date(2026, 9, 20), True),
        (date(2030, 1, 1), True),
    ],
)
def test_a_stop_whose_end_nobody_told_us_says_so_from_shortly_before_its_end(on: date, said: bool):
    shown = stop("IR", on)
    assert ("stop_end_unknown" in shown.phrases) == said
    assert ("stop_no_force" in shown.phrases) == said
    assert "stop_reception" in shown.phrases


def test_a_stop_that_is_known_to_be_over_does_not_say_that_it_may_run():
    for code in ("PS", "SD", "SY", "UA"):
        assert stop(code, TODAY).phrases == (), code


def test_only_where_the_source_says_so_is_it_said_that_each_case_is_looked_at():
    for code, fact in facts():
        if "stop_over" in fact.phrases:
            assert re.search(r"looks at (every case|each person's own case)", fact.text), code


def test_every_dated_fact_that_may_be_over_says_so():
    far = date(2100, 1, 1)
    dated = [(code, fact) for code, fact in facts() if may_be_over(fact, far)]
    assert {code for code, _ in dated} == {"IR", "LB", "LY", "RU"}
    for code, fact in dated:
        shown = next(each for each in every_fact(POLICY, code, far) if each.fact is fact)
        assert any(POLICY.reading.phrases[name].when == "over" for name in shown.phrases), code


def test_a_second_hand_fact_without_a_date_says_so():
    for code in POLICY.country_facts:
        for shown in every_fact(POLICY, code, TODAY):
            source = shown.fact.source
            undated = source.published is None and source.confidence == "M"
            assert ("no_date" in shown.phrases) == undated


def test_a_former_policy_knows_nothing_about_any_country(tmp_path: Path):
    root = copy_data(tmp_path)
    for name in (FIRST, LAST, PHRASES, policy_file("asked"), policy_file("places")):
        (root / name).unlink()
    policy = load_policy(root)
    assert policy.country_facts == {}
    assert facts_for(policy, "AF", CHOOSES, TODAY) == ()


def test_a_changed_fact_is_another_policy(tmp_path: Path):
    root = copy_data(tmp_path)
    assert fingerprint(root) == POLICY.sha256
    change(root, FIRST, "Amaliastraat 16", "Amaliastraat 17")
    assert fingerprint(root) != POLICY.sha256
    kept = load_snapshot(snapshot_of(root))
    assert kept.country_facts.keys() == POLICY.country_facts.keys()

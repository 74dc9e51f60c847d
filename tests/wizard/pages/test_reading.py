"""Pages to read without answering: countries, the questions that people ask most, places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from rules import default_decider
from rules.model import Countries, CountryView, OpeningHours
from tests.conftest import AppMaker
from tests.support.journeys import FORCED
from tests.support.page_client import PageClient
from tests.support.pages.page_checks import Page
from wizard.i18n.cldr import conventions
from wizard.i18n.languages import SECOND_COOKIE_NAME, languages
from wizard.pages.reading import countries
from wizard.presenters.places import opening_hours

POLICY = default_decider().policy
CODES = POLICY.questionnaire.by_id["country"].country_codes
WORKDAYS = OpeningHours(0, 4, "10:00", "12:00")


def headings(page: Page) -> list[str]:
    return [each.text for each in page.main.all("h2")]


@pytest.mark.parametrize("tag", languages())
def test_the_list_has_every_country_and_leads_to_those_with_facts(client: PageClient, tag: str):
    page = client.get(f"/{tag}/countries")
    names = {conventions(tag).territories[code] for code in CODES}
    items = [each.text for each in page.main.all("li")]
    assert sorted(items) == sorted(names)
    led = {link.rpartition("/")[2] for link in page.links() if link.startswith("countries/")}
    assert led == set(POLICY.country_facts)


def test_the_list_stands_by_letter_without_accents(client: PageClient):
    letters = headings(client.get("/nl/countries"))
    assert letters == sorted(set(letters))
    assert "Å" not in letters


@pytest.mark.parametrize("code", ["AF", "af", "Af"])
def test_a_country_is_found_in_small_and_in_capital_letters(client: PageClient, code: str):
    assert client.get(f"/en/countries/{code}").heading == "Afghanistan: what is known about return"


@pytest.mark.parametrize("code", ["XX", "stateless", "unknown", "A"])
def test_what_is_no_country_is_not_found(client: PageClient, code: str):
    # Not with the client that checks pages: what somebody made up stands in the links of this one.
    assert client.http.get(f"/en/countries/{code}").status_code == 404


@pytest.mark.parametrize("code", [*POLICY.country_facts, "TD", "CI", "KW", "ML"])
def test_every_country_has_a_page_that_judges_nothing(client: PageClient, code: str):
    page = client.get(f"/en/countries/{code}")
    assert "We do not say whether this country is safe for you." in page.main.text
    assert "We do not know VWN's view of this country." in page.main.text
    known = code in POLICY.country_facts
    assert ("We found nothing about this country." in page.main.text) != known


def test_the_title_names_no_country_as_it_stays_in_the_history(client: PageClient):
    titles = {client.get(f"/en/countries/{code}").title for code in ("AF", "TD", "PS")}
    assert len(titles) == 1


def test_each_fact_stands_with_its_source_its_date_and_the_day_on_which_we_checked(
    client: PageClient,
):
    page = client.get("/en/countries/AF")
    facts = [each for each in page.main.all("div") if each.get("class") == "fact"]
    known = POLICY.country_facts["AF"].facts
    assert len(facts) == len(known)
    for fact in known:
        [shown] = [each for each in facts if each.text.startswith(fact.text)]
        assert fact.source.url in [link["href"] for link in shown.all("a")]
        dated = f"Published: {fact.source.published}"
        assert (dated if fact.source.published else "No date on the page") in shown.text
        assert "Checked by us: November 30, 2026" in shown.text


def test_a_dutch_page_shows_the_dutch_facts_without_a_mark(client: PageClient):
    page = client.get("/nl/countries/AF")
    fact = POLICY.country_facts["AF"].facts[0]
    assert fact.text_nl in page.main.text
    assert fact.text not in page.main.text
    marks = [each.text for each in page.main.all("span") if each.get("class") == "dates"]
    assert "Nederlands" not in marks


@pytest.mark.parametrize("tag", [tag for tag in languages() if tag not in {"en", "nl"}])
def test_another_language_shows_the_facts_in_english_and_says_so(client: PageClient, tag: str):
    page = client.get(f"/{tag}/countries/PS")
    for fact in POLICY.country_facts["PS"].facts:
        [shown] = [each for each in page.main.all("p") if each.text == f"English{fact.text}"]
        assert (shown["lang"], shown["dir"]) == ("en", "ltr")
    [notice] = [each for each in page.main.all("p") if each.get("class") == "notice"]
    assert notice.text


def test_what_stands_around_a_fact_is_in_the_language_of_the_page(client: PageClient):
    """The sentence says in other words what is only to be read in English."""
    english, persian = (client.get(f"/{tag}/countries/PS").main.text for tag in ("en", "fa"))
    assert "Here DT&V decides for whom this help is" not in english
    assert conventions("fa").territories["SE"] in persian


def test_beside_dutch_the_facts_are_read_in_dutch(client: PageClient):
    client.http.set_cookie(SECOND_COOKIE_NAME, "nl")
    page = client.get("/fa/countries/AF")
    fact = POLICY.country_facts["AF"].facts[0]
    assert f"Nederlands{fact.text_nl}" in [each.text for each in page.main.all("p")]
    assert fact.text not in page.main.text
    assert page.heading.endswith("Afghanistan: wat bekend is over terugkeer") or page.main.all(
        lang="nl"
    )


def test_english_beside_dutch_shows_both(client: PageClient):
    client.http.set_cookie(SECOND_COOKIE_NAME, "nl")
    page = client.get("/en/countries/AF")
    fact = POLICY.country_facts["AF"].facts[0]
    assert fact.text in page.main.text
    assert fact.text_nl in page.main.text


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(countries, "date", SimpleNamespace(today=lambda: day))


def test_a_stop_is_said_to_be_perhaps_over_on_its_day(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
):
    unknown = "We do not know whether this was made longer. Ask your lawyer."
    for day, said in ((date(2026, 6, 1), False), (date(2026, 11, 30), True)):
        at(monkeypatch, day)
        assert (unknown in client.get("/en/countries/IR").main.text) == said, day


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("unsafe", "VWN told us on November 1, 2026 that it does not help with return"),
        ("assists", "VWN told us that it helps with return to this country. November 1, 2026"),
    ],
)
def test_a_view_of_vwn_is_said_in_its_name_with_the_day_and_the_source(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, view: str, said: str
):
    source = POLICY.sources["vwn_position"]
    given = Countries({"TD": CountryView(view, source, date(2026, 11, 1))}, {})
    policy = replace(POLICY, countries=given)
    monkeypatch.setattr(countries, "decider", lambda: SimpleNamespace(policy=policy))
    # A day of its own: pages are kept by country and day.
    at(monkeypatch, date(2031, 1, 1 if view == "unsafe" else 2))
    page = client.get("/en/countries/TD")
    assert said in page.main.text
    assert source.url in page.links()
    assert "We do not know VWN's view" not in page.main.text


def test_the_same_sentence_stands_around_one_fact_of_a_page_only(client: PageClient):
    text = client.get("/en/countries/LB").main.text
    assert text.count("We do not know whether this was made longer.") == 1
    assert text.count("Talk to your lawyer before you contact the embassy.") == 1


def test_the_page_of_a_country_leads_nowhere_to_an_answer(client: PageClient):
    """Nor does it show whether somebody answered: it is the same for everybody."""
    before = client.get("/en/countries/AF").main.text
    client.answer_all(FORCED)
    assert client.get("/en/countries/AF").main.text == before


def test_the_ten_questions_stand_with_their_answers_and_whom_to_ask(client: PageClient):
    page = client.get("/en/asked")
    assert headings(page) == [question.text for question in POLICY.reading.asked]
    items = [each.text for each in page.main.all("li")]
    for question in POLICY.reading.asked:
        for sentence in (*question.answer, *question.ask):
            assert sentence in items
        for source in question.sources:
            assert source.url in page.links()


def test_beside_another_language_each_answer_stands_in_both(client: PageClient):
    client.http.set_cookie(SECOND_COOKIE_NAME, "nl")
    page = client.get("/en/asked")
    beside = [each for each in page.main.all("span") if each.get("class") == "second"]
    said = sum(1 + len(each.answer) + len(each.ask) for each in POLICY.reading.asked)
    assert len(beside) > said
    assert {each["lang"] for each in beside} == {"nl"}


def test_the_places_stand_by_region_and_those_for_everybody_first(client: PageClient):
    regions = headings(client.get("/en/places"))
    assert regions[0] == "In the whole country"
    assert regions[1:] == sorted(
        {place.province for place in POLICY.reading.places if place.province}
    )


def test_a_place_for_people_who_are_held_somewhere_is_not_shown_to_others(client: PageClient):
    ids = client.get("/en/places").ids
    for place in POLICY.reading.places:
        assert (place.id in ids) != place.only_there


def test_each_place_says_its_year_or_that_there_is_none(client: PageClient):
    text = client.get("/en/places").main.text
    for place in POLICY.reading.places:
        if not place.only_there:
            shown = text[text.index(place.text) :]
            known = f"{'about ' if place.about else ''}{place.year}"
            said = f"Last known: {known}" if place.year else "No date on the page"
            assert said in shown[: shown.index("Checked by us")], place.id


def test_opening_hours_have_the_days_of_the_language():
    said = {tag: str(opening_hours(WORKDAYS, languages()[tag])) for tag in languages()}
    assert said["nl"] == '<bdi>maandag–vrijdag</bdi>: <bdi dir="ltr">10:00–12:00</bdi>'
    # Persian and Dari call the days alike.
    assert said.pop("prs") == said["fa"]
    assert len(set(said.values())) == len(said)


def test_opening_hours_stand_once_at_each_place_in_words(client: PageClient):
    text = client.get("/en/places").main.text
    assert "OpeningHours" not in text
    for place in POLICY.reading.places:
        for hours in place.hours:
            assert f"{hours.opens}–{hours.closes}" in text


def test_opening_hours_of_one_day_name_it_once():
    hours = OpeningHours(1, 1, "13:00", "15:30")
    assert "<bdi>Tuesday</bdi>: " in opening_hours(hours, languages()["en"])


@pytest.mark.parametrize("place", ["asked", "places", "countries", "countries/AF"])
def test_what_can_be_read_may_be_found_by_search_engines(client: PageClient, place: str):
    assert "X-Robots-Tag" not in client.get(f"/en/{place}").headers


def test_every_page_leads_to_the_questions_and_these_to_the_countries_and_the_places(
    client: PageClient,
):
    footer = client.get("/en/").document.one("footer")
    assert "/en/asked" in [link["href"] for link in footer.all("a")]
    assert {"/en/countries", "/en/places"} <= set(client.get("/en/asked").links())


def test_a_wrong_number_is_told_to_who_runs_the_website_and_the_page_sends_nothing(
    make_app: AppMaker,
):
    app = make_app(OPERATOR_NAME="Stichting Voorbeeld", OPERATOR_PHONE="020 123 45 67")
    page = PageClient(app).get("/en/wrong-number")
    assert "Stichting Voorbeeld" in page.main.text
    assert "tel:0201234567" in page.links()
    assert "?" not in "".join(page.links())
    assert not page.main.all("form")


def test_without_an_operator_a_wrong_number_is_told_to_who_sent_you(client: PageClient):
    page = client.get("/en/wrong-number")
    assert "Ask who sent you here." in page.main.text
    assert "Tell who runs this website" not in page.main.text


@pytest.mark.parametrize("place", ["", "result"])
def test_every_page_and_the_contacts_of_a_result_lead_to_whom_to_tell(
    client: PageClient, place: str
):
    client.answer_all(FORCED)
    page = client.get(f"/en/{place}")
    assert page.html.count('href="/en/wrong-number"') == (2 if place else 1)

"""What the small script adds, and that nothing depends on it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.journeys import DECIDED, FORCED, STAY
from wizard.languages import SECOND_COOKIE_NAME, languages

SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])


def before(question_id: str) -> dict[str, str | list[str]]:
    """The answers that come before a question."""
    names = list(DECIDED)
    return {name: DECIDED[name] for name in names[: names.index(question_id)]}


@SCRIPT
@pytest.mark.parametrize("question_id", ["asylum_decision", "country", "circumstances"])
def test_nothing_chosen_shows_what_is_missing_and_leads_to_it(
    new_visitor: VisitorMaker, question_id: str, javascript: bool
):
    visitor = new_visitor(javascript=javascript)
    visitor.answer_behind_the_scenes(before(question_id))
    visitor.go(f"check/{question_id}")
    visitor.allow(422)
    visitor.send()
    summary = visitor.page.locator("#error-summary")
    expect(summary).to_be_visible()
    if javascript:
        expect(summary).to_be_focused()
    visitor.look()
    summary.locator("a").click()
    expect(visitor.page.locator("#answer-1")).to_be_focused()
    visitor.choose(DECIDED[question_id])
    visitor.send()
    expect(summary).to_have_count(0)
    visitor.look()


def test_an_option_changed_by_hand_shows_an_error_and_loses_nothing(visitor: Visitor):
    visitor.answer_behind_the_scenes(STAY)
    visitor.go("check/asylum_decision")
    visitor.page.locator("#answer-1").evaluate("(input) => { input.value = 'by_hand' }")
    visitor.page.locator("label[for=answer-1]").click()
    visitor.allow(422)
    visitor.send()
    expect(visitor.page.locator("#error-summary")).to_be_visible()
    visitor.go("answers")


def test_none_of_these_takes_the_other_marks_away_and_the_other_way_round(visitor: Visitor):
    visitor.answer_behind_the_scenes(before("circumstances"))
    visitor.go("check/circumstances")
    marked = visitor.page.locator("input[name=answer]:checked")
    values = "(inputs) => inputs.map((input) => input.value)"
    visitor.choose(["health", "trafficking"])
    assert marked.evaluate_all(values) == ["health", "trafficking"]
    visitor.choose("none")
    assert marked.evaluate_all(values) == ["none"]
    visitor.choose("unknown")
    assert marked.evaluate_all(values) == ["unknown"]
    visitor.choose("health")
    assert marked.evaluate_all(values) == ["health"]


@pytest.fixture
def countries(visitor: Visitor) -> Visitor:
    """A visitor at the question with the long list."""
    visitor.answer_behind_the_scenes(before("country"))
    visitor.go("check/country")
    return visitor


def shown(visitor: Visitor) -> list[str]:
    """The values in the list, without the empty one."""
    values = "(options) => options.map((option) => option.value).filter(Boolean)"
    found: list[str] = visitor.page.locator("select[name=answer] option").evaluate_all(values)
    return found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("somal", "SO"), ("SOMAL", "SO"), ("aland i", "AX"), ("Côte", "CI"), ("cote d", "CI")],
)
def test_typing_narrows_the_list_of_countries(countries: Visitor, typed: str, found: str):
    countries.page.locator("input[type=search]").fill(typed)
    assert shown(countries) == [found]
    countries.look()
    countries.answer("country", found)
    expect(countries.page).to_have_url(countries.origin + countries.place("check/vwn_view"))


@pytest.mark.parametrize(
    ("lang", "typed", "found"),
    [
        ("fa", "\u0627\u064a\u0631\u0627\u0646", "IR"),  # with the yeh of an Arabic keyboard
        ("fa", "\u0643\u0627\u0646\u0627\u062f\u0627", "CA"),  # with the kaf of one
        ("ps", "\u0627\u06cc\u0631\u0627\u0646", "IR"),  # with the yeh of a Persian keyboard
        ("ps", "\u0627\u0646\u06af\u0648\u0644\u0627", "AO"),  # with the gaf of one
        ("ar", "\u0627\u0644\u0627\u0645\u0627\u0631\u0627\u062a", "AE"),  # without the hamza
        ("fr", "cote d'ivoire", "CI"),
        ("nl", "guinee bissau", "GW"),
        ("uk", "в'єтнам", "VN"),
        ("tr", "IRAK", "IQ"),
        ("tr", "fransiz guya", "GF"),
    ],
)
def test_a_country_is_found_with_any_keyboard(
    new_visitor: VisitorMaker, lang: str, typed: str, found: str
):
    visitor = new_visitor(lang)
    visitor.answer_behind_the_scenes(before("country"))
    visitor.go("check/country")
    visitor.page.locator("input[type=search]").fill(typed)
    assert shown(visitor) == [found]


@pytest.mark.parametrize(
    ("lang", "second", "typed", "found"),
    [
        ("en", "", "palestine", "PS"),
        ("nl", "", "Palestina", "PS"),
        ("so", "", "falastiin", "PS"),
        ("so", "nl", "palestina", "PS"),
        ("en", "", "turkey", "TR"),
        ("fr", "", "congo (rdc)", "CD"),
        ("es", "", "costa de marfil", "CI"),
        ("tr", "ar", "fildişi", "CI"),
        ("so", "nl", "somalië", "SO"),
        ("fa", "", "فلسطین", "PS"),
    ],
)
def test_a_country_is_found_by_another_name_in_both_languages(
    new_visitor: VisitorMaker, lang: str, second: str, typed: str, found: str
):
    visitor = new_visitor(lang)
    visitor.answer_behind_the_scenes(before("country"))
    visitor.context.add_cookies(
        [{"name": SECOND_COOKIE_NAME, "value": second, "url": visitor.origin}]
    )
    visitor.go("check/country")
    visitor.page.locator("input[type=search]").fill(typed)
    assert shown(visitor) == [found]


def test_clearing_the_search_brings_all_countries_back(countries: Visitor):
    everything = shown(countries)
    search = countries.page.locator("input[type=search]")
    search.fill("somal")
    assert len(shown(countries)) == 1
    search.fill("")
    assert shown(countries) == everything


def test_the_search_never_hides_what_is_chosen(countries: Visitor):
    countries.choose("NG")
    countries.page.locator("input[type=search]").fill("somal")
    assert shown(countries) == ["NG", "SO"]


def test_who_does_not_see_the_list_hears_what_is_left_in_it(countries: Visitor):
    search = countries.page.locator("input[type=search]")
    said = countries.page.get_by_role("status")
    expect(said).to_have_text("")
    search.fill("a")
    expect(said).to_have_text(re.compile(r"^\d{2,3}$"))
    assert int(said.inner_text()) == len(shown(countries))
    search.fill("somal")
    expect(said).to_have_text("Somalia")
    search.fill("xyz")
    expect(said).to_have_text(re.compile("do not know"))
    search.fill("")
    expect(said).to_have_text("")


def test_a_search_that_finds_nothing_leaves_a_way_out(countries: Visitor):
    countries.page.locator("input[type=search]").fill("xyzzy")
    assert {"stateless", "unknown"} <= set(shown(countries))


def test_the_search_is_not_sent(countries: Visitor):
    search = countries.page.locator("input[type=search]")
    search.fill("somal")
    assert search.get_attribute("name") is None


def test_without_the_script_the_list_of_countries_is_whole_and_works(new_visitor: VisitorMaker):
    visitor = new_visitor(javascript=False, width=320)
    visitor.answer_behind_the_scenes(before("country"))
    visitor.go("check/country")
    expect(visitor.page.locator("input[type=search]")).to_have_count(0)
    assert len(shown(visitor)) > 200
    visitor.answer("country", "SO")
    expect(visitor.page).to_have_url(visitor.origin + visitor.place("check/vwn_view"))


def test_the_print_button_prints(visitor: Visitor):
    visitor.answer_behind_the_scenes(FORCED)
    visitor.context.add_init_script("window.print = () => { window.printed = true }")
    visitor.go("result")
    visitor.page.locator("[data-print]").click()
    assert visitor.page.evaluate("window.printed") is True


def test_without_the_script_there_is_no_button_that_does_nothing(new_visitor: VisitorMaker):
    visitor = new_visitor(javascript=False)
    visitor.answer_behind_the_scenes(FORCED)
    visitor.go("result")
    buttons = visitor.page.locator("button[type=button]")
    for number in range(buttons.count()):
        expect(buttons.nth(number)).to_be_hidden()


@SCRIPT
def test_the_print_has_the_reasons_and_sources_but_not_the_buttons(
    new_visitor: VisitorMaker, javascript: bool
):
    visitor = new_visitor(javascript=javascript)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go("result")
    visitor.page.emulate_media(media="print")
    for hidden in ("header", "footer", "form.leave", "main button[name=helpful] >> nth=0"):
        expect(visitor.page.locator(hidden)).to_be_hidden()
    for printed in ("#org-iom", "main .steps", "#would-change h3 >> nth=0"):
        expect(visitor.page.locator(printed)).to_be_visible()


def test_the_link_to_the_content_skips_the_header(visitor: Visitor):
    visitor.go("privacy")
    # Only the button to leave quickly may come before it.
    visitor.page.locator("form.leave button").focus()
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


@pytest.mark.parametrize("times", [1, 2], ids=["as it is", "letters twice as large"])
@pytest.mark.parametrize("lang", languages())
def test_the_whole_list_of_languages_can_be_seen_on_a_small_screen(
    new_visitor: VisitorMaker, lang: str, times: int
):
    visitor = new_visitor(lang, width=320)
    visitor.go("")
    visitor.page.evaluate(f"document.documentElement.style.fontSize = '{112.5 * times}%'")
    visitor.page.locator("header summary").first.click()
    menu = visitor.page.locator(".menu").bounding_box()
    assert menu
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 320
    assert menu["width"] >= 240 - 1

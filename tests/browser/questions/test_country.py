"""The question about the country, as people answer it: letter by letter, with a pause, by keys, by
a click and by touch; on its page, among all questions, and when an answer is changed.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import VisitorMaker
from tests.browser.everybody.test_every_page import violations
from tests.browser.visitor import Visitor
from tests.support.journeys import DECIDED, STAY
from wizard.i18n.languages import SECOND_COOKIE_NAME

PAUSE = 40
"""Milliseconds between two letters."""
BEFORE = {name: DECIDED[name] for name in list(DECIDED)[: list(DECIDED).index("country")]}
NAMES = "/static/country_names.json"
NAMES_COME_LATE = """
  const now = window.fetch;
  window.fetch = (address, ...rest) => String(address).includes("country_names")
    ? new Promise((go) => { window.goOn = () => go(now(address, ...rest)); })
    : now(address, ...rest);
"""
PLACES = ("question", "form", "changed")
"""Where the country is asked."""

FOUND = (
    # As the reports had it: the beginning of a name.
    *(("en", "afg", "AF"), ("nl", "syr", "SY"), ("ar", "سوريا", "SY"), ("en", "SOMAL", "SO")),
    *(("ti", "ኤርት", "ER"), ("fa", "افغان", "AF")),
    # The only name typed in full, inside or at the beginning of others.
    *(("en", "niger", "NE"), ("en", "sudan", "SD"), ("en", "Mali", "ML"), ("en", "guinea", "GN")),
    *(("en", "dominica", "DM"), ("es", "congo", "CG"), ("ar", "السودان", "SD")),
    *(("ar", "مالي", "ML"), ("ti", "ሱዳን", "SD"), ("uk", "Нігер", "NE"), ("en", "oman", "OM")),
    # In another of our languages, or in one of the country.
    *(("en", "irak", "IQ"), ("en", "siria", "SY"), ("en", "سوريا", "SY"), ("en", "ኤርትራ", "ER")),
    *(("en", "Türkiye", "TR"), ("en", "turkiye", "TR"), ("nl", "Deutschland", "DE")),
    *(("ti", "eritrea", "ER"), ("ar", "Afghanistan", "AF"), ("nl", "Shqipëri", "AL")),
    *(("prs", "تاجکستان", "TJ"), ("fa", "سویدن", "SE"), ("prs", "سوئد", "SE")),
    *(("fa", "Soomaaliya", "SO"), ("ps", "afg", "AF"), ("fr", "Suriye", "SY")),
    # What else people call it.
    *(("en", "Ivory Coast", "CI"), ("nl", "ivoorkust", "CI"), ("en", "Burma", "MM")),
    *(("en", "Persia", "IR"), ("en", "england", "GB"), ("nl", "wit-rusland", "BY")),
    *(("en", "palestine", "PS"), ("so", "falastiin", "PS"), ("fa", "فلسطین", "PS")),
    *(("en", "turkey", "TR"), ("fr", "congo (rdc)", "CD"), ("tr", "fildişi", "CI")),
    # Whichever keyboard people have: with the yeh and the kaf of an Arabic one, the yeh and the gaf
    # of a Persian one; without the hamza.
    ("fa", "\u0627\u064a\u0631\u0627\u0646", "IR"),
    ("fa", "\u0643\u0627\u0646\u0627\u062f\u0627", "CA"),
    ("ps", "\u0627\u06cc\u0631\u0627\u0646", "IR"),
    ("ps", "\u0627\u0646\u06af\u0648\u0644\u0627", "AO"),
    *(("ar", "\u0627\u0644\u0627\u0645\u0627\u0631\u0627\u062a", "AE"), ("ti", "አፍጋኒስታን", "AF")),
    *(("fr", "cote d'ivoire", "CI"), ("nl", "guinee bissau", "GW"), ("uk", "в'єтнам", "VN")),
    *(("tr", "IRAK", "IQ"), ("tr", "fransiz guya", "GF"), ("en", "aland i", "AX")),
    ("en", "kosovo", "XK"),
)
"""Language of the page, what is typed, and the country that Enter then takes."""


@pytest.fixture
def asked(new_visitor: VisitorMaker):
    """Makes visitors who stand before the question, in one of `PLACES`."""

    def ask(lang: str = "en", place: str = "question", **options) -> Visitor:
        visitor = new_visitor(lang, **options)
        if place == "form":
            visitor.go("form")
            return visitor
        former = {"country": "GE"} if place == "changed" else {}
        visitor.answer_behind_the_scenes({**BEFORE, **former})
        visitor.go("check/country")
        return visitor

    return ask


def question(question_id: str, visitor: Visitor) -> str:
    """Where a visitor is who is asked this question, by its id as `path` has it."""
    return f"/{visitor.lang}/check/{question_id}"


def field(visitor: Visitor) -> Locator:
    return visitor.page.locator("input[role=combobox]")


def select(visitor: Visitor) -> Locator:
    return visitor.page.locator("main select")


def said(visitor: Visitor) -> Locator:
    return visitor.page.locator(".said")


def options(visitor: Visitor) -> Locator:
    return visitor.page.locator("main [role=option]")


def say(visitor: Visitor, text: str) -> None:
    """Type as people do, until the page has heard it."""
    field(visitor).click()
    visitor.page.keyboard.type(text, delay=PAUSE)


def press(visitor: Visitor, *keys: str) -> None:
    for key in keys:
        visitor.page.keyboard.press(key)


def chosen(visitor: Visitor, code: str) -> None:
    """This is chosen, stands in the field, and is said below it."""
    expect(select(visitor)).to_have_value(code)
    name = select(visitor).locator(f"option[value={code}]").inner_text()
    expect(field(visitor)).to_have_value(name)
    expect(said(visitor)).to_contain_text(name)
    expect(options(visitor)).to_have_count(0)


def active(visitor: Visitor) -> str:
    """The code of the option that the field says is the one that Enter takes; empty for none."""
    place = field(visitor).get_attribute("aria-activedescendant")
    return visitor.page.locator(f"#{place}").get_attribute("data-value") or "" if place else ""


@pytest.mark.parametrize(("lang", "typed", "code"), FOUND)
def test_typed_letter_by_letter_enter_takes_the_country_that_is_meant(
    asked, lang: str, typed: str, code: str
):
    visitor = asked(lang)
    say(visitor, typed)
    press(visitor, "Enter")
    chosen(visitor, code)
    assert visitor.path == question("country", visitor)
    visitor.look()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("lang", "typed", "code"),
    [
        *(("en", "afg", "AF"), ("nl", "syrie", "SY"), ("ar", "سوريا", "SY")),
        *(("ti", "ሶርያ", "SY"), ("fa", "سوریه", "SY")),
    ],
)
def test_it_is_so_wherever_the_country_is_asked_and_the_answer_is_kept(
    asked, lang: str, place: str, typed: str, code: str
):
    visitor = asked(lang, place)
    say(visitor, typed)
    if place == "form":
        with visitor.page.expect_response("**/form/asked") as heard:
            press(visitor, "Enter")
        given = parse_qs(heard.value.request.post_data or "")
        assert given["country-answer"] == [code]
        chosen(visitor, code)
    else:
        press(visitor, "Enter")
        chosen(visitor, code)
        with visitor.page.expect_navigation():
            press(visitor, "Enter")
        assert visitor.path != question("country", visitor)
    visitor.go("check/country" if place != "form" else "form")
    chosen(visitor, code)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("typed", ["ni", "congo", "united", "xyzzy"])
def test_what_can_mean_several_or_none_chooses_and_sends_nothing(asked, place: str, typed: str):
    visitor = asked("en", place)
    here = visitor.path
    say(visitor, typed)
    press(visitor, "Enter")
    visitor.page.wait_for_timeout(300)
    expect(select(visitor)).to_have_value("")
    assert visitor.path == here
    expect(said(visitor)).to_have_text(f"Countries found: {options(visitor).count()}")
    if typed == "xyzzy":
        expect(options(visitor)).to_have_count(0)
        expect(visitor.page.locator("button[data-value=unknown]")).to_be_visible()
    else:
        assert active(visitor)


def test_names_that_come_late_do_not_move_away_what_enter_takes(asked):
    visitor = asked("en")
    visitor.context.add_init_script(NAMES_COME_LATE)
    visitor.page.reload()
    say(visitor, "ni")
    press(visitor, "Enter")
    first = options(visitor).first.get_attribute("data-value")
    assert active(visitor) == first
    with visitor.page.expect_response(f"**{NAMES}*"):
        visitor.page.evaluate("window.goOn()")
    visitor.page.wait_for_timeout(300)
    assert active(visitor) == first


@pytest.mark.parametrize("place", PLACES)
def test_clearing_the_field_clears_the_choice(asked, place: str):
    visitor = asked("en", place)
    say(visitor, "somalia")
    press(visitor, "Enter")
    chosen(visitor, "SO")
    field(visitor).click()
    press(visitor, *["Backspace"] * len("Somalia"))
    expect(field(visitor)).to_have_value("")
    expect(select(visitor)).to_have_value("")
    expect(said(visitor)).to_have_text("")


def test_a_letter_less_is_no_longer_that_country(asked):
    visitor = asked("en", "changed")
    chosen(visitor, "GE")
    field(visitor).focus()
    press(visitor, "End", "Backspace")
    expect(field(visitor)).to_have_value("Georgi")
    expect(select(visitor)).to_have_value("")


def test_arrows_home_and_end_move_in_the_list_and_enter_takes_one(asked):
    visitor = asked()
    say(visitor, "ni")
    assert active(visitor) == ""
    seen = []
    for key in ("ArrowDown", "ArrowDown", "End", "ArrowDown", "ArrowUp", "Home", "ArrowDown"):
        press(visitor, key)
        seen.append(active(visitor))
        expect(field(visitor)).to_be_focused()
    every = options(visitor).evaluate_all("(all) => all.map((each) => each.dataset.value)")
    first, second, last = every[0], every[1], every[-1]
    assert seen == [first, second, last, first, last, first, second]
    expect(select(visitor)).to_have_value("")
    press(visitor, "Enter")
    chosen(visitor, second)


def test_arrows_open_the_whole_list_where_nothing_was_typed(asked):
    visitor = asked()
    field(visitor).focus()
    expect(options(visitor)).to_have_count(0)
    press(visitor, "ArrowDown")
    assert options(visitor).count() > 200
    assert active(visitor) == "AF"
    press(visitor, "ArrowUp")
    assert active(visitor) == "ZW"
    press(visitor, "Enter")
    chosen(visitor, "ZW")


def test_tab_leaves_the_list_and_chooses_nothing_of_it(asked):
    visitor = asked()
    say(visitor, "ni")
    press(visitor, "ArrowDown", "Tab")
    expect(visitor.page.locator("button[data-value=stateless]")).to_be_focused()
    expect(options(visitor)).to_have_count(0)
    expect(select(visitor)).to_have_value("")


def test_a_name_typed_in_full_counts_without_enter_and_a_part_of_one_does_not(asked):
    visitor = asked()
    say(visitor, "afg")
    press(visitor, "Tab")
    expect(field(visitor)).to_have_value("afg")
    expect(select(visitor)).to_have_value("")
    say(visitor, "hanistan")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form .button").click()
    assert visitor.path == question("vwn_view", visitor)


def test_escape_closes_the_list_and_is_none_of_the_three_that_leave(asked):
    visitor = asked()
    say(visitor, "ni")
    press(visitor, "Escape")
    expect(options(visitor)).to_have_count(0)
    expect(field(visitor)).to_have_value("ni")
    press(visitor, "Escape", "Escape")
    visitor.page.wait_for_timeout(200)
    assert visitor.path == question("country", visitor)


@pytest.mark.parametrize("touch", [False, True], ids=["click", "touch"])
@pytest.mark.parametrize("place", PLACES)
def test_a_country_is_taken_from_the_list(asked, place: str, *, touch: bool):
    visitor = asked("en", place, has_touch=touch, width=360)
    say(visitor, "ni")
    wanted = visitor.page.locator("main [role=option][data-value=NG]")
    if touch:
        wanted.tap()
    else:
        wanted.click()
    chosen(visitor, "NG")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("code", ["stateless", "unknown"])
def test_the_answers_that_are_no_country_are_seen_and_can_be_taken_back(
    asked, place: str, code: str
):
    visitor = asked("en", place)
    button = visitor.page.locator(f"button[data-value={code}]")
    button.scroll_into_view_if_needed()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(select(visitor)).to_have_value(code)
    expect(said(visitor)).to_contain_text(button.inner_text())
    expect(field(visitor)).to_have_value("")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(select(visitor)).to_have_value("")
    button.click()
    say(visitor, "somal")
    expect(button).to_have_attribute("aria-pressed", "false")
    press(visitor, "Enter")
    chosen(visitor, "SO")


def test_who_does_not_see_the_list_hears_how_much_is_in_it_and_what_is_chosen(asked):
    visitor = asked()
    status = visitor.page.locator("main").get_by_role("status")
    expect(status).to_have_text("")
    box = field(visitor)
    expect(box).to_have_attribute("aria-expanded", "false")
    say(visitor, "a")
    expect(status).to_have_text(re.compile(r"^Countries found: \d{2,3}$"))
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(visitor.page.get_by_role("listbox")).to_have_attribute(
        "id", box.get_attribute("aria-controls") or ""
    )
    visitor.page.keyboard.type("fg", delay=PAUSE)
    expect(status).to_have_text("Countries found: 1")
    press(visitor, "Enter")
    expect(status).to_have_text("Chosen: \u2068Afghanistan\u2069")
    field(visitor).click()
    selected = visitor.page.locator("[role=option][aria-selected=true]")
    expect(selected).to_have_text("Afghanistan")


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_while_the_list_lies_open(asked, lang: str, place: str):
    visitor = asked(lang, place, width=320)
    say(visitor, "a")
    press(visitor, "ArrowDown")
    assert violations(visitor) == []
    visitor.look()


def test_in_two_languages_it_is_found_by_the_name_in_either(new_visitor: VisitorMaker):
    visitor = new_visitor("so")
    visitor.answer_behind_the_scenes(BEFORE)
    visitor.context.add_cookies(
        [{"name": SECOND_COOKIE_NAME, "value": "nl", "url": visitor.origin}]
    )
    visitor.go("check/country")
    for typed in ("somalië", "soomaaliya"):
        say(visitor, typed)
        press(visitor, "Enter")
        chosen(visitor, "SO")
        assert select(visitor).locator("option[value=SO]").inner_text() == "Soomaaliya · Somalië"


def test_other_names_come_at_the_first_touch_of_the_field_and_not_before(asked):
    visitor = asked()
    fetched = []
    # By the page: the service worker keeps them for when there is no network.
    visitor.page.on("request", lambda request: fetched.append(urlsplit(request.url).path))
    visitor.page.reload(wait_until="networkidle")
    assert NAMES not in fetched
    say(visitor, "irak")
    press(visitor, "Enter")
    chosen(visitor, "IQ")
    assert fetched.count(NAMES) == 1


def test_without_the_other_names_it_works_and_they_are_asked_for_again(asked):
    visitor = asked()
    visitor.allow(503)
    visitor.context.route("**/country_names.json*", lambda route: route.fulfill(status=503))
    say(visitor, "somal")
    press(visitor, "Enter")
    chosen(visitor, "SO")
    visitor.context.unroute("**/country_names.json*")
    press(visitor, "Tab")
    say(visitor, "siria")
    press(visitor, "Enter")
    chosen(visitor, "SY")


def test_enter_waits_for_names_that_are_still_on_their_way(asked):
    visitor = asked()
    waiting: list[Route] = []
    visitor.context.route("**/country_names.json*", lambda route: waiting.append(route))  # noqa: PLW0108 - no builtin
    say(visitor, "siria")
    press(visitor, "Enter")
    expect(select(visitor)).to_have_value("")
    assert visitor.path == question("country", visitor)
    for route in waiting:
        route.continue_()
    chosen(visitor, "SY")


def test_what_is_typed_is_not_sent(asked):
    visitor = asked()
    assert field(visitor).get_attribute("name") is None
    say(visitor, "somal")
    visitor.allow(422)
    visitor.send()
    assert visitor.page.locator("#error-summary").is_visible()
    visitor.page.locator("#error-summary a").click()
    expect(field(visitor)).to_be_focused()


def test_without_the_script_the_list_of_countries_is_whole_and_works(new_visitor: VisitorMaker):
    visitor = new_visitor(javascript=False, width=320)
    visitor.answer_behind_the_scenes(BEFORE)
    visitor.go("check/country")
    expect(field(visitor)).to_have_count(0)
    assert select(visitor).locator("option").count() > 200
    select(visitor).select_option("SO")
    visitor.send()
    assert visitor.path == question("vwn_view", visitor)


def test_without_a_network_it_is_the_same(new_visitor: VisitorMaker):
    visitor = new_visitor("nl")
    visitor.go("offline")
    visitor.page.locator("#offline > .button").click()
    for question in ("asylum_decision", "return_choice"):
        visitor.page.locator(f"#offline input[value={STAY[question]}]").check()
        visitor.page.locator("#offline form .button").click()
        if visitor.page.locator("#offline input[value=over]").count():
            visitor.page.locator("#offline input[value=over]").check()
            visitor.page.locator("#offline form .button").click()
    say(visitor, "siria")
    press(visitor, "Enter")
    chosen(visitor, "SY")
    visitor.look()

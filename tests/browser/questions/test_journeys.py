"""Whole journeys, from the start page to the result."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.support.journeys import DECIDED, FORCED, STAY, THINKING, WAITING
from tests.support.vocabulary import ORGANISATIONS

ROUTES = {"decided": DECIDED, "thinking": THINKING, "stay": STAY, "forced": FORCED}
NARROW, WIDE = 320, 1280
SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])

PAIRS = [("en", True, NARROW), ("en", False, WIDE), ("nl", True, WIDE), ("nl", False, NARROW)]
"""Language, script and width, so that any two of them come together."""

WAYS = [(name, *pair) for name in ROUTES for pair in PAIRS]


@pytest.mark.parametrize(("name", "lang", "javascript", "width"), WAYS)
def test_a_whole_journey(
    new_visitor: VisitorMaker, name: str, lang: str, javascript: bool, width: int
):
    route = ROUTES[name]
    visitor = new_visitor(lang, javascript=javascript, width=width)
    visitor.go("")
    visitor.begin(next(iter(route)))
    visitor.answer_all(route)
    for organisation in ORGANISATIONS:
        expect(visitor.page.locator(f"#org-{organisation}")).to_have_count(1)
    visitor.open_all_details()
    visitor.look()


@SCRIPT
@pytest.mark.parametrize("place", ["", "rules", "privacy", "thanks"])
def test_no_other_page_scrolls_sideways(new_visitor: VisitorMaker, place: str, javascript: bool):
    visitor = new_visitor(javascript=javascript, width=NARROW)
    visitor.go(place)
    visitor.open_all_details()
    visitor.look()


def test_a_forced_return_shows_one_kind_of_help_with_its_limit(visitor: Visitor):
    visitor.answer_behind_the_scenes(FORCED)
    visitor.go("result")
    visitor.open_all_details()
    shown = visitor.page.locator("[id^=support-]").evaluate_all("(all) => all.map(({ id }) => id)")
    # Beside what is for everybody and for who was exploited, nothing but this.
    to_go_with = set(shown) - {"support-counselling", "support-victim_help"}
    assert to_go_with == {"support-reintegration_in_kind"}
    card = visitor.page.locator("article:has(#support-reintegration_in_kind)")
    assert "€1,000" in card.inner_text()


@SCRIPT
def test_an_answer_changed_from_the_summary_asks_only_what_is_new(
    new_visitor: VisitorMaker, javascript: bool
):
    visitor = new_visitor(javascript=javascript)
    visitor.answer_behind_the_scenes(THINKING)
    visitor.go("result")
    visitor.open_all_details()
    visitor.follow("check/return_choice")
    chosen = visitor.page.locator("input[name=answer][value=thinking]")
    expect(chosen).to_be_checked()
    visitor.answer("return_choice", "stay")
    expect(visitor.page).to_have_url(visitor.origin + "/en/result")
    expect(
        visitor.page.locator(f"main a[href='{visitor.place('check/help_wanted')}']")
    ).to_have_count(0)
    expect(visitor.page.locator(f"main a[href='{visitor.place('check/country')}']")).to_have_count(
        1
    )
    expect(visitor.page.locator("[id^=support-]")).to_have_count(1)


@SCRIPT
def test_back_leads_through_all_questions_to_the_start(new_visitor: VisitorMaker, javascript: bool):
    visitor = new_visitor(javascript=javascript)
    visitor.answer_behind_the_scenes(STAY)
    visitor.go(f"check/{list(STAY)[-1]}")
    given = visitor.page.locator("[name=answer]:checked, [name=answer] [value]:checked")
    for name in reversed(list(STAY)[:-1]):
        visitor.follow(f"check/{name}")
        expect(given).to_have_count(1)
    visitor.follow("")


def test_the_browsers_own_back_button_shows_the_answer_as_it_was_given(visitor: Visitor):
    visitor.go("check/asylum_decision")
    visitor.answer("asylum_decision", "permit")
    visitor.page.go_back()
    expect(visitor.page.locator("input[value=permit]")).to_be_checked()
    visitor.answer("asylum_decision", "waiting")
    expect(visitor.page).to_have_url(visitor.origin + visitor.place("check/dublin"))


@SCRIPT
def test_a_language_switched_halfway_keeps_the_answers_and_the_place(
    new_visitor: VisitorMaker, javascript: bool
):
    visitor = new_visitor("en", javascript=javascript, width=NARROW)
    *before, (last, answer) = DECIDED.items()
    visitor.answer_behind_the_scenes(dict(before))
    visitor.go(f"check/{last}")
    visitor.page.locator("header summary").click()
    visitor.page.locator("header a[hreflang=nl]").click()
    visitor.lang = "nl"
    expect(visitor.page).to_have_url(
        visitor.origin + visitor.place(f"check/{last}").replace("/en/", "/nl/")
    )
    visitor.look()
    visitor.answer(last, answer)
    visitor.page.locator("header summary").click()
    visitor.page.locator("header a[hreflang=en]").click()
    visitor.lang = "en"
    expect(visitor.page).to_have_url(visitor.origin + "/en/result")
    visitor.look()


@SCRIPT
def test_deleting_the_answers_leads_to_a_start_without_them(
    new_visitor: VisitorMaker, javascript: bool
):
    visitor = new_visitor(javascript=javascript)
    visitor.answer_behind_the_scenes(WAITING)
    visitor.go("privacy")
    visitor.go("result")
    visitor.page.locator("form[action='/en/forget'] button").click()
    expect(visitor.page).to_have_url(visitor.origin + "/en/")
    assert "answers" not in {cookie["name"] for cookie in visitor.context.cookies()}
    visitor.page.go_back()
    # With a script the start page took the place of the result.
    back = visitor.place("privacy" if javascript else "check/asylum_decision")
    expect(visitor.page).to_have_url(visitor.origin + back)
    expect(visitor.page.locator("input:checked")).to_have_count(0)


@pytest.mark.parametrize("value", ["yes", "no"])
def test_saying_whether_it_helped_thanks_and_leads_back(visitor: Visitor, value: str):
    visitor.answer_behind_the_scenes(STAY)
    visitor.go("result")
    visitor.page.locator(f"button[name=helpful][value={value}]").click()
    expect(visitor.page).to_have_url(visitor.origin + "/en/thanks")
    visitor.look()
    visitor.follow("result")

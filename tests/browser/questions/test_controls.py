"""What the small script adds, and that nothing depends on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.support.journeys import DECIDED, FORCED, STAY
from wizard.i18n.languages import languages

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
    visitor.go("result")


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


def test_the_print_button_prints(visitor: Visitor):
    visitor.answer_behind_the_scenes(FORCED)
    visitor.context.add_init_script("window.print = () => { window.printed = true }")
    visitor.go("result")
    visitor.open_all_details()
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
    for hidden in ("header", "footer", "form.leave button", "main button[name=helpful] >> nth=0"):
        expect(visitor.page.locator(hidden)).to_be_hidden()
    expect_printed(visitor, "#org-iom", "main .steps", "#answers .given", "#reasons")
    # The rules with their sources are on a page of their own.
    visitor.page.goto(visitor.place("result/why"))
    expect(visitor.page.locator("header")).to_be_hidden()
    expect_printed(visitor, "main a[href^=http]", "#would-change h3")


def expect_printed(visitor: Visitor, *selectors: str) -> None:
    """Each of these is there, and all of it can be seen, also where it was folded."""
    for selector in selectors:
        expect(visitor.page.locator(selector)).not_to_have_count(0)
        expect(visitor.page.locator(selector).filter(visible=False)).to_have_count(0)


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

"""Helper mode in a real browser: all questions on one page, keys, two answers side by side."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Request, expect

from tests.browser.conftest import VisitorMaker
from tests.browser.everybody.test_every_page import violations
from tests.browser.questions.test_keyboard import tab_to
from tests.browser.states import helper_states
from tests.browser.visitor import Visitor, choose_country
from tests.support.journeys import DECIDED, FORCED, STAY, Answer, Route, as_list
from tests.support.vocabulary import ASKED_WHEN, OPTIONS

FORM = "/en/form"
RESULT = "/en/result"
IS_FOCUSED = "(element) => element === document.activeElement"


@pytest.fixture
def new_helper(new_visitor: VisitorMaker) -> VisitorMaker:
    """Makes social workers in helper mode."""

    def make(lang: str = "en", **options: Any) -> Visitor:
        visitor = new_visitor(lang, **options)
        visitor.help_a_client()
        return visitor

    return make


@pytest.fixture
def helper(new_helper: VisitorMaker) -> Visitor:
    """A social worker with English, scripts and a wide window."""
    return new_helper()


def group(visitor: Visitor, question: str) -> Locator:
    return visitor.page.locator(f"[data-question={question}]")


def answer(visitor: Visitor, question: str, given: Answer) -> None:
    """Answer one question of the page with all of them."""
    controls = group(visitor, question)
    if controls.locator("select").count():
        choose_country(controls, as_list(given)[0])
        return
    for option in as_list(given):
        name = controls.locator(f"input[value='{option}']").get_attribute("id")
        controls.locator(f"label[for='{name}']").click()


def shown(visitor: Visitor) -> list[str]:
    return [name for name in ASKED_WHEN if group(visitor, name).is_visible()]


def folded(visitor: Visitor, question: str, given: Answer) -> None:
    """Answer, and wait until the page has heard what is asked now."""
    with visitor.page.expect_response("**/form/asked"):
        answer(visitor, question, given)


# The whole way


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("route", [DECIDED, FORCED, STAY], ids=["decided", "forced", "stay"])
def test_from_the_start_to_the_comparison(
    new_visitor: VisitorMaker, route: Route, *, javascript: bool
):
    visitor = new_visitor(javascript=javascript)
    visitor.go("")
    visitor.page.locator("button[name=helping]").click()
    visitor.follow("form")
    for question, given in route.items():
        answer(visitor, question, given)
    visitor.look()
    visitor.send()
    assert visitor.path == RESULT
    visitor.look()
    visitor.follow("compare")
    visitor.follow("result")


@pytest.mark.parametrize("sign", ["mouse", "key", "scroll"])
def test_the_list_of_countries_and_the_keys_come_at_the_first_sign_of_life(
    helper: Visitor, sign: str
):
    before_country = list(DECIDED)[: list(DECIDED).index("country") + 1]
    helper.answer_behind_the_scenes({name: DECIDED[name] for name in before_country})
    asked: list[str] = []
    helper.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    helper.page.goto(FORM, wait_until="networkidle")
    countries = group(helper, "country").locator("option")
    opener = helper.page.locator("[data-keys]")
    assert not {"/en/form/countries/country", "/static/keys.js"} & set(asked)
    assert countries.evaluate_all("(all) => all.map(({ value }) => value)") == [
        *("", "stateless", "unknown", "SO")
    ]
    expect(opener).to_be_hidden()
    if sign == "mouse":
        helper.page.mouse.move(9, 9)
    elif sign == "key":
        helper.page.keyboard.press("Tab")
    else:
        helper.page.mouse.wheel(0, 50)
    expect(opener).to_be_visible()
    expect(countries.nth(200)).to_be_attached()
    expect(group(helper, "country").locator("select")).to_have_value("SO")
    assert asked.count("/en/form/countries/country") == asked.count("/static/keys.js") == 1


def test_a_list_that_does_not_come_is_asked_for_again_and_the_form_works(helper: Visitor):
    helper.page.route("**/form/countries/*", lambda route: route.fulfill(status=503))
    helper.allow(503)
    helper.page.goto(FORM)
    with helper.page.expect_response("**/form/countries/*"):
        helper.page.mouse.move(9, 9)
    folded(helper, "country", "stateless")
    helper.look()
    helper.page.unroute("**/form/countries/*")
    helper.page.get_by_role("combobox").focus()
    expect(group(helper, "country").locator("option[value=SO]")).to_be_attached()
    expect(group(helper, "country").locator("select")).to_have_value("stateless")
    helper.page.keyboard.type("somal", delay=30)
    expect(group(helper, "country").get_by_role("option")).to_have_text(["Somalia"])


def test_questions_fold_away_as_answers_come(helper: Visitor):
    helper.go("form")
    assert shown(helper) == list(ASKED_WHEN)
    folded(helper, "asylum_decision", "permit")
    expect(group(helper, "new_facts")).to_be_hidden()
    folded(helper, "return_choice", "stay")
    expect(group(helper, "help_wanted")).to_be_hidden()
    expect(helper.page.locator("#left")).to_have_text("At most 4 questions left")
    folded(helper, "return_choice", "decided")
    expect(group(helper, "help_wanted")).to_be_visible()


def test_what_folded_away_comes_back_as_it_was(helper: Visitor):
    helper.go("form")
    folded(helper, "asylum_decision", "permit")
    folded(helper, "help_wanted", ["training"])
    folded(helper, "return_choice", "stay")
    expect(group(helper, "help_wanted")).to_be_hidden()
    folded(helper, "return_choice", "thinking")
    expect(group(helper, "help_wanted").locator("input[value=training]")).to_be_checked()
    helper.page.goto(FORM)
    expect(group(helper, "help_wanted").locator("input[value=training]")).to_be_checked()


def test_without_scripts_they_fold_away_after_sending(new_helper: VisitorMaker):
    visitor = new_helper(javascript=False)
    visitor.go("form")
    answer(visitor, "asylum_decision", "permit")
    answer(visitor, "return_choice", "stay")
    visitor.send()
    assert visitor.page.url.endswith("/form/whole#open")
    assert shown(visitor) == [
        *("asylum_decision", "return_choice"),
        *("country", "household", "circumstances", "residence"),
    ]
    visitor.look()


def test_none_of_these_unticks_its_own_question_only(helper: Visitor):
    helper.go("form")
    answer(helper, "help_wanted", ["travel", "goods"])
    answer(helper, "circumstances", ["health"])
    answer(helper, "circumstances", ["none"])
    expect(group(helper, "circumstances").locator("input:checked")).to_have_count(1)
    expect(group(helper, "help_wanted").locator("input:checked")).to_have_count(2)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_back_loses_nothing(new_helper: VisitorMaker, *, javascript: bool):
    visitor = new_helper(javascript=javascript)
    visitor.go("form")
    for question, given in STAY.items():
        answer(visitor, question, given)
    visitor.send()
    assert visitor.path == RESULT
    visitor.page.go_back()
    for question, given in STAY.items():
        chosen = group(visitor, question).locator("input:checked, option:checked")
        expect(chosen).to_have_attribute("value", as_list(given)[0])


def test_a_half_filled_form_is_kept_when_one_goes_elsewhere(helper: Visitor):
    helper.go("form")
    folded(helper, "household", "no_children")
    helper.page.goto("/en/privacy")
    helper.page.goto(FORM)
    expect(group(helper, "household").locator("input[value=no_children]")).to_be_checked()


def test_answers_given_fast_are_all_kept(helper: Visitor):
    """The page asks in the background one after the other, so no older cookie comes last."""
    helper.go("form")
    for question, given in DECIDED.items():
        answer(helper, question, given)
    helper.page.wait_for_load_state("networkidle")
    helper.page.goto(RESULT)
    assert helper.path == RESULT


def test_the_background_sends_answers_in_the_body_only(helper: Visitor):
    sent: list[Request] = []
    helper.page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - no builtin
    helper.go("form")
    folded(helper, "household", "no_children")
    (request,) = [each for each in sent if each.method == "POST"]
    assert request.url == f"{helper.origin}/en/form/asked"
    sent_answers = parse_qs(request.post_data or "")
    # Dashes, so that the length on the line tells nothing.
    assert set(*sent_answers.pop("pad")) == {"-"}
    assert sent_answers == {"household-answer": ["no_children"], "complete": ["yes"]}
    stored = helper.page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")
    assert json.loads(stored) == {}


def leave_waiting(_route: object) -> None:
    """Answer a request never."""


def test_sending_any_form_stops_what_the_page_still_asks(helper: Visitor):
    """Else an older cookie could come after one that wipes.

    Chromium also stops it when it goes to another page; so here nothing but the event happens.
    """
    helper.go("form")
    helper.page.route("**/form/asked", leave_waiting)
    answer(helper, "household", "no_children")
    with helper.page.expect_event("requestfailed") as stopped:
        helper.page.evaluate("document.body.dispatchEvent(new Event('submit', { bubbles: true }))")
    assert stopped.value.url.endswith("/form/asked")


# Keys


def press_for(visitor: Visitor, question: str, given: Answer) -> None:
    """Answer the question that has the focus with keys, and go on."""
    focused = group(visitor, question).locator(":focus")
    expect(focused).to_have_count(1)
    if question == "country":
        name = group(visitor, question).locator(f"option[value={given}]").inner_text()
        visitor.page.keyboard.type(name)
        visitor.page.keyboard.press("Enter")
    for option in as_list(given) if question != "country" else ():
        visitor.page.keyboard.press(str(OPTIONS[question].index(option) + 1))
    visitor.page.keyboard.press("Enter")


@pytest.mark.parametrize("route", [DECIDED, FORCED], ids=["decided", "forced"])
def test_the_whole_form_by_keys(helper: Visitor, route: Route):
    helper.go("form")
    tab_to(helper, "#asylum_decision-answer-1")
    for question, given in route.items():
        with helper.page.expect_response("**/form/asked"):
            last = question == list(route)[-1]
            if last:
                helper.page.keyboard.press(str(OPTIONS[question].index(as_list(given)[0]) + 1))
                for option in as_list(given)[1:]:
                    helper.page.keyboard.press(str(OPTIONS[question].index(option) + 1))
            else:
                _answer_then_go_on(helper, question, given)
    helper.page.keyboard.press("Enter")
    assert helper.page.locator("main form .button").evaluate(IS_FOCUSED)
    with helper.page.expect_navigation():
        helper.page.keyboard.press("Enter")
    assert helper.path == RESULT


def _answer_then_go_on(visitor: Visitor, question: str, given: Answer) -> None:
    """Wait for the page between: what is asked next hangs on the answer."""
    with visitor.page.expect_response("**/form/asked"):
        if question == "country":
            name = visitor.page.locator(f"main option[value={given}]").inner_text()
            visitor.page.keyboard.type(name)
            visitor.page.keyboard.press("Enter")
        else:
            for option in as_list(given):
                visitor.page.keyboard.press(str(OPTIONS[question].index(option) + 1))
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.keyboard.press("Enter")


def test_on_the_page_of_a_question_digits_work_at_once(helper: Visitor):
    helper.go("check/asylum_decision")
    helper.page.keyboard.press(str(OPTIONS["asylum_decision"].index("rejected") + 1))
    expect(helper.page.locator("input[value=rejected]")).to_be_checked()
    with helper.page.expect_navigation():
        helper.page.keyboard.press("Enter")
    assert helper.path == "/en/check/appeal"
    helper.page.go_back()
    assert helper.page.locator("input[value=rejected]").evaluate(IS_FOCUSED)


def test_enter_sends_a_country(helper: Visitor):
    helper.answer_behind_the_scenes({"asylum_decision": "permit", "return_choice": "stay"})
    helper.go("check/country")
    helper.page.keyboard.type("Somalia")
    helper.page.keyboard.press("Enter")
    expect(helper.page.locator("select[name=answer]")).to_have_value("SO")
    with helper.page.expect_navigation():
        helper.page.keyboard.press("Enter")
    assert helper.path == "/en/check/household"


def test_a_digit_outside_a_question_does_nothing(helper: Visitor):
    helper.go("form")
    for selector in ("body", "[data-keys]", "main form .button", "input[role=combobox]"):
        helper.page.locator(selector).first.focus()
        helper.page.keyboard.press("1")
    assert helper.page.locator("input:checked").count() == 0


def test_a_digit_without_an_option_does_nothing(helper: Visitor):
    helper.go("form")
    helper.page.locator("#new_facts-answer-1").focus()
    helper.page.keyboard.press("9")
    helper.page.keyboard.press("Control+1")
    assert helper.page.locator("input:checked").count() == 0


def test_keys_that_were_switched_off_do_nothing_until_they_are_on_again(helper: Visitor):
    helper.go("form")
    helper.page.locator("[data-keys]").click()
    helper.page.locator("[data-switch]").click()
    helper.page.keyboard.press("Escape")
    for place in ("form", "check/asylum_decision"):
        helper.go(place)
        helper.page.locator("main .choice input").first.focus()
        helper.page.keyboard.press("2")
        helper.page.keyboard.press("?")
        assert helper.page.locator("input:checked").count() == 0
        expect(helper.page.locator("#keys")).to_be_hidden()
        expect(helper.page.locator(".choice kbd").first).to_be_hidden()
    helper.page.locator("[data-keys]").click()
    helper.page.locator("[data-switch]").click()
    helper.page.keyboard.press("Escape")
    helper.page.locator("main .choice input").first.focus()
    helper.page.keyboard.press("2")
    assert helper.page.locator("input:checked").count() == 1


def test_the_help_opens_with_a_key_and_gives_the_focus_back(helper: Visitor):
    helper.go("form")
    for place in ("#new_facts-answer-1", "[data-keys]"):
        helper.page.locator(place).focus()
        helper.page.keyboard.press("?")
        expect(helper.page.locator("#keys")).to_be_visible()
        helper.page.keyboard.press("Escape")
        expect(helper.page.locator("#keys")).to_be_hidden()
        assert helper.page.locator(place).evaluate(IS_FOCUSED)
    helper.page.keyboard.press("Enter")
    helper.page.locator("[data-close]").press("Enter")
    expect(helper.page.locator("#keys")).to_be_hidden()
    assert helper.page.locator("[data-keys]").evaluate(IS_FOCUSED)


def test_a_question_mark_that_is_typed_is_only_typed(helper: Visitor):
    helper.go("form")
    helper.page.locator("input[role=combobox]").press("?")
    expect(helper.page.locator("#keys")).to_be_hidden()
    expect(helper.page.locator("input[role=combobox]")).to_have_value("?")


def test_options_show_their_number_to_the_eye_only(helper: Visitor):
    helper.go("check/asylum_decision")
    labels = helper.page.locator(".choice label")
    numbers = [str(number + 1) for number in range(len(OPTIONS["asylum_decision"]))]
    assert [label.locator("kbd").inner_text() for label in labels.all()] == numbers
    expect(
        helper.page.get_by_role("radio", name="My client is waiting", exact=False)
    ).to_have_count(1)
    names = helper.page.locator("main fieldset").aria_snapshot()
    assert not any(line.rstrip().endswith('1"') for line in names.splitlines())


def test_without_helper_mode_a_digit_does_nothing(visitor: Visitor):
    visitor.go("check/asylum_decision")
    visitor.page.locator("#answer-1").focus()
    visitor.page.keyboard.press("2")
    assert visitor.page.locator("input:checked").count() == 0


# For everybody


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_everybody_can_use_helper_mode(new_helper: VisitorMaker, lang: str, width: int):
    visitor = new_helper(lang, width=width, bypass_csp=True)
    found: dict[str, list[str]] = {}
    for name in helper_states(visitor):
        visitor.look()
        found[name] = violations(visitor, dark=lang == "en" and width == 1280)
    assert {name: each for name, each in found.items() if each} == {}

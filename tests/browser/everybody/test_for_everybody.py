"""What axe does not see: names in their order, sizes, focus, colours that the reader forces."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from questions import Question, QuestionType
from rules import load_policy
from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.support.journeys import DECIDED, STAY, Route, as_list
from wizard.i18n.countries import country_names
from wizard.i18n.languages import languages
from wizard.i18n.texts import texts_of

FINGER = 44
"""CSS pixels: what a finger hits."""
QUESTIONNAIRE = load_policy().questionnaire
PARTS = ("What this means", "Do this now", "Who can help", "Possible help")
"""Of the result, in the order in which it is read."""
PLACES = ("", "check/asylum_decision", "check/country", "result", "words")

TOO_SMALL = """(smallest) => [...document.querySelectorAll(
    "button, summary, select, .choice label, .button, .back a, footer a, .links a, .tongues a," +
    ".contact a")]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().top > -1000)
  .filter((each) => each.getBoundingClientRect().height < smallest - 0.5)
  .map((each) => `${each.getBoundingClientRect().height} ${each.outerHTML.slice(0, 80)}`)"""

STOPS = """() => [...document.querySelectorAll("main a, main button, main summary, main input")]
  .filter((each) => each.checkVisibility())
  .map((each) => ({ order: each.tabIndex, top: each.getBoundingClientRect().top }))"""

LEVELS = """() => [...document.querySelectorAll("h1, h2, h3, h4")]
  .filter((each) => each.checkVisibility() && !each.closest("dialog"))
  .map((each) => Number(each.tagName[1]))"""


def said_in(lang: str) -> Callable[..., str]:
    """What a page says for an English text, in this language."""
    return texts_of(languages()[lang]).gettext


def name_of(lang: str, question: Question, answer: str) -> str:
    """What a screen reader says for an option."""
    for option in question.options:
        if option.id == answer:
            return said_in(lang)(option.text)
    return dict(country_names(question.country_codes, languages()[lang]))[answer]


def choose(visitor: Visitor, question: Question, answers: list[str]) -> None:
    """Choose by names alone, as somebody does who cannot see the page."""
    if question.type is QuestionType.COUNTRY:
        choose_country(visitor, question, answers[0])
        return
    say = said_in(visitor.lang)
    group = visitor.page.get_by_role("main").get_by_role("group", name=say(question.text))
    expect(group).to_have_accessible_description(say(question.help))
    role = "checkbox" if question.type is QuestionType.SEVERAL else "radio"
    expect(group.get_by_role(role)).to_have_count(len(question.options))
    for option in question.options:
        control = group.get_by_role(role, name=say(option.text), exact=True)
        hint = say(option.hint) if option.hint else ""
        expect(control).to_have_accessible_description(hint)
    for answer in answers:
        group.get_by_role(role, name=name_of(visitor.lang, question, answer), exact=True).check()


def choose_country(visitor: Visitor, question: Question, answer: str) -> None:
    """Choose in the field for a country, or press the button for what is none."""
    say, main = said_in(visitor.lang), visitor.page.get_by_role("main")
    name = name_of(visitor.lang, question, answer)
    box = main.get_by_role("combobox", name=say(question.text))
    expect(box).to_have_accessible_description(say(question.help))
    if answer in {option.id for option in question.options}:
        # What is no country stands beside the field, as a button.
        main.get_by_role("button", name=name, exact=True).click()
        expect(main.locator("select")).to_have_value(answer)
        return
    box.fill(name)
    box.press("Enter")
    chosen = say("Chosen: %(answer)s", answer=f"\u2068{name}\u2069")
    expect(main.get_by_role("status")).to_have_text(chosen)


@pytest.mark.parametrize(
    ("lang", "route"),
    [
        pytest.param("en", DECIDED, id="en-decided"),
        pytest.param("en", STAY, id="en-stay"),
        pytest.param("nl", DECIDED, id="nl-decided"),
        pytest.param("ar", DECIDED, id="ar-decided"),
    ],
)
def test_a_whole_journey_by_the_names_that_a_screen_reader_reads(
    new_visitor: VisitorMaker, lang: str, route: Route
):
    visitor, say = new_visitor(lang), said_in(lang)
    page = visitor.page
    page.goto(visitor.place(""))
    page.get_by_role("link", name=say("Start the questions"), exact=True).click()
    for number, (question_id, answer) in enumerate(route.items(), start=1):
        question = QUESTIONNAIRE.by_id[question_id]
        title = f"{say('Question %(number)s', number=number)} – Terugkeerwijzer"
        # A title stays in the history, so it does not say what was asked: the heading does.
        expect(page).to_have_title(title)
        expect(page.get_by_role("heading", level=1)).to_have_text(say(question.text))
        if number == 1:
            send_nothing(visitor, question, title)
        choose(visitor, question, as_list(answer))
        page.get_by_role("button", name=say("Continue"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("What this means"))
    read_result(visitor)
    page.get_by_text(say("Your answers, and why"), exact=True).click()
    first = QUESTIONNAIRE.by_id[next(iter(route))]
    expect(page.get_by_role("link", name=say(first.text))).to_be_visible()


def send_nothing(visitor: Visitor, question: Question, title: str) -> None:
    """Go on without an answer: what is wrong is said by itself, and leads to the first control."""
    say, page = said_in(visitor.lang), visitor.page
    visitor.allow(422)
    page.get_by_role("button", name=say("Continue"), exact=True).click()
    expect(page).to_have_title(f"{say('Error')}: {title}")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert.get_by_role("heading")).to_have_text(say("There is a problem"))
    alert.get_by_role("link").click()
    first = name_of(visitor.lang, question, question.options[0].id)
    expect(page.get_by_role("radio", name=first, exact=True)).to_be_focused()
    # What is wrong is also what the group says of itself; the next page says it no more.
    group = page.get_by_role("group", name=say(question.text))
    expect(group).to_have_accessible_description(re.compile(re.escape(say(question.help)) + " ."))
    page.goto(visitor.place(f"check/{question.id}"))


def read_result(visitor: Visitor) -> None:
    """The parts of the result, as the list of its regions and that of its headings give them."""
    say, main = said_in(visitor.lang), visitor.page.get_by_role("main")
    titles = [say(title) for title in PARTS]
    for title in titles:
        expect(main.get_by_role("region", name=title, exact=True)).to_have_count(1)
    headings = main.get_by_role("heading").all_inner_texts()
    assert [each for each in headings if each in titles] == titles
    # Drawings are silent: no picture, no name of a file.
    assert "- img" not in main.aria_snapshot()


def before(question_id: str) -> Route:
    """The answers that come before a question."""
    names = list(DECIDED)
    return {name: DECIDED[name] for name in names[: names.index(question_id)]}


@pytest.fixture
def answered(new_visitor: VisitorMaker) -> Visitor:
    """Somebody on a phone who has answered everything."""
    visitor = new_visitor("nl", width=320)
    visitor.answer_behind_the_scenes(DECIDED)
    return visitor


@pytest.mark.parametrize("place", PLACES)
def test_everything_to_press_is_as_large_as_a_finger(answered: Visitor, place: str):
    answered.go(place)
    assert answered.page.evaluate(TOO_SMALL, FINGER) == []


@pytest.mark.parametrize("place", PLACES)
def test_the_focus_goes_down_the_page_in_the_order_of_reading(answered: Visitor, place: str):
    answered.go(place)
    stops = answered.page.evaluate(STOPS)
    assert all(stop["order"] <= 0 for stop in stops)
    tops = [stop["top"] for stop in stops if stop["order"] == 0]
    # Two stops on one line may stand a little higher or lower than each other.
    assert all(below - above > -FINGER for above, below in pairwise(tops)), tops


@pytest.mark.parametrize("place", PLACES)
def test_no_level_of_headings_is_skipped(answered: Visitor, place: str):
    answered.go(place)
    levels = answered.page.evaluate(LEVELS)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_messages_are_said_by_themselves(new_visitor: VisitorMaker):
    visitor = new_visitor()
    visitor.page.goto(visitor.place("check/asylum_decision"))
    visitor.allow(422)
    visitor.send()
    alert = visitor.page.get_by_role("alert")
    expect(alert).to_contain_text("There is a problem")
    expect(visitor.page).to_have_title("Error: Question 1 – Terugkeerwijzer")
    lost = [
        {"name": name, "value": "lost", "url": visitor.origin} for name in ("answers", "opener")
    ]
    visitor.context.add_cookies(lost)
    visitor.page.goto(visitor.place(""))
    expect(visitor.page.get_by_role("status")).to_contain_text("no longer here")


def test_forced_colours_still_show_what_is_chosen_and_where_one_is(answered: Visitor):
    answered.page.emulate_media(forced_colors="active")
    answered.context.clear_cookies()
    answered.answer_behind_the_scenes(before("residence"))
    answered.go("check/residence")
    style = "(each) => getComputedStyle(each).outlineStyle"
    answered.choose(DECIDED["residence"])
    chosen = answered.page.locator("input:checked + label")
    other = answered.page.locator("input:not(:checked) + label").first
    assert chosen.evaluate(style) != other.evaluate(style)
    width = "(each) => getComputedStyle(each, '::after').borderTopWidth"
    stops = {
        kind: answered.page.locator(f".route {kind}").first.evaluate(width)
        for kind in (".done", ".here", "i:last-child")
    }
    assert len(set(stops.values())) == len(stops), stops


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("place", PLACES)
def test_at_four_times_the_size_nothing_runs_out_of_the_window(
    new_visitor: VisitorMaker, lang: str, place: str
):
    """1280 pixels at 400 % are 320: one column, and no scrolling sideways."""
    visitor = new_visitor(lang, width=320, height=256, device_scale_factor=4)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go(place)
    visitor.open_all_details()
    visitor.look()


def test_an_answer_that_is_changed_stands_in_its_place_on_the_way(answered: Visitor):
    answered.go("check/country")
    stops = answered.page.locator(".route i").evaluate_all("(all) => all.map((i) => i.className)")
    place = list(DECIDED).index("country")
    assert stops[place] == "here"
    assert set(stops[:place] + stops[place + 1 :]) == {"done"}


@pytest.mark.parametrize(("lang", "first"), [("ar", "right"), ("nl", "left")])
def test_the_way_so_far_begins_where_reading_begins(
    new_visitor: VisitorMaker, lang: str, first: str
):
    visitor = new_visitor(lang)
    visitor.answer_behind_the_scenes(before("residence"))
    visitor.go("check/residence")
    box = "(each) => each.getBoundingClientRect().x"
    done = visitor.page.locator(".route .done").first.evaluate(box)
    last = visitor.page.locator(".route i").last.evaluate(box)
    assert (done > last) == (first == "right")

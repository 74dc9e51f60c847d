"""The result and the door on a phone: what one looks for stands where one looks first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import APART, Visitor
from tests.support.answers.situations import SITUATIONS
from tests.support.servers import running
from wizard.i18n.languages import languages

WIDTH, SCREEN = 360, 740
MOST_WORDS = 300
MOST_SCREENS = 4
STEPS = 3
MARKS = re.compile(r"(?<=[.!?؟።])\s+")
SHORTEST_SENTENCE = 4
"""Words: two headings or names of buttons may be the same."""

OPEN = """() => {
  const main = document.querySelector("main");
  const isOpen = (each) => each.checkVisibility({ checkVisibilityCSS: true })
    && !each.closest(".hidden");
  const texts = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (isOpen(parentElement) && textContent.trim()) texts.push(textContent);
  }
  const bottom = (each) => Math.ceil(each.getBoundingClientRect().bottom + scrollY);
  const steps = [...main.querySelectorAll(".steps > li")].filter(isOpen);
  const first = steps[0];
  return {
    texts,
    contacts: [...main.querySelectorAll("a[href^='tel:'], a[href^='mailto:'], a[href^='http']")]
      .filter(isOpen).map((each) => each.getAttribute("href")),
    firstReach: bottom(first.querySelector(".reach .button") ?? first.querySelector(".who")),
    steps: steps.map(bottom),
    end: bottom(main),
    sideways: document.documentElement.scrollWidth - innerWidth,
  };
}"""
"""What stands open in the content of the page, asked in the page itself."""


@pytest.mark.parametrize("lang", ["en", "nl", "ar"])
@pytest.mark.parametrize("name", SITUATIONS)
def test_the_result_is_an_answer(new_visitor: VisitorMaker, lang: str, name: str):
    visitor = new_visitor(lang, width=WIDTH, height=SCREEN)
    visitor.answer_behind_the_scenes(SITUATIONS[name])
    visitor.go("result")
    shown = visitor.page.evaluate(OPEN)
    assert list(problems(shown)) == []


def problems(shown: dict[str, Any]) -> Iterator[str]:
    """What a result should be and is not."""
    words = [word for text in shown["texts"] for word in re.split(r"[ \n\t]+", text)]
    count = sum(any(map(str.isalnum, word)) for word in words)
    if shown["firstReach"] > SCREEN:
        yield f"the way to reach somebody ends at {shown['firstReach']}"
    if not shown["steps"] or len(shown["steps"]) > STEPS:
        yield f"{len(shown['steps'])} steps stand open"
    if shown["steps"][-1] > 2 * SCREEN:
        yield f"the steps end at {shown['steps'][-1]}"
    if count > MOST_WORDS:
        yield f"{count} words stand open"
    if shown["end"] > MOST_SCREENS * SCREEN:
        yield f"the page ends at {shown['end']}"
    if shown["sideways"] > 0:
        yield "the page scrolls sideways"
    yield from (f"stands twice: {each}" for each in said_twice(shown))


def said_twice(shown: dict[str, Any]) -> Iterator[str]:
    """Sentences and contacts that stand open more than once."""
    sentences = [
        part.strip() for text in shown["texts"] for part in MARKS.split(" ".join(text.split()))
    ]
    long = [each for each in sentences if len(each.split()) >= SHORTEST_SENTENCE]
    for said, times in Counter([*long, *shown["contacts"]]).items():
        if times > 1:
            yield said


def test_the_answers_are_folded_in_the_result_each_to_be_changed(new_visitor: VisitorMaker):
    visitor = new_visitor(width=WIDTH, height=SCREEN)
    answers = SITUATIONS["unknown_letter"]
    visitor.answer_behind_the_scenes(answers)
    visitor.go("result")
    change = visitor.page.locator("#answers .change a")
    expect(change.first).to_be_hidden()
    visitor.page.locator("#answers > summary").click()
    expect(change).to_have_count(len(answers))
    change.last.click()
    visitor.send()
    expect(visitor.page).to_have_url(f"{visitor.origin}/en/result")


def test_no_link_in_a_result_leads_to_the_page_of_the_country(new_visitor: VisitorMaker):
    visitor = new_visitor()
    visitor.answer_behind_the_scenes(SITUATIONS["morocco_never_applied"])
    visitor.go("result")
    visitor.open_all_details()
    expect(visitor.page.locator("#country")).to_have_text("Morocco")
    assert not visitor.page.locator("main a[href*='/countries/']").count()


def test_two_languages_stand_part_beside_part(new_visitor: VisitorMaker):
    visitor = new_visitor("en", width=1366)
    visitor.context.add_cookies([{"name": "second", "value": "nl", "url": visitor.origin}])
    visitor.answer_behind_the_scenes(SITUATIONS["syria_family_appeal"])
    visitor.go("result")
    for part in ("meaning", "now", "who", "what", "country", "bring"):
        tops = [
            visitor.page.locator(f"#{prefix}{part}").bounding_box() for prefix in ("", "second-")
        ]
        assert tops[0] and tops[1]
        assert abs(tops[0]["y"] - tops[1]["y"]) <= 1, part


@pytest.mark.parametrize("lang", languages())
def test_the_door_has_everything_on_its_first_screen(new_visitor: VisitorMaker, lang: str):
    visitor = new_visitor(lang, width=WIDTH, height=SCREEN)
    visitor.go("")
    main = visitor.page.get_by_role("main")
    for part in ("strong", ".operator", f"a[href='/{lang}/check']"):
        expect(main.locator(part).first).to_be_in_viewport(ratio=1)
    others = main.locator(".tongues a")
    expect(others).to_have_text([each.name for each in languages().values() if each.tag != lang])
    for number in range(others.count()):
        expect(others.nth(number)).to_be_in_viewport(ratio=1)
    promises = main.locator(".promises").bounding_box()
    start = main.locator(f"a[href='/{lang}/check']").bounding_box()
    assert promises and start
    assert promises["y"] > start["y"]


@pytest.mark.parametrize("lang", languages())
def test_the_header_takes_one_row_and_leaving_is_no_bar(new_visitor: VisitorMaker, lang: str):
    visitor = new_visitor(lang, width=WIDTH, height=SCREEN)
    visitor.go("privacy")
    header = visitor.page.locator("header").bounding_box()
    leave = visitor.page.locator(".leave button").bounding_box()
    assert header and leave
    assert header["height"] <= SCREEN / 10
    assert leave["width"] < WIDTH / 2
    assert leave["y"] + leave["height"] <= header["y"] + header["height"]


@pytest.mark.parametrize("lang", languages())
def test_nothing_of_the_header_touches_leaving(new_visitor: VisitorMaker, lang: str):
    visitor = new_visitor(lang)
    visitor.go("privacy")
    for width in (320, WIDTH, 1440):
        visitor.page.set_viewport_size({"width": width, "height": SCREEN})
        leave = visitor.page.locator(".leave button").bounding_box()
        assert leave
        for part in ("header .brand", "header summary"):
            box = visitor.page.locator(part).first.bounding_box()
            assert box
            right, left = leave["x"] + leave["width"], box["x"] + box["width"]
            beside = box["x"] >= right + APART or left + APART <= leave["x"]
            assert beside or box["y"] >= leave["y"] + leave["height"], (width, part)


@pytest.mark.parametrize("lang", ["ar", "fa", "ps"])
def test_arabic_letters_are_a_tenth_larger(new_visitor: VisitorMaker, lang: str):
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    sizes = []
    for each in ("en", lang):
        visitor = new_visitor(each, width=WIDTH, height=SCREEN)
        visitor.go("privacy")
        sizes.append(visitor.page.evaluate(size))
    latin, other = sizes
    assert 1.09 * latin <= other <= 1.15 * latin


def test_a_rule_is_found_by_a_word_and_nothing_is_sent(new_visitor: VisitorMaker):
    visitor = new_visitor(width=WIDTH, height=SCREEN)
    visitor.go("rules/help")
    rules = visitor.page.locator(".rules > li")
    whole = rules.count()
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(request.url))
    visitor.page.get_by_role("searchbox").fill("iom")
    shown = visitor.page.locator(".rules > li:visible")
    expect(shown.first).to_contain_text(re.compile("iom", re.IGNORECASE))
    assert 0 < shown.count() < whole
    expect(visitor.page.get_by_role("status")).to_contain_text(str(shown.count()))
    assert sent == []


def test_the_end_of_the_result_leads_to_the_text_to_share_and_the_appointment(
    new_visitor: VisitorMaker,
):
    visitor = new_visitor(width=WIDTH, height=SCREEN)
    visitor.answer_behind_the_scenes(SITUATIONS["unknown_letter"])
    visitor.go("result")
    visitor.open_all_details()
    visitor.page.get_by_role("link", name="Save an appointment").click()
    expect(visitor.page.locator("#appointment")).to_be_in_viewport()


def test_a_draft_says_so_in_one_word_that_opens(new_visitor: VisitorMaker):
    visitor = new_visitor("nl", width=WIDTH, height=SCREEN)
    visitor.go("privacy")
    expect(visitor.page.locator("header summary small")).to_be_visible()
    draft = visitor.page.locator("header .draft")
    expect(draft).to_be_hidden()
    visitor.page.locator("header summary").click()
    expect(draft).to_be_visible()


def test_who_runs_it_stands_on_every_page(browser: Browser, tmp_path: Path):
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    settings = {
        "OPERATOR_NAME": "Stichting Voorbeeld",
        "OPERATOR_PHONE": "020 123 45 67",
        "OPERATOR_WEBSITE": "https://voorbeeld.example/",
        "OPERATOR_LOGO": str(logo),
    }
    with running(tmp_path, **settings) as server:
        visitor = Visitor(browser, server.origin)
        for place in ("", "privacy", "countries"):
            visitor.go(place)
            operator = visitor.page.locator(".operator")
            expect(operator).to_have_count(1)
            expect(operator).to_contain_text("Stichting Voorbeeld")
            expect(operator.locator("a[href='tel:0201234567']")).to_be_visible()
            assert operator.locator("img").evaluate("(image) => image.naturalWidth") == 9
        visitor.close()


def test_without_an_operator_the_page_says_whom_to_ask(new_visitor: VisitorMaker):
    visitor = new_visitor()
    visitor.go("privacy")
    expect(visitor.page.locator("footer .operator")).to_contain_text("Ask who sent you here.")

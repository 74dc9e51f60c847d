"""Reading a page aloud, with a browser whose voices are ours."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.journeys import DECIDED, STAY

VOICES = """
  const voices = %s;
  const queue = [];
  const log = (entry) => sessionStorage.setItem("spoken",
    JSON.stringify([...JSON.parse(sessionStorage.getItem("spoken") ?? "[]"), entry]));
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak: (words) => {
      queue.push(words);
      log({ text: words.text, lang: words.lang, voice: words.voice.lang });
    },
    cancel: () => {
      const stopped = queue.splice(0);
      log({ cancelled: stopped.length });
      synthesis.unreported += 1;
      setTimeout(() => {
        stopped.forEach((words) => words.onerror?.({ error: "canceled" }));
        synthesis.unreported -= 1;
      }, 20);
    },
    voicesNow: (tags) => {
      voices.splice(0, voices.length, ...tags.map((lang) => ({ lang, localService: true })));
      synthesis.onvoiceschanged?.();
      synthesis.dispatchEvent(new Event("voiceschanged"));
    },
    unreported: 0,
    finish: (event) => queue.splice(0).forEach((words) => words[event]?.({})),
  });
  Object.defineProperty(synthesis, "speaking", { get: () => queue.length > 0 });
  Object.defineProperty(synthesis, "pending", { get: () => queue.length > 1 });
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
"""A speech synthesis that writes down what it is told, and speaks when the test says so."""

COUNTRIES = 50
"""More options than any question but that of the country has."""


def hearing(
    new_visitor: VisitorMaker, *voices: str, lang: str = "en", local: bool = True, **options: Any
) -> Visitor:
    """A visitor whose browser has these voices."""
    visitor = new_visitor(lang, **options)
    made = [{"lang": voice, "localService": local} for voice in voices]
    visitor.context.add_init_script(VOICES % json.dumps(made))
    return visitor


def button(visitor: Visitor) -> Locator:
    return visitor.page.locator("[data-read-aloud]")


def log(visitor: Visitor) -> list[dict[str, Any]]:
    """Everything that the speech synthesis was told, over all pages of the window."""
    entries: list[dict[str, Any]] = visitor.page.evaluate(
        "JSON.parse(sessionStorage.getItem('spoken') ?? '[]')"
    )
    return entries


def wait_until(visitor: Visitor, is_true: str) -> None:
    """Wait until the expression is true: `wait_for_function` our content policy stops."""
    end = time.monotonic() + PATIENCE / 1000
    while not visitor.page.evaluate(is_true):
        assert time.monotonic() < end, is_true
        visitor.page.wait_for_timeout(50)


def spoken(visitor: Visitor) -> list[dict[str, Any]]:
    """What was read, once it is read: the script that reads is fetched first."""
    wait_until(visitor, "speechSynthesis.speaking")
    return [entry for entry in log(visitor) if "text" in entry]


def press(visitor: Visitor) -> list[dict[str, Any]]:
    """Press the button, and give what is read."""
    button(visitor).click()
    return spoken(visitor)


@pytest.mark.parametrize("voices", [(), ("nl-NL", "ar"), ("enm",)])
def test_without_a_voice_for_the_language_there_is_no_button(
    new_visitor: VisitorMaker, voices: tuple[str, ...]
) -> None:
    visitor = hearing(new_visitor, *voices)
    visitor.go("check/asylum_decision")
    expect(button(visitor)).to_be_hidden()
    assert visitor.page.get_by_role("button", name="Read aloud").count() == 0


@pytest.mark.parametrize("voice", ["en", "en-GB", "en_US", "EN-us"])
def test_with_a_voice_there_is_one(new_visitor: VisitorMaker, voice: str) -> None:
    visitor = hearing(new_visitor, "nl-NL", voice)
    visitor.go("")
    expect(visitor.page.get_by_role("button", name="Read aloud", exact=True)).to_be_visible()
    assert press(visitor)[0]["voice"] == voice


@pytest.mark.parametrize("voice", ["fa-IR", "fa", "prs-AF"])
def test_a_persian_voice_reads_dari_too(new_visitor: VisitorMaker, voice: str) -> None:
    visitor = hearing(new_visitor, "ps-AF", voice, lang="prs")
    visitor.go("")
    assert {entry["voice"] for entry in press(visitor) if entry["lang"] == "prs"} == {voice}


def test_a_voice_that_sends_what_it_reads_to_its_maker_is_not_used(
    new_visitor: VisitorMaker,
) -> None:
    visitor = hearing(new_visitor, "en-GB", local=False)
    visitor.go("check/asylum_decision")
    expect(button(visitor)).to_be_hidden()


def test_voices_that_come_late_bring_the_button_and_take_it_away(
    new_visitor: VisitorMaker,
) -> None:
    visitor = hearing(new_visitor)
    visitor.go("")
    visitor.page.evaluate("speechSynthesis.voicesNow(['nl-NL'])")
    expect(button(visitor)).to_be_hidden()
    visitor.page.evaluate("speechSynthesis.voicesNow(['nl-NL', 'en-GB'])")
    expect(button(visitor)).to_be_visible()
    visitor.page.evaluate("speechSynthesis.voicesNow([])")
    expect(button(visitor)).to_be_hidden()


def test_without_scripts_and_in_a_browser_that_cannot_speak_there_is_none(
    new_visitor: VisitorMaker,
) -> None:
    plain = new_visitor(javascript=False)
    plain.page.goto("/en/")
    expect(button(plain)).to_be_hidden()
    mute = new_visitor()
    mute.context.add_init_script("delete window.speechSynthesis")
    mute.go("")
    assert mute.page.evaluate("'speechSynthesis' in window") is False
    expect(button(mute)).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_it_works_by_keyboard_and_its_name_says_what_it_does_next(
    new_visitor: VisitorMaker, key: str
) -> None:
    visitor = hearing(new_visitor, "en")
    visitor.go("check/asylum_decision")
    for _ in range(20):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("'readAloud' in document.activeElement.dataset"):
            break
    visitor.page.keyboard.press(key)
    assert spoken(visitor)
    stop = visitor.page.get_by_role("button", name="Stop reading", exact=True)
    expect(stop).to_be_focused()
    visitor.page.keyboard.press(key)
    start = visitor.page.get_by_role("button", name="Read aloud", exact=True)
    expect(start).to_be_focused()
    assert log(visitor)[-1]["cancelled"] > 0
    # A name that changes says the state; "pressed" beside it would say the opposite.
    assert start.get_attribute("aria-pressed") is None


def test_what_is_seen_is_read_from_top_to_bottom_in_whole_parts(
    new_visitor: VisitorMaker,
) -> None:
    visitor = hearing(new_visitor, "en")
    visitor.go("check/asylum_decision")
    # What screen readers are told besides is there, and is not read.
    expect(visitor.page.locator("form p.hidden")).to_have_text(re.compile("."))
    texts = [entry["text"] for entry in press(visitor)]
    main = visitor.page.locator("main")
    seen = [
        *main.locator("legend h1, .help, .choice label, .choice small").all_inner_texts(),
        *main.locator("summary").all_inner_texts(),
    ]
    first = texts.index(seen[0])
    assert texts[first:] == seen
    assert all(word not in texts for word in ("Back", "Continue", "Read aloud", "Stop reading"))


def test_what_is_folded_is_read_only_when_it_is_open(new_visitor: VisitorMaker) -> None:
    visitor = hearing(new_visitor, "en")
    visitor.go("check/asylum_decision")
    why = visitor.page.locator("details.why")
    why.locator("summary").click()
    inside = why.locator("p").first.inner_text()
    assert inside in [entry["text"] for entry in press(visitor)]
    button(visitor).click()
    why.locator("summary").click()
    before = len(log(visitor))
    assert inside not in [entry["text"] for entry in press(visitor)[before - 1 :]]


def test_a_list_of_countries_is_not_read(new_visitor: VisitorMaker) -> None:
    visitor = hearing(new_visitor, "en")
    before = list(DECIDED.items())[: list(DECIDED).index("country")]
    visitor.answer_behind_the_scenes(dict(before))
    visitor.go("check/country")
    # Then the list lies open.
    visitor.page.get_by_role("combobox").press_sequentially("s")
    texts = [entry["text"] for entry in press(visitor)]
    assert visitor.page.locator("h1").inner_text() in texts
    assert 1 < len(texts) < COUNTRIES
    assert not any("Somalia" in text for text in texts)


def test_a_sentence_with_a_name_in_it_is_one_part(new_visitor: VisitorMaker) -> None:
    visitor = hearing(new_visitor, "en")
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go("result")
    for entry in press(visitor):
        assert len(entry["text"]) > 1
        assert entry["text"] == " ".join(entry["text"].split())
        assert entry["text"][0] not in ".,;:)"


def test_it_speaks_the_language_of_the_page(new_visitor: VisitorMaker) -> None:
    visitor = hearing(new_visitor, "en-US", "ar-SA", lang="ar")
    visitor.go("check/asylum_decision")
    read = press(visitor)
    # The draft notice also names the page in two languages that have another voice, or none.
    own = [entry for entry in read if entry["lang"] == "ar"]
    assert len(own) > 5
    assert {entry["voice"] for entry in own} == {"ar-SA"}
    assert {(e["lang"], e["voice"]) for e in read} <= {("ar", "ar-SA"), ("en", "en-US")}


@pytest.mark.parametrize("has_voice", [True, False])
def test_of_two_languages_each_has_its_own_voice_or_is_left_out(
    new_visitor: VisitorMaker, has_voice: bool
) -> None:
    voices = ("nl-NL", "ti-ER") if has_voice else ("nl-NL",)
    visitor = hearing(new_visitor, *voices, lang="nl")
    visitor.context.add_cookies([{"name": "second", "value": "ti", "url": visitor.origin}])
    visitor.go("check/asylum_decision")
    read = press(visitor)
    pairs = {(entry["lang"], entry["voice"]) for entry in read}
    assert pairs == {("nl", "nl-NL"), *({("ti", "ti-ER")} if has_voice else set())}
    other = visitor.page.locator("legend .second").inner_text()
    texts = [entry["text"] for entry in read]
    assert (other in texts) == has_voice
    first = visitor.page.locator("legend h1").evaluate("(h1) => h1.firstChild.data.trim()")
    assert first in texts
    if has_voice:
        assert texts.index(other) == texts.index(first) + 1


@pytest.mark.parametrize("event", ["onend", "onerror"])
def test_at_the_end_the_button_offers_to_read_again(new_visitor: VisitorMaker, event: str) -> None:
    visitor = hearing(new_visitor, "en")
    visitor.go("")
    press(visitor)
    expect(button(visitor)).to_have_text("Stop reading")
    visitor.page.evaluate(f"speechSynthesis.finish('{event}')")
    expect(button(visitor)).to_have_text("Read aloud")


def test_what_was_stopped_does_not_end_what_is_read_now(new_visitor: VisitorMaker) -> None:
    visitor = hearing(new_visitor, "en")
    visitor.go("")
    press(visitor)
    # Before what was stopped has reported that it was.
    button(visitor).evaluate("(button) => { button.click(); button.click(); }")
    wait_until(visitor, "speechSynthesis.unreported === 0")
    assert visitor.page.evaluate("speechSynthesis.speaking")
    expect(button(visitor)).to_have_text("Stop reading")


@pytest.mark.parametrize("how", ["next question", "leave quickly", "reload"])
def test_leaving_the_page_stops_it(new_visitor: VisitorMaker, how: str) -> None:
    visitor = hearing(new_visitor, "en")
    visitor.go("check/asylum_decision")
    count = len(press(visitor))
    if how == "next question":
        visitor.choose(STAY["asylum_decision"])
        visitor.send()
    elif how == "reload":
        visitor.page.reload()
    else:
        harmless = visitor.page.locator(".leave").get_attribute("data-to")
        assert harmless
        visitor.expected_elsewhere.add(harmless)
        visitor.context.route(
            f"{harmless}**", lambda request: request.fulfill(body="", content_type="text/html")
        )
        with visitor.page.expect_navigation(url=f"{harmless}**"):
            visitor.page.locator(".leave button").click()
        # Leaving wipes what the window wrote down, in any order: nothing goes on is what counts.
        assert visitor.page.evaluate("speechSynthesis.speaking") is False
        return
    assert {"cancelled": count} in log(visitor)
    expect(button(visitor)).to_have_text("Read aloud")


def test_a_page_on_which_nothing_is_read_cancels_nothing(new_visitor: VisitorMaker) -> None:
    """Another window of the browser may be reading."""
    visitor = hearing(new_visitor, "en")
    visitor.go("")
    visitor.page.goto("/en/privacy")
    assert log(visitor) == []

"""Every page and every state of a page that somebody can get to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playwright.sync_api import expect

from tests.browser.visitor import Visitor, choose_country
from tests.support.journeys import DECIDED, ROUTES, THINKING, Route, as_list

OPERATOR = {"OPERATOR_NAME": "House", "OPERATOR_PHONE": "088 123 45 67"}
"""Settings of somebody who runs it, for a server of `every_broken_state`."""

ERRORS = ("asylum_decision", "country", "circumstances")
"""One question of each kind: their error states differ."""

ALONE = (
    *("", "case", "rules", "flow", "privacy", "traces", "thanks", "new-client", "embed", "words"),
    *("accessibility", "asked", "countries", "places", "wrong-number"),
    *("rules/facts", "rules/help"),
)
"""Pages that need no answers."""


def every_state(visitor: Visitor) -> Iterator[str]:
    """Bring the visitor to each in turn, and give its name."""
    for status in (404, 422):
        visitor.allow(status)
    for place in ALONE:
        visitor.page.goto(visitor.place(place))
        # What the questions without a network wait for.
        expect(visitor.page.locator("main progress")).to_have_count(0)
        yield place.replace("/", "-") or "start"
    yield from _countries(visitor)
    yield from _questions(visitor)
    yield from _results(visitor)
    yield from _codes(visitor)
    yield from _odd_ones(visitor)
    yield from _offline(visitor)
    visitor.help_a_client()
    for name in helper_states(visitor):
        yield f"helping-{name}"


def every_broken_state(visitor: Visitor) -> Iterator[str]:
    """The pages for errors of ours, waiting, and who runs it, on a server that has them."""
    for place, status in {"privacy": 500, "rules": 429}.items():
        visitor.allow(status)
        visitor.page.goto(visitor.place(place))
        yield f"error-{status}"
    visitor.page.goto(visitor.place("paper/pdf"))
    yield "paper-waiting"
    visitor.page.goto(visitor.place(""))
    expect(visitor.page.locator("main a[href^='tel:']")).to_be_visible()
    yield "start-operator"


def _countries(visitor: Visitor) -> Iterator[str]:
    """What is known about a country: facts of every kind, a stop, nothing."""
    for code in ("ET", "IR", "TD"):
        visitor.page.goto(visitor.place(f"countries/{code}"))
        yield f"country-{code}"


def _questions(visitor: Visitor) -> Iterator[str]:
    visitor.context.clear_cookies()
    for question_id, answer in DECIDED.items():
        visitor.page.goto(visitor.place(f"check/{question_id}"))
        yield f"question-{question_id}"
        if question_id in ERRORS:
            visitor.send()
            yield f"question-{question_id}-error"
        visitor.answer_behind_the_scenes({question_id: answer})


def _results(visitor: Visitor) -> Iterator[str]:
    for name, route in ROUTES.items():
        visitor.context.clear_cookies()
        visitor.answer_behind_the_scenes(route)
        visitor.page.goto(visitor.place("result"))
        yield f"result-{name}"
        visitor.open_all_details()
        yield f"result-{name}-open"
        visitor.page.goto(visitor.place("result/why"))
        yield f"reasons-{name}"
    visitor.page.goto(visitor.place("paper"))
    yield "paper"


def _codes(visitor: Visitor) -> Iterator[str]:
    """A case as a code, and a code that is wrong."""
    visitor.page.goto(visitor.place("case/code"))
    yield "case-code"
    visitor.send()
    yield "case-code-shown"
    visitor.page.goto(visitor.place("case"))
    visitor.send()
    yield "case-error"


def _odd_ones(visitor: Visitor) -> Iterator[str]:
    visitor.page.goto(visitor.place("thanks"))
    yield "thanks-with-answers"
    visitor.page.goto(visitor.place("nonsense"))
    yield "error-404"
    visitor.allow(413)
    visitor.page.goto(visitor.place("sorry/413"))
    yield "error-413"
    visitor.context.add_cookies([{"name": "answers", "value": "lost", "url": visitor.origin}])
    visitor.page.goto(visitor.place(""))
    yield "start-answers-lost"
    visitor.page.locator("header summary").first.click()
    yield "start-menu-open"
    yield from _no_cookies(visitor)
    yield from _two_languages(visitor)


def _no_cookies(visitor: Visitor) -> Iterator[str]:
    """What somebody sees whose browser keeps no cookie."""
    visitor.context.clear_cookies()
    # Whoever asks for the place of a question gets a cookie by it: any letters will do.
    visitor.page.goto(f"/{visitor.lang}/check/0123456789?cookie=check")
    expect(visitor.page.locator("main a[href$='/offline']")).to_be_visible()
    yield "no-cookies"


def _two_languages(visitor: Visitor) -> Iterator[str]:
    """What two people see who read together."""
    other = "ti" if visitor.lang == "nl" else "nl"
    visitor.context.clear_cookies()
    visitor.context.add_cookies([{"name": "second", "value": other, "url": visitor.origin}])
    visitor.answer_behind_the_scenes(THINKING)
    of_answers = ("check/asylum_decision", "check/country", "result", "result/why")
    for place in (*of_answers, "asked", "countries", "countries/IR", "places"):
        visitor.page.goto(visitor.place(place))
        yield f"two-{place.replace('/', '-')}"
    visitor.context.clear_cookies()


def _offline(visitor: Visitor) -> Iterator[str]:
    """The questions without a network: all in one page."""
    visitor.page.goto(visitor.place("offline"))
    expect(visitor.page.locator("#offline > .button")).to_be_visible()
    yield "offline"
    answer_offline(visitor, {"asylum_decision": "rejected"})
    yield "offline-question"
    visitor.page.goto(visitor.place("offline"))
    answer_offline(visitor, DECIDED)
    expect(visitor.page.locator("#offline section").first).to_be_visible()
    yield "offline-result"


def answer_offline(visitor: Visitor, route: Route) -> None:
    """Start, and answer every question of the page that needs no network."""
    visitor.page.locator("#offline > .button").click()
    for answer in route.values():
        select = visitor.page.locator("#offline select")
        if select.count():
            choose_country(visitor.page.locator("#offline form"), as_list(answer)[0])
        for option in as_list(answer) if not select.count() else ():
            visitor.page.locator(f"#offline input[value={option}]").check()
        visitor.page.locator("#offline form .button").click()


def helper_states(visitor: Visitor) -> Iterator[str]:
    """Every state of the pages of helper mode, for a visitor in it."""
    visitor.page.goto(visitor.place(""))
    yield "start"
    visitor.go("form/whole")
    yield "whole form"
    visitor.go("form")
    yield "form"
    visitor.page.locator("[data-keys]").click()
    yield "keys"
    _answer_behind(visitor, {"household": "castle"})
    yield "error"
    visitor.answer_behind_the_scenes({"asylum_decision": "rejected"})
    visitor.go("form")
    yield "open"
    visitor.page.goto(visitor.place("check/appeal"))
    yield "question"
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.page.goto(visitor.place("compare"))
    yield "compare"
    visitor.page.goto(visitor.place("result"))
    yield "result"


def _answer_behind(visitor: Visitor, answers: Mapping[str, str]) -> None:
    """Send the form with answers that it does not offer."""
    visitor.go("form")
    for question, given in answers.items():
        controls = visitor.page.locator(f"[data-question={question}]")
        controls.locator("input").first.evaluate("(box, value) => (box.value = value)", given)
        with visitor.page.expect_response("**/form/asked"):
            controls.locator("label").first.click()
    visitor.allow(422)
    visitor.send()
    expect(visitor.page.locator("#error-summary")).to_be_focused()

"""The same answers in columns: what each says, and that no column is better."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from questions import validate_answers
from rules import default_decider
from tests.support.journeys import DECIDED, FORCED, ROUTES, STAY, Route
from tests.support.page_client import PageClient
from tests.support.pages.documents import Element
from tests.support.pages.page_checks import Page
from wizard.i18n.languages import SECOND_COOKIE_NAME

COMPARE = "/en/compare"
COLUMNS = ("Staying", "Choosing to go back", "Being forced to leave")
SIDES: Mapping[str, str] = dict(zip(COLUMNS, ("stay", "decided", "forced"), strict=True))


def compared(client: PageClient, route: Route) -> Page:
    client.answer_all(route)
    return client.get(COMPARE)


def tables(page: Page, name: str) -> list[list[tuple[str, list[str]]]]:
    """The rows of what differs, and of what is the same: their head, and the text of each cell."""
    return [
        [
            (row.one("th").text, [cell.text for cell in row.all("td")])
            for row in body.one("tbody").all("tr")
        ]
        for body in page.main.all("table", **{"aria-labelledby": name})
    ]


def table(page: Page, name: str) -> list[tuple[str, list[str]]]:
    """All rows of a kind, whether they differ or not."""
    return [row for rows in tables(page, name) for row in rows]


def test_who_has_not_finished_is_led_on(client: PageClient):
    assert client.redirect_of_get(COMPARE) == "/en/check/asylum_decision"


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_every_way_can_be_compared(client: PageClient, route: Route):
    page = compared(client, route)
    assert page.heading == "Staying, choosing to go back, and being forced to leave"
    assert "This is information, not advice." in page.main.text
    heads = [
        [each.text for each in table.all("th", scope="col")] for table in page.main.all("table")
    ]
    # The government arranges no departure of who waits for the IND or has a permit.
    columns = COLUMNS if "arranged" in route else COLUMNS[:2]
    # What differs, and where there is any, what is the same.
    assert {tuple(head) for head in heads} == {
        ("Organisation", *columns),
        ("Kind of help", *columns),
    }


@pytest.mark.parametrize("given", ["decided", "forced"])
def test_each_column_says_the_roles_of_its_decision(client: PageClient, given: str):
    route = {"decided": DECIDED, "forced": FORCED}[given]
    rows = table(compared(client, route), "who")
    decider = default_decider()
    answers = validate_answers(decider.policy.questionnaire, dict(route))
    decision = decider.decide(answers, date.today())
    column = list(SIDES.values()).index(given)
    texts = {name: cells[column] for name, cells in rows}
    assert len(texts) == len(decider.policy.organisations)
    for assigned in decision.organisations:
        name = decider.policy.organisations[assigned.id].name
        (cell,) = [text for head, text in texts.items() if head.startswith(name)]
        assert cell.startswith(decider.policy.roles[assigned.role].text)


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_only_what_differs_stands_open(client: PageClient, route: Route):
    page = compared(client, route)
    for name in ("who", "what"):
        differs, *same = tables(page, name)
        for _head, cells in differs:
            assert len(set(cells)) > 1 or "Nothing" in cells[0] or "We found no" in cells[0]
        for _head, cells in (row for rows in same for row in rows):
            assert len(set(cells)) == 1
    folded = [each.text for each in page.main.all("details")]
    for section in ("situation", "next"):
        lists = page.main.one("section", **{"aria-labelledby": section}).all(
            "div", **{"class": "columns"}
        )
        columns = [set(listed(column)) for column in lists[0].children]
        assert not set.intersection(*columns)
    assert any(text.startswith("The same in every column") for text in folded)


def test_two_languages_are_compared_side_by_side(client: PageClient):
    client.http.set_cookie(SECOND_COOKIE_NAME, "nl")
    page = compared(client, DECIDED)
    assert len(page.main.all("table", **{"aria-labelledby": "who"})) <= 2
    rows = page.main.all("div", **{"class": "two"})
    assert all([each["lang"] for each in row.children if "lang" in each] == ["nl"] for row in rows)
    headings = [each.text for each in page.main.all("h2")]
    assert headings[:2] == ["Staying", "Blijven"]


def test_help_is_shown_with_its_certainty_amounts_and_sources(client: PageClient):
    page = compared(client, DECIDED)
    cells = [cell for _, pair in table(page, "what") for cell in pair]
    amounts = [cell for cell in cells if "€" in cell]
    assert amounts
    assert all("Checked by us" in cell for cell in amounts)
    for_choosers = [cell for cell in amounts if "2,000" in cell]
    assert for_choosers
    assert all("only for people who need a visa" in cell for cell in for_choosers)
    assert not any("visa" in cell for cell in amounts if cell not in for_choosers)
    assert any(cell.startswith("possible, ask") for cell in cells)
    assert any(cell.startswith("Does not fit") for cell in cells)


def listed(element: Element) -> list[str]:
    return [each.text for each in element.all("li")]


def test_what_was_not_asked_counts_as_not_said_and_the_page_says_so(client: PageClient):
    page = compared(client, STAY)
    staying, choosing = page.main.all("div", **{"class": "columns"})[0].children
    assert "count as not known" not in staying.text
    assert "count as not known" in choosing.text
    assert "Which help is important to you?" in listed(choosing)


def test_the_answer_that_was_given_is_marked_in_words(client: PageClient):
    page = compared(client, DECIDED)
    staying, choosing, forced = page.main.all("div", **{"class": "columns"})[0].children
    assert "the answer that was given" in choosing.text
    assert "Every question for this column was answered." in choosing.text
    for other in (staying, forced):
        assert "the answer that was given" not in other.text


def test_no_column_is_called_better(client: PageClient):
    text = compared(client, FORCED).main.text.replace("No column is better", "")
    # The rules themselves are quoted at the end.
    said = text[: text.index("Why we say this")]
    assert not re.search(r"\b(?:better|best|worse|worst|recommend|advise|advantage)\b", said, re.I)


def test_comparing_changes_no_answer(client: PageClient):
    compared(client, DECIDED)
    assert client.answered() == list(DECIDED)


def test_only_a_helper_is_led_there(client: PageClient):
    client.answer_all(DECIDED)
    assert COMPARE not in client.get("/en/result").links()
    client.redirect_of_post("/en/helping", {"helping": "yes", "back": "/en/"})
    page = client.get("/en/result")
    assert COMPARE in page.links()
    assert "/en/result" in client.get(COMPARE).links()

"""The three kinds of question, and what is no answer to them."""

from __future__ import annotations

import pytest

from tests.support.journeys import DECIDED, as_list
from tests.support.page_client import PageClient
from tests.support.pages.page_checks import Page

KINDS = {"one": "asylum_decision", "country": "country", "several": "circumstances"}
WRONG = {
    "an option of no question": "nonsense",
    "an option of another question": "asylum_centre",
    "nothing but a space": " ",
    "another case": "UNKNOWN",
    "a very long option": "x" * 9000,
    "no text at all": "\x00\ud7ff\U0001f980",
}


def answered_until(client: PageClient, question_id: str) -> None:
    """Answer everything before the question."""
    for name, answer in DECIDED.items():
        if name == question_id:
            return
        client.answer(name, answer)


def error_target(page: Page) -> str:
    """The id that the link in the error summary leads to."""
    [summary] = page.main.all(role="alert")
    assert summary["id"] == "error-summary"
    assert summary["tabindex"] == "-1"
    [link] = summary.all("a")
    assert link.text
    assert link["href"].startswith("#")
    return link["href"].removeprefix("#")


@pytest.fixture(params=KINDS.values(), ids=list(KINDS))
def asked(request: pytest.FixtureRequest, client: PageClient) -> str:
    """A question of each kind, in turn."""
    answered_until(client, request.param)
    return request.param


def test_one_option_is_chosen_with_radio_buttons(client: PageClient):
    controls = client.question("asylum_decision").controls()
    assert {control["type"] for control in controls} == {"radio"}
    assert [control["value"] for control in controls] == [
        "waiting",
        "intention",
        "rejected",
        "permit",
        "permit_at_risk",
        "never_applied",
        "unknown",
    ]


def test_several_options_are_chosen_with_check_boxes(client: PageClient):
    answered_until(client, "circumstances")
    controls = client.question("circumstances").controls()
    assert {control["type"] for control in controls} == {"checkbox"}
    exclusive = [control["value"] for control in controls if "data-exclusive" in control]
    assert [control["value"] for control in controls][-2:] == exclusive == ["none", "unknown"]


def test_a_country_is_chosen_from_a_list_that_begins_empty(client: PageClient):
    answered_until(client, "country")
    [control] = client.question("country").controls()
    values = [option["value"] for option in control.all("option")]
    assert control.tag == "select"
    # Those that are no country are seen before the two hundred that are.
    assert values[:3] == ["", "stateless", "unknown"]
    assert {"SO", "AF", "ET", "SY", "XK"} < set(values)
    assert "NL" not in values
    assert len(set(values)) == len(values) > 200


@pytest.mark.parametrize(("lang", "name"), [("en", "Ethiopia"), ("nl", "Ethiopië")])
def test_countries_stand_in_the_readers_language_in_its_alphabet(
    client: PageClient, lang: str, name: str
):
    answered_until(client, "country")
    client.lang = lang
    [control] = client.question("country").controls()
    options = {option["value"]: option.text for option in control.all("option")}
    assert options["ET"] == name
    names = list(options.values())[3:]
    assert names.index(options["AX"]) < names.index(options["AL"]) < names.index(options["ZW"])


def test_every_question_has_help_and_a_reason(client: PageClient):
    for name, answer in DECIDED.items():
        page = client.question(name)
        assert page.main.one(id="help").text
        described = page.main.all("fieldset", "select")[0]["aria-describedby"]
        assert "help" in described.split()
        assert page.main.one("details", class_="why").one("p").text
        client.answer(name, answer)


def test_nothing_chosen_gives_an_error_that_leads_to_the_first_control(
    client: PageClient, asked: str
):
    title = client.question(asked).title
    page = client.refused(asked)
    assert error_target(page) == page.controls()[0]["id"]
    assert page.title != title
    assert title in page.title


def test_the_error_belongs_to_the_control(client: PageClient, asked: str):
    page = client.refused(asked)
    error = page.main.one(id="error")
    described = page.main.all("fieldset", "select")[0]
    assert "error" in described["aria-describedby"].split()
    assert error.text == page.main.one(role="alert").one("a").text


def test_a_page_without_an_error_shows_none(client: PageClient, asked: str):
    page = client.question(asked)
    assert page.main.all(role="alert") == []
    assert "error" not in page.ids


@pytest.mark.parametrize("given", WRONG.values(), ids=list(WRONG))
def test_an_option_changed_by_hand_gives_an_error(client: PageClient, asked: str, given: str):
    page = client.refused(asked, given)
    assert error_target(page) == page.controls()[0]["id"]
    assert page.chosen() == []


@pytest.mark.parametrize("given", [None, "nonsense"])
def test_what_was_answered_before_is_not_lost_by_an_error(
    client: PageClient, asked: str, given: str | None
):
    client.answer(asked, DECIDED[asked])
    client.refused(asked, given)
    for name in DECIDED:
        assert client.question(name).chosen() == as_list(DECIDED[name])
        if name == asked:
            break


def test_an_error_page_keeps_what_was_rightly_ticked(client: PageClient):
    answered_until(client, "help_wanted")
    page = client.refused("help_wanted", ["goods", "nonsense", "care"])
    assert page.chosen() == ["goods", "care"]


def test_an_option_that_stands_twice_gives_an_error(client: PageClient):
    answered_until(client, "circumstances")
    client.refused("circumstances", ["health", "health"])


def test_two_options_for_a_question_that_takes_one_are_not_both_kept(client: PageClient):
    client.answer("asylum_decision", ["waiting", "permit"])
    assert client.question("asylum_decision").chosen() == ["waiting"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["health", "none"], ["health"]),
        (["none", "unknown"], ["none"]),
        (["trafficking", "health"], ["health", "trafficking"]),
    ],
)
def test_none_of_these_gives_way_to_a_real_answer(
    client: PageClient, given: list[str], kept: list[str]
):
    answered_until(client, "circumstances")
    client.answer("circumstances", given)
    assert client.question("circumstances").chosen() == kept


def test_a_form_that_is_too_large_is_refused(client: PageClient):
    page = client.post(
        "/en/check/asylum_decision", {"answer": "unknown", "more": "x" * 20_000}, status=413
    )
    assert "/en/" in page.links()


def test_a_form_that_is_no_form_is_an_empty_answer(client: PageClient):
    client.post("/en/check/asylum_decision", json={"answer": "unknown"})


def test_words_from_the_address_do_not_answer(client: PageClient):
    answer = client.http.post("/en/check/asylum_decision?answer=unknown")
    assert answer.status_code == 303

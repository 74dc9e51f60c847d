"""All questions on one page: what folds away, what is kept, and that it decides the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.support.answers.answer_sets import random_answers
from tests.support.journeys import DECIDED, FORCED, ROUTES, STAY, Answer, Route, as_list
from tests.support.page_client import PageClient
from tests.support.pages.documents import Element
from tests.support.pages.page_checks import Page
from tests.support.vocabulary import ASKED_WHEN
from wizard.i18n.languages import SECOND_COOKIE_NAME
from wizard.session.answers import decider
from wizard.session.cookie import SealedCookie

FORM = "/en/form"
WHOLE = "/en/form/whole"
ASKED = "/en/form/asked"
RESULT = "/en/result"
SETS = 40


@pytest.fixture
def helper(client: PageClient) -> PageClient:
    """A social worker who chose helper mode."""
    client.redirect_of_post("/en/helping", {"helping": "yes", "back": "/en/"})
    return client


def filled(answers: Mapping[str, Answer | tuple[str, ...]]) -> dict[str, list[str]]:
    """What a browser sends for these answers."""
    sent = {f"{name}-answer": as_list(_plain(answer)) for name, answer in answers.items()}
    return {**sent, "complete": ["yes"]}


def _plain(answer: Answer | tuple[str, ...]) -> Answer:
    return list(answer) if isinstance(answer, tuple) else answer


def groups(page: Page) -> Iterator[tuple[str, Element]]:
    for element in page.main.walk():
        if "data-question" in element:
            yield element["data-question"], element


def shown(page: Page) -> list[str]:
    return [name for name, group in groups(page) if "hidden" not in group]


def ticked(page: Page) -> dict[str, list[str]]:
    """What is chosen on the page, by question."""
    chosen: dict[str, list[str]] = {}
    for name, group in groups(page):
        marked = [each["value"] for each in group.all("input") if "checked" in each]
        marked += [each["value"] for each in group.all("option") if "selected" in each]
        if marked:
            chosen[name] = marked
    return chosen


def test_all_questions_are_there_at_first(client: PageClient):
    page = client.get(FORM)
    assert shown(page) == [name for name, _ in groups(page)] == list(ASKED_WHEN)
    assert ticked(page) == {}
    assert "Not answered yet" not in page.html


def countries(page: Page) -> dict[str, str]:
    """The options of the list of countries, but the empty one."""
    [control] = page.main.all("select")
    return {each["value"]: each.text for each in control.all("option") if each["value"]}


def test_the_list_of_countries_comes_later_but_what_is_chosen_is_there(client: PageClient):
    assert list(countries(client.get(FORM))) == ["stateless", "unknown"]
    client.http.post(FORM, data=filled({"country": "SO"}))
    page = client.get(FORM)
    assert countries(page) == {"SO": "Somalia"} | countries(PageClient(client.app).get(FORM))
    assert ticked(page) == {"country": ["SO"]}


@pytest.mark.parametrize("second", ["", "ti"])
def test_the_list_that_comes_later_is_that_of_the_question(client: PageClient, second: str):
    client.http.set_cookie(SECOND_COOKIE_NAME, second)
    [control] = client.get(FORM).main.all("select")
    sent = client.http.get(control["data-others"]).get_json()
    client.answer_all({name: DECIDED[name] for name in list(DECIDED)[:6]})
    [question] = client.question("country").controls()
    options = [each for each in question.all("option") if each["value"]]
    known = [[each["value"], each.text] for each in options]
    assert sent == known
    assert len(known) > 200


@pytest.mark.parametrize("name", ["residence", "nonsense"])
def test_only_a_question_about_a_country_has_such_a_list(client: PageClient, name: str):
    client.get(f"/en/form/countries/{name}", 404)


def test_who_has_no_scripts_is_sent_to_the_whole_form_and_stays_there(client: PageClient):
    [refresh] = client.get(FORM).document.all("noscript")
    assert refresh.one("meta")["content"] == f"0; url={WHOLE}"
    page = client.get(WHOLE)
    assert not page.document.all("noscript")
    assert len(countries(page)) > 200
    assert client.redirect_of_post(WHOLE, filled({"country": "SO"})) == f"{WHOLE}#open"
    wrong = client.post(WHOLE, filled({"country": "XX"}))
    assert wrong.path == WHOLE
    assert wrong.html.count("<option value=") > 200


def test_nothing_is_filled_in_by_the_browser_itself(client: PageClient):
    page = client.get(FORM)
    assert page.main.one("form")["autocomplete"] == "off"
    assert page.main.one("select")["autocomplete"] == "off"


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_everything_answered_leads_to_the_result(client: PageClient, route: Route):
    assert client.redirect_of_post(FORM, filled(route)) == RESULT
    page = client.get(FORM)
    assert shown(page) == list(route)
    assert {name: set(as_list(answer)) for name, answer in route.items()} == {
        name: set(values) for name, values in ticked(page).items()
    }


def test_what_is_open_is_named_without_a_word_of_error(client: PageClient):
    half = dict(list(STAY.items())[:2])
    assert client.redirect_of_post(FORM, filled(half)) == FORM + "#open"
    page = client.get(FORM)
    assert page.main.one(id="open")
    assert [each["data-open"] for each in page.main.all("li") if "data-open" in each] == [
        *("country", "household", "circumstances", "residence")
    ]
    assert "There is a problem" not in page.main.text
    assert page.main.all(role="alert") == []
    for link in page.links():
        if link.startswith("#"):
            assert link.removeprefix("#") in page.ids


def test_answers_in_any_order_are_kept(client: PageClient):
    client.redirect_of_post(FORM, filled({"household": "no_children", "dublin": "no"}))
    assert ticked(client.get(FORM)) == {"household": ["no_children"], "dublin": ["no"]}


def test_an_answer_to_a_question_that_is_not_asked_is_dropped(client: PageClient):
    client.redirect_of_post(FORM, filled({**STAY, "appeal": "over"}))
    assert "appeal" not in ticked(client.get(FORM))


def test_what_was_unticked_is_open_again(client: PageClient):
    client.redirect_of_post(FORM, filled(DECIDED))
    without = {name: answer for name, answer in DECIDED.items() if name != "circumstances"}
    assert client.redirect_of_post(FORM, filled(without)) == FORM + "#open"
    assert "circumstances" not in ticked(client.get(FORM))


def test_one_wrong_answer_is_named_and_loses_no_other(client: PageClient):
    page = client.post(FORM, filled({**DECIDED, "household": "castle"}))
    summary = page.main.one(id="error-summary")
    assert [link["href"] for link in summary.all("a")] == ["#household-answer-1"]
    assert "household-answer-1" in page.ids
    assert "Choose one of the answers below." in page.main.one(id="household-error").text
    assert page.title.startswith("Error")
    kept = ticked(client.get(FORM))
    assert set(kept) == set(DECIDED) - {"household"}


def test_a_wrong_answer_to_a_question_that_is_not_asked_is_no_error(client: PageClient):
    assert client.redirect_of_post(FORM, filled({**STAY, "appeal": "castle"})) == RESULT


@pytest.mark.parametrize("route", [FORCED, STAY], ids=["forced", "stay"])
def test_the_page_hears_in_the_background_what_is_asked(client: PageClient, route: Route):
    first = dict(list(route.items())[:-1])
    said = client.http.post(ASKED, data=filled(first)).get_json()
    last = list(route)[-1]
    assert said == {"asked": list(route), "open": [last], "left": "At most 1 question left"}
    assert ticked(client.get(FORM)).keys() == first.keys()
    assert said["asked"] == shown(client.get(FORM))


def test_the_background_says_nothing_of_answers(client: PageClient):
    response = client.http.post(ASKED, data=filled(DECIDED))
    assert "with_children" not in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"


def test_other_websites_can_send_nothing(client: PageClient):
    for place in (FORM, ASKED):
        response = client.http.post(
            place, data=filled(STAY), headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert response.status_code == 403


def opened(client: PageClient) -> dict[str, Answer]:
    """The answers in the cookie."""
    cookies = client.app.session_interface
    assert isinstance(cookies, SealedCookie)
    assert client.cookie
    assert client.opener
    answers: dict[str, Answer] = cookies.sealer.open(client.cookie, client.opener)["answers"]
    return answers


@pytest.mark.parametrize("seed", range(SETS))
def test_the_form_decides_as_the_pages_one_by_one(new_client: Callable[..., PageClient], seed: int):
    answers = random_answers(random.Random(seed))
    by_form, by_steps = new_client(), new_client()
    assert by_form.redirect_of_post(FORM, filled(answers)) == RESULT
    path = decider_path(by_form, answers)
    for name in path:
        by_steps.answer(name, _plain(answers[name]))
    assert opened(by_form) == opened(by_steps)
    assert by_form.get(RESULT).main.text == by_steps.get(RESULT).main.text


def decider_path(client: PageClient, answers: Mapping[str, Answer]) -> list[str]:
    with client.app.test_request_context():
        return list(decider().path(answers).answers)


def test_a_helper_finds_a_note_with_its_source_at_each_question(helper: PageClient):
    page = helper.get(FORM)
    for _, group in groups(page):
        (note,) = group.all("details")
        assert "open" not in note
        assert "How to ask:" in note.text
        assert note.one("a", rel="noreferrer external")["href"].startswith("http")


def test_without_helper_mode_there_are_no_notes_and_no_keys(client: PageClient):
    for page in (client.get(FORM), client.question("asylum_decision")):
        assert "Note for the talk" not in page.html
        assert "keys.js" not in page.html
        assert "<dialog" not in page.html


def test_a_helper_sees_the_note_on_the_page_of_a_question(helper: PageClient):
    page = helper.question("asylum_decision")
    notes = [each for each in page.main.all("details") if "Note for the talk" in each.text]
    assert len(notes) == 1
    assert "keys.js" in page.html
    assert all("open" in each for each in [*notes, page.main.one("details", **{"class": "why"})])


def test_sources_are_open_for_a_helper_and_folded_for_others(
    helper: PageClient, new_client: Callable[..., PageClient]
):
    other = new_client()
    for visitor in (helper, other):
        visitor.redirect_of_post(FORM, filled(DECIDED))
    for visitor, is_open in ((helper, True), (other, False)):
        details = visitor.get(RESULT).main.all("details")
        # Beside what to check at once they are folded, so that it fits the first screen.
        of_letter = [each for each in details if not each.text.startswith("Sources")]
        with_source = [each for each in of_letter if "Checked by us" in each.text]
        assert with_source
        assert {"open" in each for each in with_source} == {is_open}


@pytest.mark.parametrize(("address", "status"), [(FORM, 303), (WHOLE, 303), (ASKED, 400)])
def test_half_a_form_is_refused_and_deletes_nothing(client: PageClient, address: str, status: int):
    client.answer_all(DECIDED)
    before = client.answered()
    half = {name: value for name, value in filled(DECIDED).items() if name != "complete"}
    half.popitem()
    assert client.http.post(address, data=half).status_code == status
    assert client.answered() == before


def test_only_a_helper_is_led_to_the_form(client: PageClient):
    assert FORM not in client.get("/en/").links()
    client.redirect_of_post("/en/helping", {"helping": "yes", "back": "/en/"})
    assert FORM in client.get("/en/").links()


def test_what_is_wrong_is_said_in_the_second_language_too(client: PageClient):
    client.http.set_cookie(SECOND_COOKIE_NAME, "ti")
    page = client.post("/en/form", {"complete": "yes", "asylum_decision-answer": "nonsense"})
    summary = page.main.one("div", id="error-summary")
    assert summary.one("h2").one("span")["lang"] == "ti"

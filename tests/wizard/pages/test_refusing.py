"""What could not be taken in is shown again by a page that is asked for, once."""

from __future__ import annotations

import pytest

from tests.support.journeys import DECIDED
from tests.support.page_client import PageClient


@pytest.mark.parametrize(
    ("place", "data", "shown"),
    [
        ("check/country", {"answer": "XX"}, "Choose one of the answers below."),
        ("check/country", {}, "Choose a country"),
        ("case", {"code": "ABCD-mistyped"}, "ABCD-mistyped"),
        ("form", {"country-answer": "XX", "complete": "yes"}, "Choose one of the answers below."),
    ],
)
def test_what_is_refused_is_shown_once_by_a_page_that_is_asked_for(
    client: PageClient, place: str, data: dict[str, str], shown: str
):
    client.answer_all(DECIDED)
    location = client.redirect_of_post(client.url(place), data)
    assert location == client.url(place)
    page = client.get(location)
    assert shown in page.html
    assert page.title.startswith("Error: ")
    again = client.get(location)
    assert not again.document.all(id="error-summary")
    assert "mistyped" not in again.html


def test_no_form_that_can_be_filled_in_is_answered_with_a_page(client: PageClient):
    client.answer_all(DECIDED)
    sent = {
        "check/country": {"answer": "XX"},
        "form": {"complete": "yes", "country-answer": "XX"},
        "form/whole": {},
        "case": {"code": "x"},
        "case/code": {},
        "paper": {"print": "country"},
        "new-client": {},
    }
    for place, data in sent.items():
        answer = client.http.post(client.url(place), data=data)
        assert answer.status_code == 303, place


def test_what_was_refused_is_gone_with_the_answers(client: PageClient):
    client.answer_all(DECIDED)
    client.redirect_of_post("/en/case", {"code": "ABCD-mistyped"})
    client.redirect_of_post("/en/forget")
    assert "mistyped" not in client.get("/en/case").html

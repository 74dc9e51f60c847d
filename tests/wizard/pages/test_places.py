"""Desks near where a person stays, in their result and nowhere else."""

from __future__ import annotations

import pytest

from rules import default_decider
from tests.support.api import decide
from tests.support.journeys import DECIDED, FORCED, THINKING, Route
from tests.support.page_client import PageClient

POLICY = default_decider().policy
HELD = tuple(place for place in POLICY.reading.places if place.only_there)
STAYS_IN_DETENTION: Route = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "dublin": "no",
    "arranged": "no",
    "new_facts": ["none"],
    "return_choice": "stay",
    "country": "NG",
    "household": "no_children",
    "circumstances": ["none"],
    "residence": "detention",
}
UNSURE_IN_DETENTION: Route = {**STAYS_IN_DETENTION, "return_choice": "unknown"}
CHILD_IN_DETENTION: Route = {**FORCED, "household": "minor_alone"}


def result_of(client: PageClient, route: Route) -> str:
    client.answer_all(route)
    return client.get(client.url("result")).main.text


@pytest.mark.parametrize(
    ("residence", "place"),
    [("rotterdam", "rotterdam_pauluskerk"), ("vbl", "ter_apel_vwn")],
)
def test_who_stays_near_a_desk_finds_it_with_its_year(
    client: PageClient, residence: str, place: str
):
    said = result_of(client, {**DECIDED, "residence": residence})
    desk = POLICY.place_by_id[place]
    assert f"{desk.name}, {desk.town}" in said
    shown = said[said.index(desk.text) :]
    assert f"Last known: {desk.year}" in shown[: shown.index("Checked by us")]


def test_who_lives_elsewhere_is_led_to_the_places_by_region(client: PageClient):
    client.answer_all({**DECIDED, "residence": "elsewhere"})
    main = client.get(client.url("result")).main
    assert client.url("places") in [link["href"] for link in main.all("a")]
    for place in POLICY.reading.places:
        assert place.text not in main.text


def test_who_stays_in_a_centre_is_led_to_no_desk(client: PageClient):
    assert "Places near you" not in result_of(client, {**DECIDED, "residence": "asylum_centre"})


def test_who_is_held_finds_the_desks_there(client: PageClient):
    said = result_of(client, FORCED)
    for place in HELD:
        assert place.text in said


@pytest.mark.parametrize(
    "route",
    [STAYS_IN_DETENTION, UNSURE_IN_DETENTION, CHILD_IN_DETENTION],
    ids=["stays", "unsure", "child alone"],
)
def test_no_desk_leads_where_no_step_does(client: PageClient, route: Route):
    said = result_of(client, route)
    for place in HELD:
        assert place.text not in said


def test_a_desk_is_on_paper_and_in_the_message_only_if_it_was_ticked(client: PageClient):
    client.answer_all({**THINKING, "household": "no_children"})
    desk = POLICY.place_by_id["rotterdam_pauluskerk"]
    paper = client.get(client.url("paper"))
    [message] = paper.main.all("textarea")
    assert desk.name not in message.text
    assert f"{desk.name}, {desk.town}: {desk.text}" in paper.main.text
    ticked = {"second": "", "private": [f"place.{desk.id}"], "message": "1"}
    client.redirect_of_post(client.url("paper"), ticked)
    [message] = client.get(client.url("paper")).main.all("textarea")
    assert desk.name in message.text


def test_the_api_names_no_desk(client: PageClient):
    assert "places" not in decide(client.http, {**DECIDED, "residence": "rotterdam"})

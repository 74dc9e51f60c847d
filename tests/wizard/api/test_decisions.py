"""POST /api/v1/decisions: what a decision says."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.rules.policy_md import Agreed, Offer, agreed
from tests.support.api import OPENAPI, Json, decide, random_decision
from tests.support.journeys import DECIDED, FORCED, ROUTES, STAY, THINKING, Answer, Route
from tests.support.page_client import PageClient
from tests.support.vocabulary import ORGANISATIONS, ROLES, STAGES

RANDOM_SETS = 300

KEYS = {
    "decision": {"complete", "next_question", "ignored", "stage", "country_view"}
    | {"nationality_group", "situation", "organisations", "supports", "next_steps"}
    | {"would_change", "country", "rules", "policy"},
    "situation": {"id", "text", "because"},
    "organisations": {"id", "role", "text", "because", "contact"},
    "supports": {"id", "form", "certainty", "by", "max_eur", "amounts", "text", "because"},
    "next_steps": {"id", "text", "because", "contacts"},
    "would_change": {"question", "answer", "changes"},
    "rules": {"id", "text", "source"},
    "source": {"title", "url", "published", "checked_on"},
    "policy": {"version", "sha256"},
}
NO_REASON = {"excluded_not", "forced_not", "chooses_not", "may_run_not", "promised_not"} | {
    *("careful_not", "new_start_none", "may_leave_not", "urgent_not"),
}
"""Rules that say that nothing else held: in the trace, and not among the reasons for people."""
VERDICTS = ("situation", "organisations", "supports", "next_steps")
SAID_IN_WORDS = {"title", "text", "changes", "hours"}
UNRESEARCHED = "MZ"
"""A country about which nothing is on record."""


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def random_decisions(app: Flask) -> list[tuple[dict[str, Answer], Json]]:
    """300 random complete sets of answers, each with its decision."""
    http, chance = app.test_client(), random.Random(20_260)
    return [random_decision(http, chance) for _ in range(RANDOM_SETS)]


@cache
def validator(app: Flask) -> Draft202012Validator:
    """What the OpenAPI document itself says of a decision."""
    components = app.test_client().get(OPENAPI).get_json()["components"]
    schema = {"$ref": "#/components/schemas/Decision", "components": components}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_a_decision_has_exactly_the_keys_of_the_contract(http: FlaskClient, route: Route):
    decision = decide(http, route)
    assert set(decision) == KEYS["decision"]
    for part in (*VERDICTS, "rules", "would_change"):
        for each in decision[part]:
            assert set(each) == KEYS[part]
    for rule in decision["rules"]:
        assert set(rule["source"]) == KEYS["source"]
    assert set(decision["policy"]) == KEYS["policy"]


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_the_pages_and_the_api_say_the_same(client: PageClient, route: Route):
    client.answer_all(route)
    ids = client.get("/en/result").ids | client.get("/en/result/why").ids
    decision = decide(client.http, route)
    for prefix, part in (("org", "organisations"), ("support", "supports"), ("rule", "rules")):
        shown = {name for name in ids if name.startswith(f"{prefix}-")}
        said = {each["id"] for each in decision[part]} - NO_REASON
        assert shown == {f"{prefix}-{name}" for name in said}


def test_beside_amounts_stands_that_they_are_not_for_every_country(http: FlaskClient):
    for route, noted in ((DECIDED, True), (FORCED, False)):
        [offer] = [each for each in decide(http, route)["supports"] if each["amounts"]]
        assert ("need a visa" in offer["text"]) is noted


def test_at_a_forced_return_no_help_says_that_the_choice_is_theirs(http: FlaskClient):
    texts = [each["text"] for each in decide(http, FORCED)["supports"]]
    assert texts
    assert not [text for text in texts if "choice" in text]


def test_every_decision_is_as_the_openapi_document_describes(
    app: Flask, random_decisions: list[tuple[dict[str, Answer], Json]]
):
    for answers, decision in random_decisions:
        errors = [error.message for error in validator(app).iter_errors(decision)]
        assert errors == [], answers


def test_the_openapi_document_would_see_a_wrong_decision(app: Flask, http: FlaskClient):
    decision = decide(http, DECIDED)
    wrong: list[Json] = [
        {**decision, "more": 1},
        {name: value for name, value in decision.items() if name != "rules"},
        {**decision, "stage": "no_stage"},
        {**decision, "supports": [{**decision["supports"][0], "max_eur": "1000"}]},
        {**decision, "organisations": [{**decision["organisations"][0], "role": "no_role"}]},
    ]
    for each in wrong:
        assert not validator(app).is_valid(each)


def test_before_the_end_there_is_no_verdict(http: FlaskClient):
    answers: dict[str, Answer] = {}
    for name, answer in DECIDED.items():
        decision = decide(http, answers)
        assert decision["complete"] is False
        assert decision["next_question"] == name
        assert set(decision) == KEYS["decision"]
        for part in (*VERDICTS, "rules", "would_change"):
            assert decision[part] == []
        assert decision["stage"] is None
        answers[name] = answer
    assert decide(http, answers)["complete"] is True


def test_a_half_answered_questionnaire_is_as_the_openapi_document_describes(
    app: Flask, http: FlaskClient
):
    assert validator(app).is_valid(decide(http, {}))
    assert validator(app).is_valid(decide(http, {"asylum_decision": "permit"}))


def test_every_conclusion_names_rules_that_stand_in_the_decision(
    random_decisions: list[tuple[dict[str, Answer], Json]],
):
    for answers, decision in random_decisions:
        known = {rule["id"] for rule in decision["rules"]}
        for part in VERDICTS:
            for each in decision[part]:
                assert each["because"], (each["id"], answers)
                assert set(each["because"]) <= known, (each["id"], answers)


def test_every_complete_decision_has_all_seven_organisations_vwn_first_then_the_best_role(
    random_decisions: list[tuple[dict[str, Answer], Json]],
):
    for answers, decision in random_decisions:
        assert decision["complete"] is True
        assert decision["next_question"] is None
        found = [each["id"] for each in decision["organisations"]]
        assert sorted(found) == sorted(ORGANISATIONS), answers
        assert found[0] == "vwn", answers
        roles = [ROLES.index(each["role"]) for each in decision["organisations"][1:]]
        assert roles == sorted(roles), answers


def as_agreed(decision: Json) -> Agreed:
    """The decision in the form in which the agreed policy says it."""
    return Agreed(
        stage=decision["stage"],
        country_view=decision["country_view"],
        nationality_group=decision["nationality_group"],
        situation=tuple(each["id"] for each in decision["situation"]),
        roles=tuple((each["id"], each["role"]) for each in decision["organisations"]),
        supports=tuple(
            (
                each["id"],
                Offer(
                    *(tuple(each["by"]), tuple(each["form"]), each["certainty"], each["max_eur"]),
                    frozenset((amount["by"], amount["up_to_eur"]) for amount in each["amounts"]),
                ),
            )
            for each in decision["supports"]
        ),
        next_steps=tuple(each["id"] for each in decision["next_steps"]),
    )


def test_every_decision_is_what_the_agreed_policy_says(
    random_decisions: list[tuple[dict[str, Answer], Json]],
):
    for answers, decision in random_decisions:
        assert as_agreed(decision) == agreed(answers), answers


def test_the_random_sets_are_not_all_alike(
    random_decisions: list[tuple[dict[str, Answer], Json]],
):
    assert {decision["stage"] for _, decision in random_decisions} == set(STAGES)
    roles = {each["role"] for _, decision in random_decisions for each in decision["organisations"]}
    # Who may be named as sure helper is rare: see the next test.
    assert roles >= set(ROLES) - {"supports", "fits", "continues"}


def test_where_nothing_calls_for_care_somebody_supports_and_somebody_fits(http: FlaskClient):
    answers: Route = {**DECIDED, "circumstances": ["none"], "residence": "rotterdam"}
    roles = {each["id"]: each["role"] for each in decide(http, answers)["organisations"]}
    assert {name for name, role in roles.items() if role == "supports"} == {"vwn", "iom", "dtv"}
    fitting = {name for name, role in roles.items() if role == "fits"}
    assert fitting == {"ros", "goedwerk", "wereldwijd"}


def test_forced_return_gives_no_figure_above_1000_euro(
    random_decisions: list[tuple[dict[str, Answer], Json]], http: FlaskClient
):
    forced = [d for answers, d in random_decisions if answers.get("arranged") == "yes"]
    assert len(forced) > 30
    for decision in [decide(http, FORCED), *forced]:
        for support in decision["supports"]:
            assert support["id"] in {"counselling", "victim_help", "reintegration_in_kind"}
            for amount in support["amounts"]:
                assert (amount["by"], amount["up_to_eur"], support["max_eur"]) == (
                    "dtv",
                    1000,
                    1000,
                )


def test_a_step_shows_whom_to_call(http: FlaskClient):
    steps = {each["id"]: each["contacts"] for each in decide(http, FORCED)["next_steps"]}
    assert [each["id"] for each in steps["tell_trafficking"]] == ["comensha"]
    assert [each["id"] for each in steps["detention_help"]] == ["detention_line"]
    assert steps["detention_iom"][0]["phone"] == "088 746 44 66"
    [line] = steps["detention_help"]
    assert line["phone_outside"] == "010 747 01 56"
    assert line["last_known"] == {"website": None, "phone": "2020", "phone_outside": "2020"}


def test_who_was_promised_help_sees_how_to_reach_who_promised_it(http: FlaskClient):
    promised = decide(http, {**DECIDED, "promised_by": "wereldwijd"})
    [step] = [each for each in promised["next_steps"] if each["id"] == "continue_with"]
    assert [each["id"] for each in step["contacts"]] == ["wereldwijd"]


def test_the_country_is_named_but_not_what_is_no_country(http: FlaskClient):
    somalia = decide(http, DECIDED)["country"]
    assert somalia["code"] == "SO"
    assert somalia["facts"]
    assert decide(http, {**DECIDED, "country": UNRESEARCHED})["country"] == {
        "code": UNRESEARCHED,
        "facts": [],
    }
    assert decide(http, STAY)["country"] is None


def changes(decision: Json) -> set[tuple[str, str]]:
    return {
        (
            each["question"],
            "+".join([each["answer"]] if isinstance(each["answer"], str) else each["answer"]),
        )
        for each in decision["would_change"]
    }


def test_who_wants_to_stay_is_not_told_what_returning_would_bring(http: FlaskClient):
    assert not [
        each for each in decide(http, STAY)["would_change"] if each["question"] == "return_choice"
    ]


def test_who_does_not_know_hears_of_staying_and_of_thinking(http: FlaskClient):
    found = changes(decide(http, {**DECIDED, "return_choice": "unknown"}))
    assert {("return_choice", "stay"), ("return_choice", "thinking")} <= found


def test_only_the_choice_and_what_is_not_known_is_varied(
    random_decisions: list[tuple[dict[str, Answer], Json]],
):
    for answers, decision in random_decisions:
        for each in decision["would_change"]:
            given = answers[each["question"]]
            assert each["question"] == "return_choice" or given in ("unknown", ["unknown"]), answers
            assert each["changes"], answers


def test_who_wants_to_stay_is_offered_nothing_but_a_talk(http: FlaskClient):
    assert [each["id"] for each in decide(http, STAY)["supports"]] == ["counselling"]


def test_what_somebody_wants_comes_first_and_removes_nothing(http: FlaskClient):
    wanted = decide(http, {**THINKING, "help_wanted": ["care"]})["supports"]
    unknown = decide(http, {**THINKING, "help_wanted": ["unknown"]})["supports"]
    assert wanted[0]["id"] == "care"
    assert sorted(each["id"] for each in wanted) == sorted(each["id"] for each in unknown)


def without_texts(value: Any) -> Any:
    """The decision without what a language changes."""
    if isinstance(value, dict):
        ids = {name: each for name, each in value.items() if name not in SAID_IN_WORDS}
        return {name: without_texts(each) for name, each in ids.items()}
    if isinstance(value, list):
        return [without_texts(each) for each in value]
    return value


def texts(value: Any) -> set[str]:
    """Every text of a decision."""
    if isinstance(value, dict):
        own = {value["text"]} if "text" in value else set()
        return own.union(*(texts(each) for each in value.values()))
    return set().union(*(texts(each) for each in value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_languages_change_texts_and_nothing_else(http: FlaskClient, route: Route):
    english, dutch = decide(http, route, "en"), decide(http, route, "nl")
    assert without_texts(english) == without_texts(dutch)
    assert texts(english)
    assert not texts(english) & texts(dutch)


def test_without_a_language_the_texts_are_english(http: FlaskClient):
    answer = http.post("/api/v1/decisions", json={"answers": STAY})
    assert answer.get_json() == decide(http, STAY, "en")


def test_the_browsers_language_does_not_change_the_texts(http: FlaskClient):
    answer = http.post(
        "/api/v1/decisions", json={"answers": STAY}, headers={"Accept-Language": "nl"}
    )
    assert answer.get_json() == decide(http, STAY, "en")


def test_the_order_of_the_answers_changes_nothing(http: FlaskClient):
    assert decide(http, dict(reversed(DECIDED.items()))) == decide(http, DECIDED)


def test_answers_whose_question_is_not_asked_are_ignored_and_named(http: FlaskClient):
    more: Route = {**STAY, "help_wanted": ["goods"], "appeal": "over"}
    decision = decide(http, more)
    assert decision["ignored"] == ["appeal", "help_wanted"]
    assert {**decision, "ignored": []} == decide(http, STAY)


def test_one_decision_leaves_nothing_for_the_next(http: FlaskClient):
    first = decide(http, DECIDED)
    decide(http, FORCED)
    decide(http, {})
    assert decide(http, DECIDED) == first


def test_every_source_has_an_address_and_the_day_of_its_check(http: FlaskClient):
    decision = decide(http, DECIDED)
    sources = [rule["source"] for rule in decision["rules"]]
    sources += [each["contact"]["source"] for each in decision["organisations"] if each["contact"]]
    for source in sources:
        assert source["title"]
        assert source["url"].startswith(("https://", "http://"))
        assert len(source["checked_on"].split("-")) == 3


def test_a_contact_is_never_half_given(http: FlaskClient):
    contacts = [each["contact"] for each in decide(http, DECIDED)["organisations"]]
    assert sum(bool(contact) for contact in contacts) >= 5
    for contact in contacts:
        if contact:
            assert set(contact) & {"website", "phone", "email"}
            assert all(contact.values())


AFGHAN = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "dublin": "no",
    "arranged": "no",
    "new_facts": ["none"],
    "return_choice": "stay",
    "country": "AF",
    "household": "no_children",
    "circumstances": ["none"],
    "residence": "asylum_centre",
}
CHOOSING = {
    **AFGHAN,
    "return_choice": "thinking",
    "vwn_view": "unknown",
    "help_wanted": ["talk"],
}


def kinds(http: FlaskClient, answers: Route) -> set[str]:
    said = decide(http, answers)
    assert said["complete"]
    assert said["country"]["code"] == "AF"
    assert all(each["source"]["checked_on"] == "2026-11-30" for each in said["country"]["facts"])
    return {each["kind"] for each in said["country"]["facts"]}


def test_who_does_not_choose_to_return_reads_only_of_the_stop_and_the_official_page(
    http: FlaskClient,
) -> None:
    assert kinds(http, AFGHAN) == {"moratorium", "more"}
    assert {"embassy", "travel_papers"} <= kinds(http, CHOOSING)


def test_who_is_forced_reads_nothing_of_an_embassy(http: FlaskClient) -> None:
    forced = {**AFGHAN, "arranged": "yes"}
    del forced["return_choice"]
    assert "embassy" not in kinds(http, forced)


@pytest.mark.parametrize("country", ["stateless", "unknown"])
def test_where_no_country_is_named_nothing_is_known_of_one(http: FlaskClient, country: str) -> None:
    assert decide(http, {**AFGHAN, "country": country})["country"] is None

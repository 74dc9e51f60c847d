"""GET /api/v1/questions and /api/v1/openapi.json: the API describes itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.support.api import DECISIONS, OPENAPI, QUESTIONS, Json
from tests.support.journeys import DECIDED, ROUTES, Route
from tests.support.vocabulary import OPTIONS, SEVERAL, nationality_group
from wizard.i18n.languages import languages

ORDER = list(OPTIONS)
TYPES = {"country": "country", **dict.fromkeys(SEVERAL, "several")}


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def document(http: FlaskClient) -> Json:
    answer: Json = http.get(OPENAPI).get_json()
    return answer


def questions(http: FlaskClient, lang: str) -> list[Json]:
    answer = http.get(QUESTIONS, query_string={"lang": lang})
    assert answer.status_code == 200
    assert list(answer.get_json()) == ["questions"]
    found: list[Json] = answer.get_json()["questions"]
    return found


def validator(document: Json, name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return Draft202012Validator(schema)


@pytest.mark.parametrize("lang", languages())
def test_the_questions_have_the_shape_of_the_contract(http: FlaskClient, lang: str):
    found = questions(http, lang)
    assert [each["id"] for each in found] == ORDER
    for each in found:
        assert list(each) == ["id", "text", "help", "type", "options", "asked_when"]
        assert each["type"] == TYPES.get(each["id"], "one")
        assert each["text"]
        assert each["help"]
        for option in each["options"]:
            assert list(option) == ["id", "text"]
            assert option["text"]


def test_every_question_can_be_left_open(http: FlaskClient):
    for each in questions(http, "en"):
        assert "unknown" in [option["id"] for option in each["options"]]


def test_the_questions_in_dutch_differ_in_texts_only(http: FlaskClient):
    for english, dutch in zip(questions(http, "en"), questions(http, "nl"), strict=True):
        assert english["text"] != dutch["text"]
        assert english["help"] != dutch["help"]
        assert english["asked_when"] == dutch["asked_when"]
        ids = [sorted(option["id"] for option in each["options"]) for each in (english, dutch)]
        assert ids[0] == ids[1]


def test_without_a_language_the_questions_are_english(http: FlaskClient):
    answer = http.get(QUESTIONS, headers={"Accept-Language": "nl"})
    assert answer.get_json()["questions"] == questions(http, "en")


def holds(condition: Json, facts: dict[str, Any]) -> bool:
    """What the published form of a condition means."""
    if "fact" in condition:
        value = facts.get(condition["fact"], [])
        return bool({value} & set(condition["is"]) if isinstance(value, str) else value)
    if "not" in condition:
        return not holds(condition["not"], facts)
    if "all" in condition:
        return all(holds(part, facts) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, facts) for part in condition["any"])
    return sum(holds(part, facts) for part in condition["of"]) >= condition["at_least"]


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_the_published_conditions_say_which_questions_are_asked(http: FlaskClient, route: Route):
    group = nationality_group(route["country"])
    facts = {**route, "recorded_view": "none", "country_group": group}
    asked = [each["id"] for each in questions(http, "en") if holds(each["asked_when"], facts)]
    assert asked == list(route)


def test_the_document_names_every_route_of_the_api_with_its_methods(app: Flask, document: Json):
    routes = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    assert document["openapi"].startswith("3.1.")
    assert {(path, name) for path, item in document["paths"].items() for name in item} == routes


def test_every_schema_of_the_document_is_a_schema(document: Json):
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_of_the_document_leads_somewhere(document: Json):
    names = re.findall(r'"\$ref": ?"#/components/schemas/(\w+)"', str(document).replace("'", '"'))
    assert names
    assert set(names) == set(document["components"]["schemas"])


def test_the_document_describes_the_errors_of_the_contract(document: Json):
    answers = document["paths"][DECISIONS]["post"]["responses"]
    assert set(answers) >= {"200", "400", "413", "415", "422", "429"}
    for status, answer in answers.items():
        kind = "application/json" if status == "200" else "application/problem+json"
        assert list(answer["content"]) == [kind]


@pytest.mark.parametrize("lang", languages())
def test_the_questions_are_as_the_document_describes(http: FlaskClient, document: Json, lang: str):
    for each in questions(http, lang):
        assert list(validator(document, "Question").iter_errors(each)) == []


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_good_answers_are_as_the_document_describes(document: Json, route: Route):
    assert list(validator(document, "Answers").iter_errors(route)) == []


@pytest.mark.parametrize(
    "wrong", [{"appeal": "x"}, {"shoe_size": "44"}, {"help_wanted": []}, {"help_wanted": "goods"}]
)
def test_wrong_answers_are_not_as_the_document_describes(
    http: FlaskClient, document: Json, wrong: Json
):
    assert not validator(document, "Answers").is_valid(wrong)
    assert http.post(DECISIONS, json={"answers": wrong}).status_code == 422


def test_a_problem_is_as_the_document_describes(http: FlaskClient, document: Json):
    for answer in (
        http.post(DECISIONS, data=b"{", content_type="application/json"),
        http.post(DECISIONS, json={"answers": {"appeal": "x"}}),
        http.get(DECISIONS),
    ):
        assert list(validator(document, "Problem").iter_errors(answer.get_json())) == []


def test_the_document_names_every_question_and_language(document: Json):
    schemas = document["components"]["schemas"]
    assert list(schemas["Answers"]["properties"]) == ORDER
    assert schemas["Language"]["enum"] == list(languages())
    assert set(DECIDED) <= set(schemas["Answers"]["properties"])

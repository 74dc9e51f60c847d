"""The JSON API as the tests use it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.journeys import Answer

DECISIONS = "/api/v1/decisions"
QUESTIONS = "/api/v1/questions"
OPENAPI = "/api/v1/openapi.json"
PROBLEM = "application/problem+json"

Json = dict[str, Any]


def decide(http: FlaskClient, answers: Mapping[str, Answer], lang: str = "en") -> Json:
    """The decision for the answers."""
    answer = http.post(DECISIONS, json={"answers": answers, "lang": lang})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    decision: Json = answer.get_json()
    return decision


def problem(answer: TestResponse, status: int) -> Json:
    """The problem document (RFC 9457), checked."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.mimetype == PROBLEM
    body: Json = answer.get_json()
    assert set(body) - {"field"} == {"type", "title", "status", "detail"}
    assert body["status"] == status
    assert body["type"]
    assert body["title"]
    assert body["detail"]
    return body


def random_decision(http: FlaskClient, chance: random.Random) -> tuple[dict[str, Answer], Json]:
    """One random way through the questionnaire, asked over the API, and where it ends."""
    asked = {each["id"]: each for each in http.get(QUESTIONS).get_json()["questions"]}
    answers: dict[str, Answer] = {}
    while (name := (decision := decide(http, answers))["next_question"]) is not None:
        answers[name] = random_answer(asked[name], chance)
    return answers, decision


def random_answer(question: Json, chance: random.Random) -> Answer:
    """A random answer to one question as the API describes it."""
    options = [option["id"] for option in question["options"]]
    if question["type"] == "several":
        return chance.sample(options, chance.randint(1, len(options)))
    if question["type"] == "country":
        # One in three from the few whose rules differ, else any.
        return chance.choice(
            [chance.choice(["PL", "VA", "GB", "SY"]), *chance.choices(options, k=2)]
        )
    return str(chance.choice(options))

"""The description of the API (OpenAPI 3.1), made from the questionnaire itself."""

from __future__ import annotations

from typing import Any

from questions import Question, QuestionType
from rules import Policy

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_ERRORS = {
    "400": "The body is not JSON.",
    "405": "Another method is needed; `Allow` names it.",
    "413": "The body is larger than 16 KB.",
    "415": "The body is not application/json.",
    "422": "A question, option or language does not exist, or a value has the wrong type.",
    "429": "Too many requests.",
}


def openapi_document(policy: Policy, tags: tuple[str, ...]) -> Schema:
    """The document; `tags` are the languages as BCP 47."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Terugkeerwijzer",
            "version": policy.version,
            "description": "Which organisations and kinds of help fit a person's answers, and why. "
            "Nothing that is sent is stored or logged.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": {
            "/api/v1/questions": {"get": _get_questions()},
            "/api/v1/decisions": {"post": _post_decisions()},
            "/api/v1/openapi.json": {"get": _get_openapi()},
        },
        "components": {
            "schemas": {
                "Answers": _answers(policy),
                "Language": {"type": "string", "enum": list(tags)},
                "Question": _question(policy),
                "Decision": _decision(policy),
                "Reason": _statement(),
                "Source": _source(),
                "Problem": _problem(),
            }
        },
    }


def _get_questions() -> Schema:
    return {
        "operationId": "questions",
        "summary": "Every question with its options",
        "parameters": [
            {"name": "lang", "in": "query", "required": False, "schema": _ref("Language")}
        ],
        "responses": {
            "200": _json(_object({"questions": _list(_ref("Question"))}), "The questions."),
            "414": _text("The address is longer than the server reads."),
            **_problems("422", "429"),
        },
    }


def _text(description: str) -> Schema:
    """What the server itself answers, before the app is asked: plain text."""
    return {"description": description, "content": {"text/plain": {"schema": _TEXT}}}


def _post_decisions() -> Schema:
    body = _object({"answers": _ref("Answers"), "lang": _ref("Language")}, required=["answers"])
    return {
        "operationId": "decide",
        "summary": "What follows from the answers",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _json(_ref("Decision"), "The decision; without a verdict before the end."),
            **_problems("400", "413", "415", "422", "429"),
        },
    }


def _get_openapi() -> Schema:
    return {
        "operationId": "openapi",
        "summary": "This document",
        "responses": {"200": _json({"type": "object"}, "OpenAPI 3.1."), **_problems("429")},
    }


def _answers(policy: Policy) -> Schema:
    questions = policy.questionnaire.questions
    return _object({question.id: _answer(question) for question in questions}, required=[])


def _answer(question: Question) -> Schema:
    options: Schema = {"type": "string", "enum": list(question.option_ids)}
    if question.type is QuestionType.SEVERAL:
        return {"type": "array", "items": options, "minItems": 1, "uniqueItems": True}
    return options


def _question(policy: Policy) -> Schema:
    return _object(
        {
            "id": _enum(policy.questionnaire.by_id),
            "text": _TEXT,
            "help": _TEXT,
            "type": _enum(QuestionType),
            "options": _list(_object({"id": _TEXT, "text": _TEXT})),
            "asked_when": {"type": "object"},
        }
    )


def _decision(policy: Policy) -> Schema:
    because = _list(_TEXT)
    named = {"text": _TEXT, "because": because}
    organisation = _enum(policy.organisations)
    return _object(
        {
            "complete": {"type": "boolean"},
            "next_question": _or_null(_enum(policy.questionnaire.by_id)),
            "ignored": _list(_enum(policy.questionnaire.by_id)),
            "stage": _or_null(_enum(policy.facts["stage"])),
            "country_view": _or_null(_enum(policy.facts["country_view"])),
            "nationality_group": _or_null(_enum(policy.facts["nationality_group"])),
            "situation": _list(_object({"id": _enum(policy.situations), **named})),
            "organisations": _list(
                _object(
                    {
                        "id": organisation,
                        "role": _enum(policy.roles),
                        **named,
                        "contact": {"type": "object"},
                    }
                )
            ),
            "supports": _list(
                _object(
                    {
                        "id": _enum(policy.supports),
                        "form": _list(_enum(policy.forms)),
                        "certainty": _enum(policy.certainties),
                        "by": _list(organisation),
                        "max_eur": {"type": ["integer", "null"]},
                        "amounts": _list(
                            _object(
                                {
                                    "by": organisation,
                                    "up_to_eur": {"type": "integer"},
                                    "text": _TEXT,
                                    "source": _ref("Source"),
                                }
                            )
                        ),
                        **named,
                    }
                )
            ),
            "next_steps": _list(
                _object(
                    {
                        "id": _enum(policy.steps),
                        **named,
                        "contacts": _list({"type": "object"}),
                    }
                )
            ),
            policy.looked_up_by: _or_null(_country(policy)),
            "would_change": _list(
                _object({"question": _TEXT, "answer": {}, "changes": _list(_TEXT)})
            ),
            "rules": _list(_ref("Reason")),
            "policy": _object({"version": _TEXT, "sha256": _TEXT}),
        }
    )


def _country(policy: Policy) -> Schema:
    day = {"type": ["string", "null"], "format": "date"}
    fact = {
        "kind": _enum(policy.reading.kinds),
        "text": _TEXT,
        "from": day,
        "until": day,
        "source": _ref("Source"),
    }
    return _object({"code": _TEXT, "facts": _list(_object(fact))})


def _statement() -> Schema:
    return _object({"id": _TEXT, "text": _TEXT, "source": _ref("Source")})


def _source() -> Schema:
    day = {"type": "string", "format": "date"}
    return _object(
        {"title": _TEXT, "url": _TEXT, "published": {"type": ["string", "null"]}, "checked_on": day}
    )


def _problem() -> Schema:
    fields = {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT}
    required = list(fields)
    return _object({**fields, "field": _TEXT}, required=required)


def _problems(*statuses: str) -> Schema:
    return {
        status: {
            "description": _ERRORS[status],
            "content": {"application/problem+json": {"schema": _ref("Problem")}},
        }
        for status in statuses
    }


def _json(schema: Schema, description: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _object(properties: Schema, required: list[str] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _enum(values: Any) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}

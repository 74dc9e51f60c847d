"""The JSON API: the questions, and the decision for answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, json, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from questions import AnswerError, Answers, Question, validate_answers
from questions.conditions import as_data
from rules import Decision, Policy
from rules.country_facts import situation_of
from rules.model import Contact, Source
from wizard.api.openapi import openapi_document
from wizard.i18n.languages import SOURCE, Language, languages
from wizard.i18n.texts import texts_of
from wizard.presenters.country import country_answer
from wizard.presenters.explanation import explainer
from wizard.presenters.options import choices
from wizard.presenters.result import Presenter, Reason, Statement, presenter
from wizard.presenters.sources import title_of
from wizard.session.answers import decider
from wizard.web.errors import Problem
from wizard.web.rate_limits import few

api = Blueprint("api", __name__, url_prefix="/api/v1")

LARGEST_BODY = 16 * 1024
"""In bytes."""
DECISIONS_PER_MINUTE = "600 per minute"
"""For one address. Each may be worked out anew, with what would change it."""


@api.get("/questions")
def questions() -> Response:
    """Every question with its options, in one language."""
    language = _language(request.args.get("lang", SOURCE))
    asked = decider().policy.questionnaire.questions
    return jsonify({"questions": [_question(each, language) for each in asked]})


@api.post("/decisions")
@few(DECISIONS_PER_MINUTE)
def decisions() -> Response:
    """The decision for the answers in the body."""
    body = _body()
    language = _language(body.get("lang", SOURCE))
    answers = _answers(body)
    decision = decider().decide(answers, date.today())
    return jsonify(
        _decision(decision, language)
        | {
            "would_change": _would_change(answers, language),
            Policy.looked_up_by: _country(answers, decision, language),
        }
    )


@api.get("/openapi.json")
def openapi() -> Response:
    """The description of this API (OpenAPI 3.1)."""
    return jsonify(openapi_document(decider().policy, tuple(languages())))


def _body() -> dict[str, Any]:
    if request.mimetype != "application/json":
        raise Problem(415, "Unsupported Media Type", "Send application/json.", "Content-Type")
    # One byte more than is taken: of a body that does not tell its size, what is over would be cut.
    request.max_content_length = LARGEST_BODY + 1
    sent = request.get_data(cache=False)
    if len(sent) > LARGEST_BODY:
        raise RequestEntityTooLarge
    try:
        body = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "Bad Request", "The body is not JSON.", "body") from error
    if not isinstance(body, dict):
        raise Problem(422, "Unprocessable Content", "The body must be an object.", "body")
    if set(body) - {"answers", "lang"}:
        detail = "Only `answers` and `lang` are known."
        raise Problem(422, "Unprocessable Content", detail, "body")
    return body


def _language(tag: object) -> Language:
    if not isinstance(tag, str) or tag not in languages():
        raise Problem(422, "Unprocessable Content", "This language is not available.", "lang")
    return languages()[tag]


def _answers(body: dict[str, Any]) -> Answers:
    try:
        return validate_answers(decider().policy.questionnaire, body.get("answers"))
    except AnswerError as error:
        field = "answers" if error.field == "answers" else f"answers.{error.field}"
        raise Problem(422, "Unprocessable Content", error.problem, field) from error


def _question(question: Question, language: Language) -> dict[str, Any]:
    gettext = texts_of(language).gettext
    return {
        "id": question.id,
        "text": gettext(question.text),
        "help": gettext(question.help),
        "type": question.type.value,
        "options": [{"id": name, "text": text} for name, text in choices(question, language)],
        "asked_when": as_data(question.asked_when),
    }


def _decision(decision: Decision, language: Language) -> dict[str, Any]:
    present = presenter(language)
    return {
        "complete": decision.complete,
        "next_question": decision.next_question,
        "ignored": list(decision.ignored),
        "stage": decision.stage,
        "country_view": decision.country_view,
        "nationality_group": decision.nationality_group,
        "situation": [
            {"id": each.id, "text": present.situation(each).text, "because": list(each.because)}
            for each in decision.situation
        ],
        "organisations": list(_organisations(decision, present, language)),
        "supports": list(_supports(decision, present, language)),
        "next_steps": [
            _step(present.step(each), list(each.because), language) for each in decision.next_steps
        ],
        "rules": [_rule(reason, language) for reason in present.reasons(decision.fired)],
        "policy": {"version": decision.policy_version, "sha256": decision.policy_sha256},
    }


def _step(step: Statement, because: list[str], language: Language) -> dict[str, Any]:
    return {
        "id": step.id,
        "text": step.text,
        "because": because,
        "contacts": [
            {"id": each.id, "name": each.name, **_contact(each.contact, language)}
            for each in step.contacts
        ],
    }


def _country(answers: Answers, decision: Decision, language: Language) -> Mapping[str, Any] | None:
    """What is known of the country, for whom the decision is; None where no country was named.

    Before the end no fact is there: who sees which depends on all answers.
    """
    policy = decider().policy
    question = policy.questionnaire.by_id[policy.looked_up_by]
    code = decider().path(answers).answers.get(question.id)
    if not isinstance(code, str) or code not in question.country_codes:
        return None
    if not decision.complete:
        return {"code": code, "facts": []}
    return country_answer(policy, code, situation_of(policy, decision), language, date.today())


def _would_change(answers: Answers, language: Language) -> list[dict[str, Any]]:
    """What would change the decision; nothing before the end."""
    path = decider().path(answers)
    if path.next_question:
        return []
    explain = explainer(language)
    return [
        {
            "question": change.question,
            "answer": change.answer,
            "changes": list(explain.changes(change)),
        }
        for change in decider().explain(path.answers, date.today()).would_change
    ]


def _organisations(
    decision: Decision, present: Presenter, language: Language
) -> Iterable[dict[str, Any]]:
    for assigned in decision.organisations:
        card = present.organisation(assigned)
        yield {
            "id": card.id,
            "role": card.role,
            "text": card.text,
            "because": list(assigned.because),
            "contact": _contact(card.contact, language) if card.contact else {},
        }


def _contact(contact: Contact, language: Language) -> dict[str, Any]:
    """Only what is known; `last_known` names what is not sure, with the year, or null for none."""
    details = {
        "website": contact.website,
        "phone": contact.phone,
        "phone_outside": contact.phone_outside,
        "email": contact.email,
        "hours": texts_of(language).gettext(contact.hours) if contact.hours else None,
    }
    shown: dict[str, Any] = {name: value for name, value in details.items() if value}
    if contact.last_known:
        shown["last_known"] = dict(contact.last_known)
    return {**shown, "source": _source(contact.source, language)}


def _supports(
    decision: Decision, present: Presenter, language: Language
) -> Iterable[dict[str, Any]]:
    for offer in decision.supports:
        card = present.support(offer)
        yield {
            "id": offer.id,
            "form": list(offer.form),
            "certainty": offer.certainty,
            "by": list(offer.by),
            "max_eur": offer.max_eur,
            "amounts": [
                {
                    "by": each.by,
                    "up_to_eur": each.up_to_eur,
                    "text": each.text,
                    "source": _source(each.source, language),
                }
                for each in card.amounts
            ],
            "text": " ".join(filter(None, (card.text, card.amounts_note))),
            "because": list(offer.because),
        }


def _rule(reason: Reason, language: Language) -> dict[str, Any]:
    return {"id": reason.id, "text": reason.text, "source": _source(reason.source, language)}


def _source(source: Source, language: Language) -> dict[str, Any]:
    return {
        "title": title_of(source, language).text,
        "url": source.url,
        "published": source.published,
        "checked_on": source.checked_on.isoformat(),
    }

"""The policy as data, compiled to durable_rules: answers in, a Decision out.

Knows no Flask.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from questions import DataError, validate_answers
from rules.decider import Decider
from rules.decision import Decision, Finding, OrganisationRole, SupportOffer
from rules.explain.explanation import Explanation
from rules.load.policy import load_policy
from rules.model import Policy


@cache
def default_decider() -> Decider:
    """The decider of the policy that ships with this code, loaded once."""
    return Decider(load_policy())


def decide(answers: Mapping[str, object], on: date | None = None) -> Decision:
    """The decision for answers by question id, with the rules that hold `on` that day (today).

    Raises `questions.AnswerError` for a question or option that does not exist.
    """
    decider = default_decider()
    valid = validate_answers(decider.policy.questionnaire, dict(answers))
    return decider.decide(valid, on or date.today())


__all__ = [
    "DataError",
    "Decider",
    "Decision",
    "Explanation",
    "Finding",
    "OrganisationRole",
    "Policy",
    "SupportOffer",
    "decide",
    "default_decider",
    "load_policy",
]

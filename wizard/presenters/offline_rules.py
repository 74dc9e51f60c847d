"""What decides without a network, in no language: the same productions as for durable_rules."""

from __future__ import annotations

from typing import Any

from questions.conditions import AllOf, AnyOf, AtLeast, Condition, Is, Not
from rules import Policy
from rules.engine.compiler import Target
from rules.engine.ruleset import Ruleset
from rules.model import AdviseStep, AssignRole, DescribeSituation, OfferSupport, SetCertainty

Data = dict[str, Any]
"""A part of the table, as JSON has it."""


def lookup_table(policy: Policy) -> Data:
    """What is on record for each answer to the question that is looked up; most have the same."""
    question = policy.questionnaire.by_id[policy.looked_up_by]
    facts = [(answer, dict(policy.lookup({question.id: answer}))) for answer in question.option_ids]
    most = max((each for _, each in facts), key=[each for _, each in facts].count)
    others = {answer: each for answer, each in facts if each != most}
    return {"question": question.id, "most": most, "others": others}


def production_table(compiled: Ruleset) -> list[Data]:
    """What fires when, in the order of the data."""
    return [
        {
            "rule": target.rule.id,
            "layer": compiled.productions[target_id].layer,
            "when": short_condition(compiled.productions[target_id].condition),
            "sets": dict(compiled.productions[target_id].effect),
            "then": _conclusion(target),
        }
        for target_id, target in compiled.targets.items()
    ]


def _conclusion(target: Target) -> list[Any]:
    match target.rule.then:
        case AssignRole(role=role, variant=variant):
            return ["role", target.organisation, role, variant]
        case OfferSupport() as offer:
            by = target.organisation
            terms = (offer.certainty, offer.max_eur, offer.variant)
            return ["support", offer.support, by, *terms]
        case SetCertainty(supports, certainty):
            return ["certainty", certainty, *supports]
        case DescribeSituation(situation, variant):
            return ["situation", situation, variant]
        case AdviseStep(step):
            return ["step", step]
    return ["fact"]


def short_condition(condition: Condition) -> list[Any]:
    """The condition in the short form that `offline.js` reads."""
    match condition:
        case Is(fact, values):
            return ["is", fact, *values]
        case Not(part):
            return ["not", short_condition(part)]
        case AllOf(parts):
            return ["all", *(short_condition(part) for part in parts)]
        case AnyOf(parts):
            return ["any", *(short_condition(part) for part in parts)]
        case AtLeast(count, parts):
            return ["atLeast", count, *(short_condition(part) for part in parts)]

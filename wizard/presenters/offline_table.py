"""All that a browser needs to ask the questions and decide without a network.

Made from the policy as it is compiled for durable_rules: the same productions, in the same layers.
It is the same for everybody who reads the same language, and holds no answer.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from questions import UNKNOWN, Question, QuestionType
from questions.conditions import AllOf, AnyOf, AtLeast, Condition, Is, Not
from rules import Decider, Policy
from rules.engine.compiler import Target
from rules.engine.ruleset import Ruleset
from rules.model import (
    AdviseStep,
    Amount,
    AssignRole,
    Contact,
    DescribeSituation,
    OfferSupport,
    Outcome,
    SetCertainty,
    Wording,
)
from wizard.i18n.countries import country_names
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.presenters.result import euros

Data = dict[str, Any]


@lru_cache(maxsize=32)
def offline_bundle(decider: Decider, language: Language, on: date) -> str:
    """The bundle for one language and the rules that hold on that day, as JSON."""
    bundle = _Bundle(decider.policy, language).of(decider.compiled(on))
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":"))


class _Bundle:
    """The bundle of one policy, in one language."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self._policy = policy
        self._language = language
        self.gettext = texts_of(language).gettext

    def of(self, compiled: Ruleset) -> Data:
        """Everything, with what is compiled for one day."""
        policy, gettext = self._policy, self.gettext
        return {
            "policy": {"version": policy.version, "sha256": policy.sha256},
            "questions": [self._question(each) for each in policy.questionnaire.questions],
            "lookup": _lookup(policy),
            "orderedBy": policy.ordered_by,
            "productions": _productions(compiled),
            "roles": {
                role.id: {"text": gettext(role.text), "gives": role.gives}
                for role in policy.roles.values()
            },
            "organisations": {
                each.id: {
                    "name": each.name,
                    "first": each.first,
                    "roles": {role: gettext(text) for role, text in each.role_texts.items()},
                    "contact": _contact(each.contact),
                }
                for each in policy.organisations.values()
            },
            "supports": {
                each.id: {
                    "label": gettext(each.label),
                    "text": gettext(each.text),
                    "form": list(each.form),
                    "wanted": list(each.wanted_by),
                    "after": each.after_wanted,
                    "variants": {
                        name: [gettext(said.label or each.label), self._filled(said)]
                        for name, said in each.variants.items()
                    },
                }
                for each in policy.supports.values()
            },
            "forms": {name: gettext(text) for name, text in policy.forms.items()},
            "certainties": {name: gettext(text) for name, text in policy.certainties.items()},
            "amounts": [self._amount(amount) for amount in policy.amounts],
            "situations": {each.id: self._situation(each) for each in policy.situations.values()},
            "steps": {each.id: self._step(each) for each in policy.steps.values()},
            "rules": {
                rule.id: [gettext(rule.statement), rule.source.id]
                for rule in {id(t.rule): t.rule for t in compiled.targets.values()}.values()
            },
            "sources": {
                each.id: [each.title, each.url, each.published or "", each.checked_on.isoformat()]
                for each in policy.sources.values()
            },
            "contacts": {
                each.id: {"name": each.name, "contact": _contact(each.contact)}
                for each in policy.contacts.values()
            },
            "unknown": UNKNOWN,
            "words": self._words(),
        }

    def _question(self, question: Question) -> Data:
        gettext = self.gettext
        countries = country_names(question.country_codes, self._language)
        return {
            "id": question.id,
            "type": question.type.value,
            "text": gettext(question.text),
            "help": gettext(question.help),
            "why": gettext(question.why),
            "asked": short_condition(question.asked_when),
            "countries": list(countries) if question.type is QuestionType.COUNTRY else [],
            "options": [[each.id, gettext(each.text), each.exclusive] for each in question.options],
        }

    def _amount(self, amount: Amount) -> Data:
        return {
            "id": amount.id,
            "support": amount.support,
            "by": amount.organisation,
            "rule": amount.rule,
            "when": short_condition(amount.when),
            "text": self.gettext(amount.text).format(amount=euros(amount.up_to_eur)),
            "source": amount.source.id,
        }

    def _situation(self, situation: Outcome) -> dict[str, str]:
        """The text, under no name, and its variants by name."""
        said = {"": situation.wording(None), **situation.variants}
        return {name: self._filled(each) for name, each in said.items() if each.text}

    def _filled(self, said: Wording) -> str:
        """A text with its figure."""
        text = self.gettext(said.text)
        if said.amount is None:
            return text
        return text.format(amount=euros(self._policy.amount_by_id[said.amount].up_to_eur))

    def _step(self, step: Outcome) -> list[Any]:
        text = " ".join(self.gettext(each) for each in (step.text, step.more) if each)
        return [text, list(step.contacts), step.contacts_in_role]

    def _words(self) -> dict[str, str]:
        """The words of the pages themselves."""
        gettext = self.gettext
        return {
            "offline": gettext("You have no internet now. The questions still work."),
            "memory": gettext(
                "Your answers are only in this window. They are gone when you close it."
            ),
            "changed": gettext("The rules have changed. This is the new result."),
            "start": gettext("Start the questions"),
            "again": gettext("Delete my answers and start again"),
            "back": gettext("Back"),
            "continue": gettext("Continue"),
            "why": gettext("Why do we ask this?"),
            "problem": gettext("There is a problem"),
            "choose": gettext("Choose an answer."),
            "chooseOne": gettext("Choose a country"),
            "search": gettext("Type to search"),
            "chosen": gettext("Chosen: %(answer)s", answer="{}"),
            "found": gettext("Countries found: %(count)s", count="{}"),
            "result": gettext("What fits your situation"),
            "information": gettext(
                "This is information. It is not a decision, and nobody is promised anything here."
            ),
            "depends": gettext("What you can get depends on your personal situation."),
            "person": gettext(
                "Your contact person at VWN or a social worker can help you with this."
            ),
            "meaning": gettext("What this means for you"),
            "who": gettext("Who can help you, and who cannot"),
            "what": gettext("What help there can be"),
            "ask": gettext("Ask:"),
            "unsure": gettext("An amount is never sure. It depends on your situation."),
            "now": gettext("What you can do now"),
            "reasons": gettext("Why we say this"),
            "version": gettext("Version of these rules: %(version)s", version=""),
            "checked": gettext("Checked by us: %(date)s", date=""),
            "phone": gettext("Phone"),
            "email": gettext("Email"),
            "website": gettext("Website"),
        }


def _lookup(policy: Policy) -> Data:
    """What is on record for each answer to the question that is looked up; most have the same."""
    question = policy.questionnaire.by_id[policy.looked_up_by]
    facts = [(answer, dict(policy.lookup({question.id: answer}))) for answer in question.option_ids]
    most = max((each for _, each in facts), key=[each for _, each in facts].count)
    others = {answer: each for answer, each in facts if each != most}
    return {"question": question.id, "most": most, "others": others}


def _productions(compiled: Ruleset) -> list[Data]:
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


def _contact(contact: Contact | None) -> Data:
    if contact is None:
        return {}
    details = {"phone": contact.phone, "email": contact.email, "website": contact.website}
    return {name: value for name, value in details.items() if value}

"""All that a browser needs to ask the questions and decide without a network.

It is the same for everybody who reads the same language, and holds no answer. Here stands what is
said; what decides stands in `offline_rules.py`.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from questions import UNKNOWN, Question, QuestionType
from rules import Decider, Policy
from rules.engine.ruleset import Ruleset
from rules.model import Amount, Contact, Outcome, Place, Source, Wording
from wizard.i18n.cldr import euros, long_date, partial_date
from wizard.i18n.countries import country_names
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.presenters.dutch_to_say import dutch_lines
from wizard.presenters.letter import country_lines
from wizard.presenters.offline_rules import (
    Data,
    lookup_table,
    production_table,
    short_condition,
)
from wizard.presenters.places import desks
from wizard.presenters.sources import title_of


@lru_cache(maxsize=32)
def offline_bundle(decider: Decider, language: Language, on: date) -> str:
    """The bundle for one language and the rules that hold on that day, as JSON."""
    bundle = _Bundle(decider.policy, language).of(decider.compiled(on), on)
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":"))


class _Bundle:
    """The bundle of one policy, in one language."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self._policy = policy
        self._language = language
        self.gettext = texts_of(language).gettext

    def of(self, compiled: Ruleset, on: date) -> Data:
        """Everything, with what is compiled for one day."""
        policy, gettext = self._policy, self.gettext
        return {
            "policy": {"version": policy.version, "sha256": policy.sha256},
            "questions": [self._question(each) for each in policy.questionnaire.questions],
            "lookup": lookup_table(policy),
            "orderedBy": policy.ordered_by,
            "productions": production_table(compiled),
            "roles": {
                role.id: {"text": gettext(role.text), "excludes": role.excludes, "card": role.card}
                for role in policy.roles.values()
            },
            "organisations": {
                each.id: {
                    "name": each.name,
                    "first": each.first,
                    "roles": {role: gettext(text) for role, text in each.role_texts.items()},
                    "contact": self._contact(each.contact),
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
                    "note": gettext(each.amounts_note) if each.amounts_note else "",
                    "variants": {
                        name: [gettext(said.label or each.label), self._filled(said)]
                        for name, said in each.variants.items()
                    },
                }
                for each in policy.supports.values()
            },
            "certainties": {name: gettext(text) for name, text in policy.certainties.items()},
            "amounts": [self._amount(amount) for amount in policy.amounts],
            "situations": {each.id: self._situation(each) for each in policy.situations.values()},
            "steps": {each.id: self._step(each) for each in policy.steps.values()},
            "rules": {
                rule.id: [gettext(rule.statement), rule.source.id]
                for rule in {id(t.rule): t.rule for t in compiled.targets.values()}.values()
            },
            "silent": [rule.id for rule in policy.rules if rule.silent],
            "sources": {each.id: self._source(each) for each in policy.sources.values()},
            "placedBy": policy.placed_by,
            "places": [self._place(each) for each in policy.reading.places if each.residence],
            "contacts": {
                each.id: {
                    "name": each.name,
                    "for": gettext(each.what_for),
                    "contact": self._contact(each.contact),
                    "atEnd": each.at_end,
                }
                for each in policy.contacts.values()
            },
            "bring": [
                [gettext(each.text), short_condition(each.when), each.fold]
                for each in policy.checklist
            ],
            "dutch": [[each.dutch, each.means] for each in dutch_lines(self._language)],
            "about": country_lines(policy, self._language, on),
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
            "text": self.gettext(amount.text).format(amount=self._euros(amount)),
            "source": amount.source.id,
        }

    def _euros(self, amount: Amount) -> str:
        return euros(amount.up_to_eur, self._language.tag)

    def _situation(self, situation: Outcome) -> Data:
        """The text, under no name, and its variants by name; each whole and in short."""
        said = {"": situation.wording(None), **situation.variants}
        return {
            "few": situation.few_cards,
            "withStop": situation.with_stop,
            "texts": {
                name: [self._filled(each), self._said(each.short)]
                for name, each in said.items()
                if each.text
            },
        }

    def _said(self, text: str | None) -> str:
        """A text that may be missing: then it is empty."""
        return self.gettext(text) if text else ""

    def _filled(self, said: Wording) -> str:
        """A text with its figure."""
        text = self.gettext(said.text)
        if said.amount is None:
            return text
        return text.format(amount=self._euros(self._policy.amount_by_id[said.amount]))

    def _step(self, step: Outcome) -> Data:
        return {
            "do": self.gettext(step.text),
            "more": self._said(step.more),
            "who": self._said(step.who),
            "fold": self._said(step.fold),
            "contacts": list(step.contacts),
            "role": step.contacts_in_role,
        }

    def _contact(self, contact: Contact | None) -> Data:
        """The details, and how old they are where that is not sure."""
        if contact is None:
            return {}
        details = {
            "phone": contact.phone,
            "phone_outside": contact.phone_outside,
            "email": contact.email,
            "website": contact.website,
        }
        known = {name: value for name, value in details.items() if value}
        ages = {name: self._age(year) for name, year in contact.last_known.items() if name in known}
        hours = {"hours": self.gettext(contact.hours)} if contact.hours else {}
        return {**known, **hours, **({"ages": ages} if ages else {})}

    def _age(self, year: str | None) -> str:
        if year is None:
            return self.gettext("Year unknown")
        return self.gettext("Last known: %(year)s", year=year)

    def _source(self, source: Source) -> list[str]:
        """Its title, its address, the dates in words, and what the page calls itself."""
        tag, gettext = self._language.tag, self.gettext
        dates = [gettext("Checked by us: %(date)s", date=long_date(source.checked_on, tag))]
        if source.published:
            shown = partial_date(source.published, tag)
            dates.insert(0, gettext("Published: %(date)s", date=shown))
        title = title_of(source, self._language)
        own = [title.original.text, title.original.language] if title.original else []
        return [title.text, source.url, " · ".join(dates), *own]

    def _place(self, place: Place) -> Data:
        """A desk for people who stay somewhere: what can be said of it without a network."""
        (desk,) = desks([place], self._language)
        year = self.gettext("Year unknown")
        if place.year:
            year = self.gettext("Last known: %(year)s", year=place.year)
        day = long_date(place.checked_on, self._language.tag)
        checked = self.gettext("Checked by us: %(date)s", date=day)
        return {
            "id": place.id,
            "at": place.residence,
            "step": place.step,
            "name": desk.name,
            "text": desk.text,
            "address": desk.address or "",
            "contact": self._contact(desk.contact),
            "year": " · ".join((desk.site, year, checked)),
        }

    def _words(self) -> dict[str, str]:
        """The words of the pages themselves."""
        gettext = self.gettext
        return {
            "changed": gettext("The rules have changed. This is the new result."),
            "start": gettext("Start the questions"),
            "again": gettext("Delete my answers and start again"),
            "back": gettext("Back"),
            "continue": gettext("Continue"),
            "why": gettext("Why do we ask this?"),
            "choose": gettext("Choose an answer."),
            "chooseOne": gettext("Choose a country"),
            "search": gettext("Type to search"),
            "chosen": gettext("Chosen: %(answer)s", answer="{}"),
            "found": gettext("Countries found: %(count)s", count="{}"),
            "information": gettext("Information, not a decision: it depends on the situation."),
            "meaning": gettext("What this means"),
            "more": gettext("More"),
            "now": gettext("Do this now"),
            "then": gettext("And then"),
            "dutch": gettext("Say in Dutch:"),
            "places": gettext("Places near you"),
            "who": gettext("Who can help"),
            "everybody": gettext("All organisations"),
            "wrong": gettext("A number or an address is wrong"),
            "what": gettext("Possible help"),
            "everything": gettext("All help, and amounts"),
            "nothing": gettext("We found no kind of help that fits these answers."),
            "ask": gettext("Ask:"),
            "unsure": gettext("An amount is never certain. It depends on your situation."),
            "countries": gettext("All countries"),
            "bring": gettext("What to bring"),
            "answers": gettext("Your answers, and why"),
            "change": gettext("Change"),
            "reasons": gettext("Why we say this"),
            "version": gettext("Version of these rules: %(version)s", version=""),
            "phone": gettext("Phone"),
            "outside": gettext("Phone from outside"),
            "email": gettext("Email"),
            "website": gettext("Website"),
        }

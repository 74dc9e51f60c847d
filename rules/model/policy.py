"""The policy itself: everything that a decision rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar

from questions import Answers, Facts, Questionnaire
from rules.model.countries import NO_COUNTRY, NO_GROUP, NO_VIEW, Countries, CountryFacts
from rules.model.help import Amount, ChecklistEntry, Outcome, Support
from rules.model.organisation import ContactPoint, Organisation, Role
from rules.model.reading import Place, Reading
from rules.model.rule import Rule
from rules.model.source import Source
from rules.model.talk import Comparison, Note

NAMED_IN_DECISIONS = ("stage", "country_view", "nationality_group")
"""The derived facts that every decision names."""


@dataclass(frozen=True)
class Policy:
    """Everything that a decision rests on."""

    version: str
    sha256: str
    questionnaire: Questionnaire
    rules: tuple[Rule, ...]
    roles: Mapping[str, Role]
    organisations: Mapping[str, Organisation]
    supports: Mapping[str, Support]
    amounts: tuple[Amount, ...]
    situations: Mapping[str, Outcome]
    steps: Mapping[str, Outcome]
    checklist: tuple[ChecklistEntry, ...]
    countries: Countries
    sources: Mapping[str, Source]
    facts: Mapping[str, tuple[str, ...]]
    """Derived facts with every value that they can have."""
    forms: Mapping[str, str]
    """The words for each form of help: for who edits the policy, shown and translated nowhere."""
    certainties: Mapping[str, str]
    """The words for each certainty of help."""
    lookup_words: Mapping[str, Mapping[str, str]]
    """What each value of a fact that is looked up means, as a sentence, by fact and value."""
    notes: Mapping[str, Note] = field(default_factory=dict)
    """Notes for the talk, by question."""
    comparison: Comparison | None = None
    country_facts: Mapping[str, CountryFacts] = field(default_factory=dict)
    """What is known about return to a country, by its code."""
    reading: Reading = field(default_factory=Reading)
    contacts: Mapping[str, ContactPoint] = field(default_factory=dict)
    """Whom a step can name beside the organisations."""
    checks: tuple[ChecklistEntry, ...] = ()
    """What somebody checks who helps a client."""

    @cached_property
    def amount_by_id(self) -> Mapping[str, Amount]:
        """The amounts by id."""
        return {amount.id: amount for amount in self.amounts}

    @cached_property
    def place_by_id(self) -> Mapping[str, Place]:
        """The desks by id."""
        return {place.id: place for place in self.reading.places}

    def rules_on(self, day: date) -> tuple[Rule, ...]:
        """The rules that hold on this day."""
        return tuple(rule for rule in self.rules if rule.is_valid(day))

    @cached_property
    def rule_by_id(self) -> Mapping[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    looked_up_by: ClassVar[str] = "country"
    """The question whose answer is looked up in countries.toml."""
    placed_by: ClassVar[str] = "residence"
    """The question whose answer a place can be for."""
    ordered_by: ClassVar[str] = "help_wanted"
    """The question whose answers move kinds of help to the front (`wanted_by`)."""

    def lookup(self, answers: Answers) -> Facts:
        """What is on record about the country of the answers; nothing without a country."""
        country = answers.get(self.looked_up_by)
        if not isinstance(country, str):
            return {}
        known = country in self.questionnaire.by_id[self.looked_up_by].country_codes
        view = self.countries.views.get(country)
        flags = {
            name: "yes" if country in countries else "no"
            for name, countries in self.countries.flags.items()
        }
        return {
            "recorded_view": view.view if view else NO_VIEW,
            "country_group": self.countries.groups.get(country, NO_GROUP) if known else NO_COUNTRY,
            **flags,
        }

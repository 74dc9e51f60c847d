"""The policy as frozen objects. Texts are English source texts, translated where shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar

from questions import Answers, Condition, Facts, Questionnaire
from questions.conditions import ALWAYS

NO_VIEW = "none"
NO_GROUP = "other"
NO_COUNTRY = "unknown"
LOOKED_UP: Mapping[str, tuple[str, ...]] = {
    "recorded_view": (NO_VIEW,),
    "country_group": (NO_GROUP, NO_COUNTRY),
}
"""The facts that are looked up for a country, with their values where nothing is on record."""
FLAGS: Mapping[str, tuple[str, ...]] = {"ask_lawyer": ("yes", "no")}
"""Facts that are looked up for a country, which a policy may leave out. Yes for the countries that
countries.toml names under the flag, whatever day it is: a flag ends only when somebody takes it
out."""
NAMED_IN_DECISIONS = ("stage", "country_view", "nationality_group")
"""The derived facts that every decision names."""


@dataclass(frozen=True)
class Source:
    """Where a statement comes from. `checked_on` is the day we last compared our text with it."""

    id: str
    title: str
    url: str
    published: str | None
    checked_on: date
    confidence: str


@dataclass(frozen=True)
class DeriveFact:
    """Conclusion: a derived fact has this value."""

    fact: str
    value: str


@dataclass(frozen=True)
class AssignRole:
    """Conclusion: each of these organisations has this role; `variant` says which text is meant."""

    organisations: tuple[str, ...]
    role: str
    variant: str | None = None


@dataclass(frozen=True)
class OfferSupport:
    """Conclusion: these organisations can give this help, as far as their role lets them.

    `in_role` are the roles in which they do; None where any role that gives will do.
    """

    support: str
    by: tuple[str, ...]
    certainty: str
    max_eur: int | None
    in_role: tuple[str, ...] | None = None
    variant: str | None = None


@dataclass(frozen=True)
class SetCertainty:
    """Conclusion: these kinds of help are this certain, whatever their offers say."""

    supports: tuple[str, ...]
    certainty: str


@dataclass(frozen=True)
class DescribeSituation:
    """Conclusion: this is said about the situation."""

    situation: str
    variant: str | None = None


@dataclass(frozen=True)
class AdviseStep:
    """Conclusion: this is a next step."""

    step: str


Conclusion = DeriveFact | AssignRole | OfferSupport | SetCertainty | DescribeSituation | AdviseStep


@dataclass(frozen=True)
class Rule:
    """One rule. `rank` decides between rules of which only one may conclude: the lowest wins."""

    id: str
    statement: str
    when: Condition
    then: Conclusion
    rank: int
    source: Source
    valid_from: date
    valid_until: date | None
    silent: bool = False
    """Whether no result names it among its reasons: it says that nothing else held."""
    place: str = ""
    """File and key where it stands, for messages about a mistake in it."""

    def is_valid(self, on: date) -> bool:
        """Whether the rule holds on this day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


CARDS = ("never", "promised", "always", "best", "else")
"""Whether an organisation stands open in a result: never; always, also for somebody for whom few
stand open; always; while there is room; where there is nobody else."""


@dataclass(frozen=True)
class Role:
    """A role of an organisation in a result.

    `gives`: it can be named as giver of help. `excludes`: it needs the answers that led to it.
    `no_help`: it gives, but nobody asks for it, as for a forced return. `card`: when who has this
    role stands open in a result, beside who comes first.
    """

    id: str
    text: str
    gives: bool
    excludes: bool
    no_help: bool = False
    card: str = "never"
    """One of `CARDS`."""

    @property
    def helps(self) -> bool:
        """Whether who has this role helps in a way that people ask for."""
        return self.gives and not self.no_help


@dataclass(frozen=True)
class Contact:
    """How to reach somebody: only what a source shows."""

    website: str | None
    phone: str | None
    email: str | None
    source: Source
    hours: str | None = None
    phone_outside: str | None = None
    """For whoever calls from elsewhere, where `phone` is only for people at one place."""
    source_of: Mapping[str, Source] = field(default_factory=dict)
    """The source of a detail, where it has one of its own."""

    @cached_property
    def last_known(self) -> Mapping[str, str | None]:
        """The details that are not sure, with the year of their source, or None for no year."""
        details = ("website", "phone", "phone_outside", "email", "hours")
        sources = {
            name: self.source_of.get(name, self.source) for name in details if getattr(self, name)
        }
        return {
            name: source.published[:4] if source.published else None
            for name, source in sources.items()
            if source.confidence != "H"
        }


@dataclass(frozen=True)
class ContactPoint:
    """Somebody whom a step names and who is no organisation of the result.

    `private`: whoever has their number tells something of themselves.
    """

    id: str
    name: str
    what_for: str
    contact: Contact
    private: bool = False


@dataclass(frozen=True)
class Organisation:
    """One organisation, with what is said for each role that it can have."""

    id: str
    name: str
    full_name: str | None
    what: str
    whom: str
    source: Source
    contact: Contact | None
    role_texts: Mapping[str, str]
    """The text for each role; for a variant of it under `role.variant`."""
    first: bool = False
    """Whether it stands before all others."""
    private_roles: frozenset[str] = frozenset()
    """The keys of `role_texts` that tell something of the person."""

    def is_private(self, role: str, variant: str | None) -> bool:
        """Whether this role tells something of the person."""
        return _key_of_role(role, variant) in self.private_roles

    def role_text(self, role: str, variant: str | None) -> str:
        """What is said for this role."""
        return self.role_texts[_key_of_role(role, variant)]


def _key_of_role(role: str, variant: str | None) -> str:
    return f"{role}.{variant}" if variant else role


@dataclass(frozen=True)
class Wording:
    """One of several texts; `amount` is the id of the figure that {amount} stands for.

    `private`: it tells something of the person, where the other texts do not.
    """

    text: str
    label: str | None = None
    short: str | None = None
    amount: str | None = None
    private: bool = False


@dataclass(frozen=True)
class Support:
    """One kind of help."""

    id: str
    label: str
    text: str
    form: tuple[str, ...]
    certainty: str
    wanted_by: tuple[str, ...]
    source: Source
    after_wanted: bool = False
    """Whether it stands directly after what was wanted."""
    variants: Mapping[str, Wording] = field(default_factory=dict)
    private: bool = False
    """Whether it tells something of the person, whatever it is called."""
    amounts_note: str | None = None
    """What is said beside its figures: for whom they are not. Not beside those of a variant."""

    def is_private(self, variant: str | None) -> bool:
        """Whether it tells something of the person."""
        return self.private or self.wording(variant).private

    def wording(self, variant: str | None) -> Wording:
        """What is said of it."""
        return self.variants[variant] if variant else Wording(self.text, self.label)


@dataclass(frozen=True)
class Amount:
    """A figure, always shown as "up to"; `up_to_eur` in whole euros.

    It is shown with this help when this organisation gives it, the condition holds, and the rule
    fired, where one is named.
    """

    id: str
    support: str
    organisation: str
    rule: str | None
    scheme: str
    up_to_eur: int
    text: str
    source: Source
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Outcome:
    """A text about the situation or a next step.

    Of a step, `text` says what to do, `more` why or what to say, `who` whom to go to, and `fold`
    what only some need. `contacts` are ids of organisations or contacts; with `contacts_in_role`
    they are the organisations that have this role. `private`: it tells something of the person, so
    it stays off what others can find, unless the person wants it there.
    """

    id: str
    text: str
    contacts: tuple[str, ...] = ()
    contacts_in_role: str | None = None
    short: str | None = None
    more: str | None = None
    who: str | None = None
    fold: str | None = None
    private: bool = False
    amount: str | None = None
    sources: tuple[Source, ...] = ()
    variants: Mapping[str, Wording] = field(default_factory=dict)
    few_cards: bool = False
    """Whether only who comes first and who promised help stand open in this situation."""
    with_stop: bool = False
    """Whether a stop on return to the country stands beside it: alone it would say too much."""

    def wording(self, variant: str | None) -> Wording:
        """What is said."""
        if variant:
            return self.variants[variant]
        return Wording(self.text, short=self.short, amount=self.amount)

    def is_private(self, variant: str | None = None) -> bool:
        """Whether it tells something of the person."""
        return self.private or self.wording(variant).private


@dataclass(frozen=True)
class ChecklistEntry:
    """A document to bring, or what a helper checks, and when it is said.

    `fold`: it is advice that can wait. `question`: who checks it can answer this question anew.
    """

    id: str
    text: str
    when: Condition
    source: Source
    fold: bool = False
    question: str | None = None


@dataclass(frozen=True)
class Note:
    """A note for the talk about one question, for somebody who helps a client."""

    means: str
    how_to_ask: str
    letter: str | None
    source: Source


@dataclass(frozen=True)
class ComparisonSide:
    """One of the sides that are compared: answers, and the heading of its column."""

    answers: Answers
    text: str


@dataclass(frozen=True)
class Comparison:
    """Other answers, to be shown side by side, all else being the same."""

    label: str
    text: str
    sides: tuple[ComparisonSide, ...]


@dataclass(frozen=True)
class CountryView:
    """VWN's view of a country, as VWN gave it."""

    view: str
    source: Source
    stated_on: date


@dataclass(frozen=True)
class Countries:
    """What is on record about countries, by ISO 3166-1 alpha-2 code."""

    views: Mapping[str, CountryView]
    groups: Mapping[str, str]
    flags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The countries that a flag names, by flag."""


@dataclass(frozen=True)
class CountryFact:
    """One thing that is known about return to a country, in English and Dutch."""

    kind: str
    text: str
    text_nl: str
    short: str
    """The same in at most 20 words. Of a moratorium it says no more than what everybody may see."""
    short_nl: str
    organisation: str | None
    from_: date | None
    until: date | None
    """The end of the first term of a dated measure."""
    ended: bool
    """Whether a source shows that the measure is over."""
    phrases: tuple[str, ...]
    """The phrases that stand around it, by id."""
    year: int | None
    list_of: str | None
    """The country whose list it is, by code."""
    source: Source
    note: str | None
    """For us: what to look at when it is checked again."""


@dataclass(frozen=True)
class CountryFacts:
    """What is known about one country. `ask_lawyer`: a stop whose end nobody told us."""

    ask_lawyer: bool
    facts: tuple[CountryFact, ...]


@dataclass(frozen=True)
class CountryPhrase:
    """A sentence around facts, and when it stands there: see country_phrases.toml."""

    text: str
    when: str


@dataclass(frozen=True)
class AskedQuestion:
    """One of the questions that people ask most, with its answer."""

    id: str
    text: str
    answer: tuple[str, ...]
    ask: tuple[str, ...]
    """Who can be asked, as sentences."""
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class OpeningHours:
    """Days of the week, Monday is 0, and the times between which a place is open."""

    first_day: int
    last_day: int
    opens: str
    closes: str


@dataclass(frozen=True)
class Place:
    """A desk near a person, as it was last known."""

    id: str
    name: str
    town: str | None
    province: str | None
    """Neither: it is there for the whole country."""
    text: str
    address: str | None
    hours: tuple[OpeningHours, ...]
    phone: str | None
    email: str | None
    website: str | None
    residence: str | None
    """It is only for people who stay there: an answer to where one stays."""
    only_there: bool
    """Whether it stands nowhere but in the results of these people."""
    step: str | None
    """It stands only in results with this step: who does not get it is sent to no desk either."""
    year: int | None
    about: bool
    """Whether the year is what we make of the source's text."""
    urls: tuple[str, ...]
    checked_on: date
    confidence: str
    note: str | None


@dataclass(frozen=True)
class Reading:
    """What can be read without answering anything."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    """What each kind of fact about a country is called, in the order shown."""
    phrases: Mapping[str, CountryPhrase] = field(default_factory=dict)
    asked: tuple[AskedQuestion, ...] = ()
    places: tuple[Place, ...] = ()
    by_region: tuple[str, ...] = ()
    """Answers to where one stays whose results lead to the places by region."""


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
    """The words for each form of help."""
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

"""What must be checked again, when, and whom to ask: sources, contacts, dated facts, places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.country_facts import NEARLY
from rules.model import Contact, CountryFact, Place, Policy, Source

LASTS = {"H": timedelta(days=365), "M": timedelta(days=182)}
"""How long what a source said is taken to hold, by its confidence."""

CONTACT_LASTS = timedelta(days=182)
"""A number or a desk can close on any day, and nobody tells us."""

STOP_LASTS = timedelta(days=31)
"""A stop on decisions or on return: somebody may be sent away because we are late."""

_ASK_IND = "the IND, or a lawyer through VWN"


@dataclass(frozen=True)
class Due:
    """One thing to check again."""

    due: date
    checked_on: date
    what: str
    check: str
    ask: str
    url: str
    note: str | None = None

    def age(self, on: date) -> int:
        """The days since it was checked."""
        return (on - self.checked_on).days

    def is_due(self, on: date) -> bool:
        """Whether the day has come."""
        return self.due <= on


def stale(policy: Policy) -> tuple[Due, ...]:
    """Everything that can become wrong by itself, what is due first at the front."""
    every = (
        *_sources(policy),
        *_contacts(policy),
        *_amounts(policy),
        *_views(policy),
        *_rules(policy),
        *_facts(policy),
        *_asked(policy),
        *_places(policy),
    )
    return tuple(sorted(every, key=lambda each: (each.due, each.what)))


def _lasts(source: Source) -> date:
    return source.checked_on + LASTS[source.confidence]


def _publisher(source: Source) -> str:
    """Who publishes it: the titles of our sources begin with that."""
    return source.title.partition(":")[0]


def _source(what: str, source: Source) -> Due:
    return Due(
        due=_lasts(source),
        checked_on=source.checked_on,
        what=what,
        check="Open the page. Compare our texts with it.",
        ask=_publisher(source),
        url=source.url,
    )


def _sources(policy: Policy) -> Iterator[Due]:
    for name, source in policy.sources.items():
        yield _source(f"source {name}", source)


def _asked(policy: Policy) -> Iterator[Due]:
    """The sources that only the questions that people ask most rest on."""
    seen = set(policy.sources)
    for question in policy.reading.asked:
        for source in question.sources:
            if source.id not in seen:
                seen.add(source.id)
                yield _source(f"source {source.id} (asked: {question.id})", source)


def _contacts(policy: Policy) -> Iterator[Due]:
    for name, organisation in policy.organisations.items():
        if organisation.contact:
            yield _contact(name, organisation.name, organisation.contact)
    for name, point in policy.contacts.items():
        yield _contact(name, point.name, point.contact)


def _contact(name: str, called: str, contact: Contact) -> Due:
    """A contact is as old as the oldest of the sources for its details."""
    source = min((contact.source, *contact.source_of.values()), key=lambda each: each.checked_on)
    return Due(
        due=source.checked_on + CONTACT_LASTS,
        checked_on=source.checked_on,
        what=f"contact {name}",
        check="Call the number, open the website, write to the address.",
        ask=called,
        url=source.url,
    )


def _amounts(policy: Policy) -> Iterator[Due]:
    for amount in policy.amounts:
        yield Due(
            due=amount.source.checked_on + CONTACT_LASTS,
            checked_on=amount.source.checked_on,
            what=f"amount {amount.id} ({amount.up_to_eur} euro)",
            check="Is this still the highest amount, and for the same people?",
            ask=policy.organisations[amount.organisation].name,
            url=amount.source.url,
        )


def _views(policy: Policy) -> Iterator[Due]:
    for code, view in policy.countries.views.items():
        yield Due(
            due=view.stated_on + CONTACT_LASTS,
            checked_on=view.stated_on,
            what=f"view of VWN on {code}",
            check="Is this still VWN's view?",
            ask="VWN",
            url=view.source.url,
        )


def _rules(policy: Policy) -> Iterator[Due]:
    """The rules whose last day is known: what holds on the day after it must be known by then."""
    for rule in policy.rules:
        if rule.valid_until:
            yield Due(
                due=rule.valid_until - NEARLY,
                checked_on=rule.source.checked_on,
                what=f"rule {rule.id} (until {rule.valid_until})",
                check="What holds after its last day?",
                ask=_publisher(rule.source),
                url=rule.source.url,
            )


def _facts(policy: Policy) -> Iterator[Due]:
    for code, known in policy.country_facts.items():
        for number, fact in enumerate(known.facts, start=1):
            yield _fact(policy, f"country {code}, {number}: {fact.kind}", fact)


def _fact(policy: Policy, what: str, fact: CountryFact) -> Due:
    due = _lasts(fact.source)
    if fact.kind == "moratorium" and not fact.ended:
        due = fact.source.checked_on + STOP_LASTS
    if fact.until and not fact.ended:
        due = min(due, fact.until - NEARLY)
    return Due(
        due=due,
        checked_on=fact.source.checked_on,
        what=what,
        check=_what_to_check(fact),
        ask=_whom_to_ask(policy, fact),
        url=fact.source.url,
        note=fact.note,
    )


def _what_to_check(fact: CountryFact) -> str:
    if fact.until and not fact.ended:
        return f"Its first term ended or ends on {fact.until}. Was it made longer, or did it end?"
    match fact.kind:
        case "moratorium":
            return "Is there a stop today, and for whom?"
        case "travel_papers" | "embassy":
            return "Are the papers, the address and the hours still the same?"
        case "programme" | "organisation":
            return "Is this help there today, and for whom?"
        case _:
            return "Open the link. Is it still the right page?"


def _whom_to_ask(policy: Policy, fact: CountryFact) -> str:
    if fact.organisation:
        return policy.organisations[fact.organisation].name
    return _ASK_IND if fact.kind == "moratorium" else "DT&V, IOM"


def _places(policy: Policy) -> Iterator[Due]:
    """Desks: nobody called them yet, so each is due at once."""
    for place in policy.reading.places:
        yield Due(
            due=place.checked_on,
            checked_on=place.checked_on,
            what=f"place {place.id} ({_year(place)})",
            check="Call or open it first. Is it there, for whom, and when?",
            ask=place.phone or place.email or place.website or place.name,
            url=place.urls[0],
            note=place.note,
        )


def _year(place: Place) -> str:
    if place.year is None:
        return "undated"
    return f"about {place.year}" if place.about else str(place.year)

"""What is known about return to a country: who sees which facts, with what said around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import product

from rules.decision import Decision
from rules.model import CountryFact, DeriveFact, Policy

NEARLY = timedelta(days=31)
"""So long before its end a measure is spoken of as one that may be over: letters travel slowly."""

STOP = "moratorium"
"""The kind that speaks of a stop on decisions or on return."""

FOR_EVERYBODY = (STOP, "more")
"""Kinds that also those see who do not choose to return."""

EMBASSY = "embassy"
NEEDS_LAWYER_FIRST = (EMBASSY, "travel_papers")
"""Kinds that lead to the authorities of the country."""

LAWYER_FIRST = "papers_and_embassy"
"""The phrase that says: first your lawyer."""

IN_BRIEF = (STOP, "travel_papers", "programme")
"""Kinds of which a result can say a line or two."""

NO_DATE = "no_date"
"""The phrase that says that a page shows no date."""


@dataclass(frozen=True)
class Situation:
    """What decides which facts a person sees, as the rules derived it."""

    chooses: bool
    """Whether they decided to return, or think about it."""
    forced: bool
    lawyer_first: bool
    """Whether they are afraid, a procedure may run, or they are careful for another reason."""


DERIVED_AS = {"chooses": "chooses", "forced": "forced", "lawyer_first": "careful"}
"""The derived fact behind each part of a situation; it is "yes" or not."""


def situation_of(policy: Policy, decision: Decision) -> Situation:
    """What the rules derived in a complete decision, as far as the facts of a country need it."""
    conclusions = (policy.rule_by_id[name].then for name in decision.fired)
    derived = {each.fact: each.value for each in conclusions if isinstance(each, DeriveFact)}
    return Situation(**{part: derived.get(fact) == "yes" for part, fact in DERIVED_AS.items()})


def every_situation() -> Iterator[Situation]:
    """Each situation there can be."""
    for values in product((False, True), repeat=len(DERIVED_AS)):
        yield Situation(**dict(zip(DERIVED_AS, values, strict=True)))


def facts_behind(situation: Situation) -> Mapping[str, bool]:
    """Which derived facts are "yes" in this situation, in the order of `DERIVED_AS`."""
    parts = asdict(situation)
    return {fact: parts[part] for part, fact in DERIVED_AS.items()}


def shows(policy: Policy, situation: Situation, kind: str) -> bool:
    """Whether people in this situation see facts of this kind, about some country."""
    return any(
        fact.kind == kind and _may_see(fact, situation)
        for known in policy.country_facts.values()
        for fact in known.facts
    )


@dataclass(frozen=True)
class ShownFact:
    """A fact, and what stands around it."""

    fact: CountryFact
    in_short: bool
    """Whether no more than the short form may be shown."""
    phrases: tuple[str, ...]
    """What holds on the day, by id."""
    other_words: tuple[str, ...]
    """What says much of the same for who cannot read the fact, by id."""


def facts_for(policy: Policy, code: str, situation: Situation, on: date) -> tuple[ShownFact, ...]:
    """The facts of a country that belong in the result of a person, those about a stop first.

    Nothing where nothing is known, also for what is no country. Who does not choose to return sees
    only what was said about the stop, forced departure and the lawyer.
    """
    return tuple(
        _shown(
            policy,
            fact,
            on,
            in_short=not situation.chooses and fact.kind != "more",
            lawyer_first=situation.lawyer_first,
        )
        for fact in _in_order(policy, code)
        if _may_see(fact, situation)
    )


def every_fact(policy: Policy, code: str, on: date) -> tuple[ShownFact, ...]:
    """All that is known about a country, for a page that anybody can read."""
    return tuple(
        _shown(policy, fact, on, in_short=False, lawyer_first=False)
        for fact in _in_order(policy, code)
    )


def may_be_over(fact: CountryFact, on: date) -> bool:
    """Whether its term is over, or nearly, and no source shows that it ended."""
    return fact.until is not None and not fact.ended and fact.until - NEARLY <= on


def _in_order(policy: Policy, code: str) -> Iterator[CountryFact]:
    if code in policy.country_facts:
        for kind in policy.reading.kinds:
            yield from (fact for fact in policy.country_facts[code].facts if fact.kind == kind)


def _may_see(fact: CountryFact, situation: Situation) -> bool:
    if fact.kind in FOR_EVERYBODY:
        return True
    return situation.chooses and not (fact.kind == EMBASSY and situation.forced)


def _shown(
    policy: Policy, fact: CountryFact, on: date, *, in_short: bool, lawyer_first: bool
) -> ShownFact:
    when = {"always"} | ({"over"} if may_be_over(fact, on) else set())
    phrases = policy.reading.phrases
    holding = [name for name in fact.phrases if phrases[name].when in when]
    if lawyer_first and fact.kind in NEEDS_LAWYER_FIRST:
        holding.insert(0, LAWYER_FIRST)
    if fact.source.published is None and fact.source.confidence != "H":
        holding.append(NO_DATE)
    other = tuple(name for name in fact.phrases if phrases[name].when == "other_words")
    return ShownFact(fact, in_short, tuple(holding), other)

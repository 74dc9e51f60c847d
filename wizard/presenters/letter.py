"""The result as a letter: what stands open, in which order, and what is folded.

Whoever reads it is in a hurry, and on a phone: what it means, at most three steps with a way to
reach somebody, who helps, what help, the country, what to bring. Everything else is one press away,
and nothing stands open twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from questions import Answers
from rules import Decision, Policy
from rules.checklist import to_bring
from rules.country_facts import (
    DERIVED_AS,
    IN_BRIEF,
    NO_DATE,
    STOP,
    ShownFact,
    Situation,
    every_situation,
    facts_behind,
    facts_for,
    situation_of,
)
from wizard.i18n.countries import country_name
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.presenters.country import FactLine, fact_line, said_once
from wizard.presenters.dutch_to_say import DutchLine, dutch_at
from wizard.presenters.result import OrganisationCard, Result, Statement, StepContact, SupportCard

_MEANINGS = 3
_STEPS = 3
_OTHER_CARDS = 2
_SUPPORTS = 3
_COUNTRY_LINES = 2


@dataclass(frozen=True)
class LetterStep:
    """A step, with what no step above it says already: whom to go to, and how to reach them."""

    step: Statement
    who: str | None
    reach: tuple[StepContact, ...]


@dataclass(frozen=True)
class LetterCard:
    """An organisation that stands open, and its contact where no step has it."""

    card: OrganisationCard
    reach: StepContact | None


@dataclass(frozen=True)
class CountryPart:
    """What is known about return to the country of the answers."""

    name: str
    stop: tuple[FactLine, ...]
    """The line about a stop, where it stands beside what the situation means."""
    brief: tuple[FactLine, ...]
    """The lines that stand open, in their short form."""
    facts: tuple[FactLine, ...]
    """All that may be shown, whole."""


@dataclass(frozen=True)
class Letter:
    """The result in the order in which it is read."""

    meaning: str
    short_meanings: tuple[str, ...]
    more_meanings: tuple[str, ...]
    steps: tuple[LetterStep, ...]
    later_steps: tuple[LetterStep, ...]
    cards: tuple[LetterCard, ...]
    supports: tuple[SupportCard, ...]
    country: CountryPart | None
    bring: tuple[str, ...]
    more_to_bring: tuple[str, ...]
    by_region: bool
    """Whether the places by region can help too."""
    dutch_at: Mapping[str, DutchLine]
    """What to say in Dutch, by the id of who is called."""


class LetterWriter:
    """Writes results of one policy as letters in one language."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self._policy = policy
        self._language = language
        self._say = texts_of(language).gettext

    def letter(self, result: Result, answers: Answers, decision: Decision, on: date) -> Letter:
        """The letter for a complete decision, the answers that led to it, and its result."""
        first, *others = result.situation
        steps = tuple(_with_reach(result.steps))
        named = {each.id for step in steps[:_STEPS] for each in step.reach}
        bring = tuple(to_bring(self._policy, answers, decision))
        cards = tuple(_card(each, named) for each in self.open_cards(result))
        country = self._country(
            answers, decision, on, beside=self._with_stop(result), few=len(cards) > _OTHER_CARDS
        )
        # A stop takes the place of the last of what stands open beside it.
        in_short = others[: _MEANINGS - (2 if country and country.stop else 1)]
        return Letter(
            meaning=first.text,
            short_meanings=tuple(each.short or each.text for each in in_short),
            more_meanings=tuple(each.text for each in others if each.short or each not in in_short),
            steps=steps[:_STEPS],
            later_steps=steps[_STEPS:],
            cards=cards,
            supports=result.supports[:_SUPPORTS],
            country=country,
            bring=tuple(self._say(each.text) for each in bring if not each.fold),
            more_to_bring=tuple(self._say(each.text) for each in bring if each.fold),
            by_region=answers.get(self._policy.placed_by) in self._policy.reading.by_region,
            dutch_at=dutch_at(_called(steps, cards), self._language),
        )

    def open_cards(self, result: Result) -> list[OrganisationCard]:
        """Who comes first, and at most two others by what their roles say of that."""
        cards = [card for group in result.groups for card in group.organisations]
        others = self._others(cards, few=self._few_cards(result))
        return [
            card for card in cards if self._policy.organisations[card.id].first or card in others
        ]

    def _others(self, cards: Iterable[OrganisationCard], *, few: bool) -> list[OrganisationCard]:
        by_kind: dict[str, list[OrganisationCard]] = {}
        for card in cards:
            if not self._policy.organisations[card.id].first:
                by_kind.setdefault(self._policy.roles[card.role].card, []).append(card)
        kinds = ("promised",) if few else ("promised", "always", "best")
        found = list(chain.from_iterable(by_kind.get(kind, ()) for kind in kinds))
        return found[:_OTHER_CARDS] or ([] if few else by_kind.get("else", [])[:1])

    def _few_cards(self, result: Result) -> bool:
        return any(self._policy.situations[each.id].few_cards for each in result.situation)

    def _with_stop(self, result: Result) -> bool:
        """Whether something stands open beside which a stop is spoken of."""
        open_ones = result.situation[: _MEANINGS - 1]
        return any(self._policy.situations[each.id].with_stop for each in open_ones)

    def _country(
        self, answers: Answers, decision: Decision, on: date, *, beside: bool, few: bool
    ) -> CountryPart | None:
        code = answers.get(self._policy.looked_up_by)
        situation = situation_of(self._policy, decision)
        if not isinstance(code, str):
            return None
        shown = facts_for(self._policy, code, situation, on)
        if not shown:
            return None
        said = _brief_lines(self._policy, self._language, shown, situation)
        stop = tuple(line for line in said if beside and line.kind == STOP)
        return CountryPart(
            name=country_name(code, self._language),
            stop=stop,
            brief=_room_for([line for line in said if line not in stop], few=few),
            facts=tuple(said_once(fact_line(self._policy, each, self._language) for each in shown)),
        )


def _room_for(brief: Sequence[FactLine], *, few: bool) -> tuple[FactLine, ...]:
    """The lines about the country for which there is room: a letter must stay short.

    `few` where many organisations stand open: then only a stop is spoken of.
    """
    return tuple(each for each in brief if each.kind == STOP or not few)[:_COUNTRY_LINES]


def country_lines(policy: Policy, language: Language, on: date) -> Mapping[str, Any]:
    """The lines that stand open about each country, for a browser that decides by itself.

    Each line once, as a text and its year; and for each country and for what the rules derived
    (see `situation_key`) which lines those are. `stops` are those about a stop on departure.
    """
    lines: dict[tuple[str, str], int] = {}
    stops: set[int] = set()
    countries: dict[str, dict[str, list[int]]] = {}
    for code in policy.country_facts:
        for situation in every_situation():
            shown = facts_for(policy, code, situation, on)
            if not shown:
                continue
            brief = _brief_lines(policy, language, shown, situation)
            numbers = [lines.setdefault(_said(each, language), len(lines)) for each in brief]
            stops.update(at for at, each in zip(numbers, brief, strict=True) if each.kind == STOP)
            countries.setdefault(code, {})[situation_key(situation)] = numbers
    by = list(DERIVED_AS.values())
    return {"lines": list(lines), "stops": sorted(stops), "by": by, "of": countries}


def situation_key(situation: Situation) -> str:
    """What decides which lines are shown, as a letter for each fact that a browser derives too."""
    return "".join("y" if each else "n" for each in facts_behind(situation).values())


def _said(line: FactLine, language: Language) -> tuple[str, str]:
    """A line as people read it, and the year of its source, where it has one."""
    readable = [each.text for each in line.wordings if not each.is_foreign]
    if not readable:
        return line.around[0].striptags(), ""
    year = (line.source.published or "")[:4] or texts_of(language).gettext("Year unknown")
    return readable[0], year


def _brief_lines(
    policy: Policy, language: Language, shown: Sequence[ShownFact], situation: Situation
) -> tuple[FactLine, ...]:
    brief = _brief(shown, lawyer_first=situation.lawyer_first)
    lines = (fact_line(policy, _dated_by_year(each), language, short=True) for each in brief)
    return tuple(line for line in said_once(lines) if line.around or _is_readable(line))


def _brief(shown: Sequence[ShownFact], *, lawyer_first: bool) -> list[ShownFact]:
    """What stands open: the line about a stop, or else one of each other kind.

    Whoever must ask a lawyer first is not led to papers and programmes by an open line.
    """
    first_of = {
        kind: next((each for each in shown if each.fact.kind == kind), None) for kind in IN_BRIEF
    }
    stop = first_of.pop(STOP)
    if stop or lawyer_first:
        return [stop] if stop else []
    return [each for each in first_of.values() if each]


def _dated_by_year(shown: ShownFact) -> ShownFact:
    """A fact without the sentence that its page has no date: an open line says so in two words."""
    return replace(shown, phrases=tuple(each for each in shown.phrases if each != NO_DATE))


def _is_readable(line: FactLine) -> bool:
    """Whether a line is in the language of the page: no other one stands open."""
    return not any(wording.is_foreign for wording in line.wordings)


def _with_reach(steps: Iterable[Statement]) -> Iterator[LetterStep]:
    named: set[str] = set()
    said: set[str | None] = set()
    for step in steps:
        reach = tuple(each for each in step.contacts if each.id not in named)
        yield LetterStep(step, None if step.who in said else step.who, reach)
        named.update(each.id for each in reach)
        said.add(step.who)


def _called(steps: Sequence[LetterStep], cards: Iterable[LetterCard]) -> Iterator[str]:
    """Whom a button calls: those that stand open first, in their order."""
    yield from _with_phone(each for step in steps[:_STEPS] for each in step.reach)
    yield from _with_phone(card.reach for card in cards)
    yield from _with_phone(each for step in steps[_STEPS:] for each in step.reach)


def _with_phone(reached: Iterable[StepContact | None]) -> Iterator[str]:
    return (each.id for each in reached if each and each.contact.phone)


def _card(card: OrganisationCard, named: set[str]) -> LetterCard:
    if card.contact is None or card.id in named:
        return LetterCard(card, None)
    return LetterCard(card, StepContact(card.id, card.name, None, card.contact))

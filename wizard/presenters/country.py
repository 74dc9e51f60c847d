"""What is known about return to a country, in the words of one language.

The facts are there in English and Dutch. In another language they stand in one of the two, marked
as such, with the sentences around them in the language of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from string import Formatter
from typing import Any

from markupsafe import Markup

from rules.country_facts import NO_DATE, ShownFact, Situation, facts_for
from rules.model import CountryFact, Policy, Source
from wizard.i18n.cldr import long_date
from wizard.i18n.countries import country_name
from wizard.i18n.languages import SOURCE, Language, languages
from wizard.i18n.texts import texts_of

DUTCH = "nl"


@dataclass(frozen=True)
class Wording:
    """A fact in one of the two languages that it has."""

    language: Language
    text: str
    is_foreign: bool
    """Whether the page is in another language: then it is said which one this is."""


@dataclass(frozen=True)
class FactLine:
    """A fact as a page shows it."""

    kind: str
    wordings: tuple[Wording, ...]
    around: tuple[Markup, ...]
    source: Source


def has_facts(language: Language) -> bool:
    """Whether the facts are there in this language."""
    return language.tag in {SOURCE, DUTCH}


def wording_in(language: Language) -> Language:
    """The language in which this one's readers get the facts."""
    return languages()[DUTCH if language.tag == DUTCH else SOURCE]


def fact_line(
    policy: Policy,
    shown: ShownFact,
    language: Language,
    beside: Language | None = None,
    short: bool = False,
) -> FactLine:
    """A fact for a page in `language`, with `beside` next to it; `short` for a result."""
    return FactLine(
        kind=shown.fact.kind,
        wordings=tuple(_wordings(shown, language, beside, short=short or shown.in_short)),
        around=tuple(
            _both(partial(_markup, policy, name, shown.fact), language, beside)
            for name in _around(shown, language)
        ),
        source=shown.fact.source,
    )


def said_once(lines: Iterable[FactLine]) -> Iterator[FactLine]:
    """The same, but what stands around several facts of a page only around the first of them."""
    said: set[Markup] = set()
    for line in lines:
        around = tuple(each for each in line.around if each not in said)
        said.update(around)
        yield FactLine(line.kind, line.wordings, around, line.source)


def page_phrase(
    policy: Policy, name: str, language: Language, beside: Language | None, day: date | None = None
) -> Markup:
    """A phrase about a country as a whole, `beside` next to it; `day` is what it can speak of."""
    text = policy.reading.phrases[name].text

    def said(tongue: Language) -> Markup:
        when = _isolated(long_date(day, tongue.tag)) if day else ""
        return Markup(texts_of(tongue).gettext(text)).format(date=when)

    return _both(said, language, beside)


def country_answer(
    policy: Policy, code: str, situation: Situation, language: Language, on: date
) -> Mapping[str, Any] | None:
    """The `country` of an answer of the API; None for what is no country.

    A text is in one of the two languages of the facts, whole, with what must be said around it.
    """
    question = policy.questionnaire.by_id[policy.looked_up_by]
    if code not in question.country_codes:
        return None
    shown = facts_for(policy, code, situation, on)
    return {"code": code, "facts": [_answer(policy, each, wording_in(language)) for each in shown]}


def _answer(policy: Policy, shown: ShownFact, language: Language) -> Mapping[str, Any]:
    fact, source = shown.fact, shown.fact.source
    # The source says itself that it has no date: `published` is null.
    around = (_plain(policy, name, fact, language) for name in shown.phrases if name != NO_DATE)
    return {
        "kind": fact.kind,
        "text": " ".join([_text(fact, language, short=shown.in_short), *around]),
        "from": fact.from_.isoformat() if fact.from_ else None,
        "until": fact.until.isoformat() if fact.until else None,
        "source": {
            "title": source.title,
            "url": source.url,
            "published": source.published,
            "checked_on": source.checked_on.isoformat(),
        },
    }


def _wordings(
    shown: ShownFact, language: Language, beside: Language | None, *, short: bool
) -> Iterator[Wording]:
    first = wording_in(language)
    # Where only the second language has the facts, they are read in that one.
    if beside and has_facts(beside) and not has_facts(language):
        first = wording_in(beside)
    wanted = [first]
    if beside and has_facts(beside) and beside.tag != first.tag:
        wanted.append(wording_in(beside))
    for each in wanted:
        yield Wording(each, _text(shown.fact, each, short=short), each.tag != language.tag)


def _text(fact: CountryFact, language: Language, *, short: bool) -> str:
    if language.tag == DUTCH:
        return fact.short_nl if short else fact.text_nl
    return fact.short if short else fact.text


def _around(shown: ShownFact, language: Language) -> tuple[str, ...]:
    """What stands around the fact, by id; more of it where the fact itself cannot be read."""
    if has_facts(language):
        return shown.phrases
    return (*shown.other_words, *shown.phrases)


def _both(said: Callable[[Language], Markup], language: Language, other: Language | None) -> Markup:
    """What is said in a language and, where people read together, in the other one."""
    if other is None:
        return said(language)
    second = Markup('<span class="second" lang="{}" dir="{}">{}</span>')
    return said(language) + second.format(other.tag, other.direction, said(other))


def _markup(policy: Policy, name: str, fact: CountryFact, language: Language) -> Markup:
    """A phrase around the fact, for a page."""
    text = policy.reading.phrases[name].text
    values = _values(policy, text, fact, language)
    isolated = {hole: _isolated(value) for hole, value in values.items()}
    return Markup(texts_of(language).gettext(text)).format(**isolated)


def _plain(policy: Policy, name: str, fact: CountryFact, language: Language) -> str:
    """The same for a program."""
    text = policy.reading.phrases[name].text
    return texts_of(language).gettext(text).format(**_values(policy, text, fact, language))


def _values(
    policy: Policy, text: str, fact: CountryFact, language: Language
) -> Mapping[str, object]:
    holes = {hole for _before, hole, _spec, _conversion in Formatter().parse(text) if hole}
    return {hole: _value(policy, hole, fact, language) for hole in holes}


def _value(policy: Policy, hole: str, fact: CountryFact, language: Language) -> object:
    """What the loader found to be there for this hole."""
    match hole:
        case "from" | "until":
            day = fact.from_ if hole == "from" else fact.until
            return long_date(day, language.tag) if day else ""
        case "list_country":
            return country_name(fact.list_of or "", language)
        case "year":
            return fact.year
        case _:
            return policy.organisations[fact.organisation or ""].name


def _isolated(value: object) -> Markup:
    return Markup("<bdi>{}</bdi>").format(value)

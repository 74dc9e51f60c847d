"""Load what is known about return to each country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter

from questions.text_files import own_files
from questions.toml_reader import Table, read
from rules.load.sources import load_source
from rules.model import CountryFact, CountryFacts, CountryPhrase, Reading

ORGANISATION, MORATORIUM = "organisation", "moratorium"
"""Kinds that say who it was, and that people read who do not choose to return."""

MOST_WORDS = 20
"""Of a short form: a result is read on a phone, by people in a hurry."""

_JUDGES = re.compile(r"\b(un)?(safe|safer|safety)\b|\b(on)?veilige?r?(heid)?\b", re.IGNORECASE)
_TEXTS = ("text_en", "text_nl", "short_en", "short_nl")
_TITLES_IN = "en"
"""The facts are said in two languages in the data itself: their sources keep the titles there."""

_FILLED_BY = {
    "from": "from",
    "until": "until",
    "year": "year",
    "list_country": "list_of",
    "organisation": "organisation",
}
"""What fills each hole of a phrase about a fact."""


def load_country_facts(
    folder: Path, reading: Reading, codes: tuple[str, ...], organisations: tuple[str, ...]
) -> Mapping[str, CountryFacts]:
    """The facts by country, from every file of the folder.

    Raises `questions.DataError` with file and key. A former policy has no such folder: it knows
    nothing about any country.
    """
    names = _Known(reading, codes, organisations)
    known: dict[str, CountryFacts] = {}
    used: set[str] = set()
    last: Table | None = None
    for path in own_files(folder, ".toml"):
        last = read(path)
        last.only("checked_on", "country")
        checked_on = last.day("checked_on")
        if not last.table("country").values:
            last.fail("at least one country is needed", "country")
        for code, table in last.table("country").tables():
            if code not in codes:
                table.fail("no country has this code")
            if code in known:
                table.fail("this country stands in another file already")
            known[code] = _country(code, table, checked_on, names)
            used.update(name for fact in known[code].facts for name in fact.phrases)
    if last is not None:
        _refuse_unused(last, reading.phrases, used)
    return known


def _refuse_unused(file: Table, phrases: Mapping[str, CountryPhrase], used: set[str]) -> None:
    for name, phrase in phrases.items():
        if phrase.when != "page" and name not in used:
            file.fail(f"no fact names the phrase `{name}` of country_phrases.toml", "country")


@dataclass(frozen=True)
class _Known:
    """What facts may name."""

    reading: Reading
    codes: tuple[str, ...]
    organisations: tuple[str, ...]


def _country(code: str, table: Table, checked_on: date, names: _Known) -> CountryFacts:
    table.only("ask_lawyer", "fact")
    facts: list[CountryFact] = []
    said: set[str] = set()
    for number, row in enumerate(table.rows("fact"), start=1):
        fact = _fact(f"{code}.{number}", row, checked_on, names)
        if fact.text in said:
            row.fail("another fact of this country says the same", "text_en")
        said.add(fact.text)
        facts.append(fact)
    if not facts:
        table.fail("at least one fact is needed; leave a country without any out", "fact")
    return CountryFacts(table.flag("ask_lawyer"), tuple(facts))


def _fact(place: str, row: Table, checked_on: date, names: _Known) -> CountryFact:
    reading = names.reading
    row.only(
        *("kind", "organisation", "ended", *_TEXTS, "from", "until", "phrases", "year"),
        *("list_of", "title", "url", "published", "checked_on", "confidence", "note"),
    )
    kind = row.one_of("kind", tuple(reading.kinds))
    if (kind == ORGANISATION) != ("organisation" in row.values):
        row.fail("a fact of the kind `organisation` names one, and no other does", "organisation")
    fact = CountryFact(
        kind=kind,
        text=_text(row, "text_en"),
        text_nl=_text(row, "text_nl"),
        short=_short(row, "short_en"),
        short_nl=_short(row, "short_nl"),
        organisation=row.one_of("organisation", names.organisations)
        if kind == ORGANISATION
        else None,
        from_=row.optional_day("from"),
        until=row.optional_day("until"),
        ended=row.flag("ended"),
        phrases=row.some_of("phrases", _around_facts(reading)),
        year=row.whole_number("year") if "year" in row.values else None,
        list_of=row.one_of("list_of", names.codes) if "list_of" in row.values else None,
        source=load_source(place, row, checked_on, _TITLES_IN),
        note=row.optional_text("note"),
    )
    _check_term(row, fact)
    _check_phrases(row, fact, reading)
    return fact


def _around_facts(reading: Reading) -> tuple[str, ...]:
    return tuple(name for name, phrase in reading.phrases.items() if phrase.when != "page")


def _text(row: Table, key: str) -> str:
    """A text that leaves it to others whether a country is safe."""
    text = row.text(key)
    if _JUDGES.search(text):
        row.fail("we do not say whether a country is safe", key)
    return text


def _short(row: Table, key: str) -> str:
    text = _text(row, key)
    if len(text.split()) > MOST_WORDS:
        row.fail(f"at most {MOST_WORDS} words", key)
    return text


def _check_term(row: Table, fact: CountryFact) -> None:
    if fact.from_ and not fact.until:
        row.fail("a dated measure needs its end, or nobody would know that it is over", "until")
    if fact.from_ and fact.until and fact.until <= fact.from_:
        row.fail("the measure ends before it begins", "from, until")
    if fact.ended and not fact.until:
        row.fail("only a measure with an end, `until`, can be over", "ended")


def _check_phrases(row: Table, fact: CountryFact, reading: Reading) -> None:
    """A measure that may be over says so, and every hole of a phrase can be filled."""
    of_end = [name for name in fact.phrases if reading.phrases[name].when == "over"]
    if fact.ended and of_end:
        row.fail(f"the measure has ended, so `{of_end[0]}` is not true", "phrases")
    if fact.until and not fact.ended and not of_end:
        row.fail("a measure that is not known to have ended needs a phrase that says so", "phrases")
    wanted = {_FILLED_BY[hole] for name in fact.phrases for hole in _holes(reading, name)}
    for key in sorted(wanted):
        if key not in row.values:
            row.fail("one of its phrases needs this", key)
    for key in ("year", "list_of"):
        if key in row.values and key not in wanted:
            row.fail("none of its phrases says it", key)


def _holes(reading: Reading, name: str) -> Iterator[str]:
    parts = Formatter().parse(reading.phrases[name].text)
    return (hole for _before, hole, _spec, _conversion in parts if hole)

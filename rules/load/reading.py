"""Load what can be read without answering: the phrases around facts, the ten questions, places."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

from questions import Question, Questionnaire
from questions.toml_reader import Table, read
from rules.load.contacts import email_of, phone_of, website_of
from rules.load.sources import Sources, load_sources, web_address
from rules.load.wordings import load_words
from rules.model import AskedQuestion, CountryPhrase, OpeningHours, Place, Policy, Reading, Source

PAGE_PHRASES = (
    *("no_date", "nothing_found", "nothing_found_on_this", "vwn_view_unknown", "vwn_view_given"),
    *("papers_and_embassy", "what_this_page_is_not"),
)
"""Phrases that the program itself puts on a page about a country."""

OLDEST_YEAR = 2020
"""A desk that was last seen before it is left out: it sends people to a closed door."""

_WHEN = ("always", "over", "other_words", "page")
_OF_FACTS = frozenset({"from", "until", "year", "list_country", "organisation"})
_OF_PAGES = frozenset({"date"})
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_HOURS = rf"({'|'.join(_DAYS)})(-({'|'.join(_DAYS)}))? {_TIME}-{_TIME}"


def load_reading(folder: Path, sources: Sources, questionnaire: Questionnaire) -> Reading:
    """Everything of this kind below the folder of a policy.

    Raises `questions.DataError` with file and key. A former policy has none of these files: it is
    only asked for decisions.
    """
    phrases, asked = folder / "country_phrases.toml", folder / "asked.toml"
    places = read(folder / "places.toml") if (folder / "places.toml").exists() else None
    residence = questionnaire.by_id.get(Policy.placed_by)
    kinds: Mapping[str, str] = {}
    known: Mapping[str, CountryPhrase] = {}
    if phrases.exists():
        file = read(phrases)
        file.only("kind", "phrase")
        kinds = load_words(file.table("kind"), "label")
        known = _phrases(file.table("phrase"))
    return Reading(
        kinds=kinds,
        phrases=known,
        asked=_asked(read(asked), sources) if asked.exists() else (),
        places=_places(places, residence) if places else (),
        by_region=_by_region(places, residence) if places else (),
    )


def _phrases(file: Table) -> Mapping[str, CountryPhrase]:
    phrases = {}
    for name, table in file.tables_by_id():
        table.only("when", "text")
        when = table.one_of("when", _WHEN)
        if (when == "page") != (name in PAGE_PHRASES):
            table.fail("the program shows this phrase on another occasion", "when")
        text = table.text("text")
        for _before, hole, _spec, _conversion in Formatter().parse(text):
            if hole is not None and hole not in (_OF_PAGES if when == "page" else _OF_FACTS):
                table.fail(f"nothing fills {{{hole}}}", "text")
        phrases[name] = CountryPhrase(text, when)
    for name in PAGE_PHRASES:
        if name not in phrases:
            file.fail("is missing; the pages about countries need it", name)
    return phrases


def _asked(file: Table, sources: Sources) -> tuple[AskedQuestion, ...]:
    file.only("source", "who", "question")
    own = load_sources(file.table("source"))
    for name in own:
        if name in sources:
            file.fail("sources.toml has a source with this id", f"source.{name}")
    who = load_words(file.table("who"))
    known = {**sources, **own}
    asked = tuple(
        _question(name, table, who, known) for name, table in file.table("question").tables_by_id()
    )
    used = {source.id for question in asked for source in question.sources}
    for name in own:
        if name not in used:
            file.fail("no answer rests on it", f"source.{name}")
    for name, sentence in who.items():
        if all(sentence not in question.ask for question in asked):
            file.fail("no answer names them", f"who.{name}")
    return asked


def _question(
    name: str, table: Table, who: Mapping[str, str], sources: Mapping[str, Source]
) -> AskedQuestion:
    table.only("label", "sources", "ask", "sentence")
    rows = list(table.rows("sentence"))
    for row in rows:
        row.only("text")
    if not rows:
        table.fail("an answer is needed", "sentence")
    return AskedQuestion(
        id=name,
        text=table.text("label"),
        answer=tuple(row.text("text") for row in rows),
        ask=tuple(who[each] for each in table.at_least_one_of("ask", tuple(who))),
        sources=tuple(sources[each] for each in table.at_least_one_of("sources", tuple(sources))),
    )


_PAGE = "page"
"""The one table of places.toml that is no place."""


def _places(file: Table, residence: Question | None) -> tuple[Place, ...]:
    tables = {key: value for key, value in file.values.items() if key != _PAGE}
    known = Table(file.file, file.key, tables)
    return tuple(_place(name, table, residence) for name, table in known.tables_by_id())


def _by_region(file: Table, residence: Question | None) -> tuple[str, ...]:
    page = file.table(_PAGE)
    page.only("by_region")
    return page.some_of("by_region", tuple(residence.option_ids) if residence else ())


def _place(name: str, table: Table, residence: Question | None) -> Place:
    table.only(
        *("name", "town", "province", "text", "address", "hours", "phone", "email", "website"),
        *("residence", "only_there", "step", "year", "about", "urls", "checked_on"),
        *("confidence", "note"),
    )
    if ("town" in table.values) != ("province" in table.values):
        table.fail("a place has a town and a province, or is for the whole country", "province")
    if "residence" in table.values and residence is None:
        table.fail(f"no question is called `{Policy.placed_by}`", "residence")
    options = residence.option_ids if residence else ()
    for_some = "residence" in table.values
    place = Place(
        id=name,
        name=table.text("name"),
        town=table.optional_text("town"),
        province=table.optional_text("province"),
        text=table.text("text"),
        address=table.optional_text("address"),
        hours=tuple(_hours(table, text) for text in table.texts("hours")),
        phone=phone_of(table),
        email=email_of(table),
        website=website_of(table),
        residence=table.one_of("residence", tuple(options)) if for_some else None,
        only_there=table.flag("only_there"),
        step=table.optional_text("step"),
        year=table.whole_number("year") if "year" in table.values else None,
        about=table.flag("about"),
        urls=_urls(table),
        checked_on=table.day("checked_on"),
        confidence=table.one_of("confidence", ("H", "M")),
        note=table.optional_text("note"),
    )
    _refuse_what_may_be_gone(table, place)
    return place


def _urls(table: Table) -> tuple[str, ...]:
    urls = table.some_texts("urls")
    for url in urls:
        web_address(Table(table.file, table.key, {"urls": url}), "urls")
    return urls


def _hours(table: Table, text: str) -> OpeningHours:
    Table(table.file, table.key, {"hours": text}).text_like(
        "hours", _HOURS, "days and times such as Mo-Fr 10:00-12:00"
    )
    days, times = text.split(" ")
    first, _, last = days.partition("-")
    opens, closes = times.split("-")
    hours = OpeningHours(_DAYS.index(first), _DAYS.index(last or first), opens, closes)
    if hours.last_day < hours.first_day or hours.closes <= hours.opens:
        table.fail(f"`{text}` ends before it begins", "hours")
    return hours


def _refuse_what_may_be_gone(table: Table, place: Place) -> None:
    if place.only_there and not place.residence:
        table.fail("only a place for people who stay somewhere, `residence`, can be", "only_there")
    if place.step and not place.only_there:
        table.fail("only a place that stands in results alone, `only_there`, can have one", "step")
    if place.about and not place.year:
        table.fail("says how sure we are of a year, and there is none", "about")
    if place.year is None and place.confidence != "H" and not place.website:
        table.fail("without a year or a website nobody can see whether it is still there", "year")
    if place.year is not None and place.year < OLDEST_YEAR:
        table.fail(f"is before {OLDEST_YEAR}: leave the place out until somebody called", "year")
    if place.year is not None and place.year > place.checked_on.year:
        table.fail("the year is after the day on which we checked it", "year, checked_on")

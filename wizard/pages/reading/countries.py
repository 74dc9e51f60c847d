"""What is known about return to each country.

The title of these pages names no country: it stays in the history of the browser.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from rules import Policy
from rules.country_facts import FOR_EVERYBODY, NEEDS_LAWYER_FIRST, every_fact
from wizard.i18n.countries import country_name, country_names
from wizard.i18n.languages import current, second
from wizard.pages.blueprint import pages
from wizard.policy_in_force import decider
from wizard.presenters.country import FactLine, fact_line, has_facts, page_phrase, said_once
from wizard.templating.page_cache import cached_page

_LISTS = 32
_COUNTRIES = 128
"""How many pages the cache holds, the last that were asked for."""


_NO_HELP = "unsafe"
"""The view of VWN with which it does not help with return."""


@dataclass(frozen=True)
class Country:
    """A country in the list."""

    code: str
    name: str
    beside: str
    """Its name in the second language, where there is one."""
    facts: int


@dataclass(frozen=True)
class Section:
    """The facts of one kind."""

    kind: str
    label: str
    facts: tuple[FactLine, ...]


@pages.get("/<lang>/countries")
@cached_page(most=_LISTS)
def country_list() -> str:
    """Every country, and about which of them something is known."""
    by_letter = groupby(_countries(), lambda each: _letter(each.name))
    letters = [(letter, list(each)) for letter, each in by_letter]
    return render_template("reading/countries.html", letters=letters)


@pages.get("/<lang>/countries/<code>")
def one_country(code: str) -> ResponseReturnValue:
    """What is known about one country, by its code in small or capital letters."""
    if code.upper() not in _codes(decider().policy):
        abort(404)
    # The day decides what is said of a measure that may be over.
    return _country_page(code.upper(), date.today())


@cached_page(most=_COUNTRIES)
def _country_page(code: str, on: date) -> str:
    policy, language, other = decider().policy, current(), second()
    return render_template(
        "reading/facts.html",
        name=country_name(code, language),
        beside_name=country_name(code, other) if other else "",
        words=policy.lookup_words["recorded_view"],
        no_help=_NO_HELP,
        view=policy.countries.views.get(code),
        sections=_sections(policy, code, on),
        anything=code in policy.country_facts,
        needs_lawyer_first=NEEDS_LAWYER_FIRST,
        phrase=partial(_phrase, policy),
        is_foreign=not has_facts(language),
    )


def _phrase(policy: Policy, name: str, day: date | None = None) -> Markup:
    return page_phrase(policy, name, current(), second(), day)


def _codes(policy: Policy) -> tuple[str, ...]:
    return policy.questionnaire.by_id[policy.looked_up_by].country_codes


def _countries() -> Iterator[Country]:
    policy, other = decider().policy, second()
    codes = _codes(policy)
    beside = dict(country_names(codes, other)) if other else {}
    for code, name in country_names(codes, current()):
        known = policy.country_facts.get(code)
        yield Country(code, name, beside.get(code, ""), len(known.facts) if known else 0)


def _letter(name: str) -> str:
    """The letter under which a name stands, without its accents."""
    return unicodedata.normalize("NFD", name)[0].upper()


def _sections(policy: Policy, code: str, on: date) -> list[Section]:
    shown = (fact_line(policy, each, current(), second()) for each in every_fact(policy, code, on))
    lines = list(said_once(shown))
    sections = [
        Section(kind, label, tuple(line for line in lines if line.kind == kind))
        for kind, label in policy.reading.kinds.items()
    ]
    # That we know of no stop is no word about one: only what can be asked for is named as missing.
    return [each for each in sections if each.facts or each.kind not in FOR_EVERYBODY]

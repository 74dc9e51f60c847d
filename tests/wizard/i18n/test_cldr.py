"""The small tables say what Babel says: of every country, day and list."""

from __future__ import annotations

import ast
import gzip
import json
import re
import subprocess
import sys
import unicodedata
from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency

from rules import default_decider
from wizard.i18n import cldr
from wizard.i18n.build_cldr import NAMES, in_order, names_file, table
from wizard.i18n.languages import languages

TAGS = list(languages())
IN_CLDR = [(tag, each.cldr) for tag, each in languages().items()]
LOCALES = [(tag, each.locale) for tag, each in languages().items()]
ITEMS = ["{0}", "b %", "c", "d", "e"]


@pytest.mark.parametrize(("tag", "in_cldr"), IN_CLDR)
def test_the_table_is_as_babel_has_it_now(tag: str, in_cldr: str):
    written = json.loads((cldr.TABLES / f"{tag}.json").read_text(encoding="utf-8"))
    assert written == table(in_cldr), "run: python -m wizard.i18n.build_cldr"


@pytest.mark.parametrize(("tag", "in_cldr"), IN_CLDR)
def test_countries_stand_in_the_order_of_the_alphabet(tag: str, in_cldr: str):
    written = cldr.conventions(tag).territories
    assert list(in_order(in_cldr, dict(sorted(written.items())))) == list(written)


@pytest.mark.parametrize(
    ("tag", "first", "then"),
    [
        ("en", "AX", "AL"),  # Åland Islands, Albania
        ("uk", "IQ", "JO"),  # Ірак, Йорданія
        ("uk", "EG", "ZM"),  # Єгипет, Замбія
        ("fa", "PK", "TJ"),  # پاکستان, تاجیکستان
        ("prs", "PK", "TJ"),  # پاکستان, تاجکستان
        ("tr", "DZ", "TD"),  # Cezayir, Çad: ç is a letter of its own, after c
        ("tr", "TD", "DK"),  # Çad, Danimarka
        ("ru", "ET", "JM"),  # Эфиопия, Ямайка
    ],
)
def test_somebody_finds_their_country_where_their_alphabet_has_it(tag: str, first: str, then: str):
    codes = list(cldr.conventions(tag).territories)
    assert codes.index(first) < codes.index(then)


def test_the_names_to_search_with_are_as_their_sources_have_them_now():
    assert NAMES.read_text(encoding="utf-8") == names_file(), (
        "run: python -m wizard.i18n.build_cldr"
    )


def plain(name: str) -> str:
    letters = (each for each in unicodedata.normalize("NFKD", name) if each.isalnum())
    return "".join(letters).lower()


@pytest.mark.parametrize("tag", TAGS)
def test_every_country_is_found_by_its_name_in_every_language(tag: str):
    searched = json.loads(NAMES.read_text(encoding="utf-8"))["names"]
    territories = cldr.conventions(tag).territories
    assert set(searched) == set(
        default_decider().policy.questionnaire.by_id["country"].country_codes
    )
    for code, names in searched.items():
        assert plain(territories[code]) in map(plain, names)


def test_the_names_to_search_with_cost_at_most_what_a_touch_of_the_field_may():
    assert len(gzip.compress(NAMES.read_bytes())) <= 30_000


@pytest.mark.parametrize("tag", TAGS)
def test_every_country_of_the_policy_has_a_name(tag: str):
    by_id = default_decider().policy.questionnaire.by_id
    codes = {code for question in by_id.values() for code in question.country_codes}
    assert codes
    assert codes <= cldr.conventions(tag).territories.keys()


@pytest.mark.parametrize(("tag", "locale"), LOCALES)
def test_every_day_of_a_year_is_written_as_babel_writes_it(tag: str, locale: Locale):
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(days=number)
        assert cldr.long_date(day, tag) == format_date(day, "long", locale=locale)


@pytest.mark.parametrize("style", ["standard", "or"])
@pytest.mark.parametrize(("tag", "locale"), LOCALES)
def test_lists_of_any_length_are_joined_as_babel_joins_them(
    tag: str, locale: Locale, style: cldr.ListStyle
):
    for length in range(len(ITEMS) + 1):
        items = ITEMS[:length]
        assert cldr.listed(items, tag, style) == format_list(items, style, locale=locale)


def test_dari_has_the_months_and_the_country_names_of_afghanistan():
    """Also where the tag, as in Dari, is none of CLDR's; the digits are those of Dutch letters."""
    assert cldr.long_date(date(2026, 11, 30), "prs") == "30 نومبر 2026"
    assert cldr.long_date(date(2026, 11, 30), "fa") == "30 نوامبر 2026"
    dari, persian = cldr.conventions("prs").territories, cldr.conventions("fa").territories
    assert (dari["NL"], persian["NL"]) == ("هالند", "هلند")
    assert (dari["SE"], persian["SE"]) == ("سویدن", "سوئد")


@pytest.mark.parametrize("amount", [0, 40, 999, 1000, 2_800, 1_234_567])
@pytest.mark.parametrize(("tag", "locale"), LOCALES)
def test_an_amount_is_written_as_babel_writes_it_and_never_broken(
    tag: str, locale: str, amount: int
):
    written = cldr.euros(amount, tag)
    cents = format_currency(amount, "EUR", locale=locale, numbering_system="latn")
    assert written == f"\u2068{re.sub(r'[.,]00(?![0-9])', '', cents)}\u2069"
    assert " " not in written


@pytest.mark.parametrize(("tag", "locale"), LOCALES)
def test_a_month_is_written_as_babel_writes_it_and_a_year_stays(tag: str, locale: str):
    for month in range(1, 13):
        wanted = format_skeleton("yMMMM", date(2025, month, 1), locale=locale)
        assert cldr.partial_date(f"2025-{month:02}", tag) == wanted
    assert cldr.partial_date("2025", tag) == "2025"
    assert cldr.partial_date("2025-03-04", tag) == cldr.long_date(date(2025, 3, 4), tag)


_WORKER = """
import sys
from tests.support.answers.people import LONG
from tests.support.question_addresses import ClientByIds
from cryptography.fernet import Fernet
from wizard import create_app
from wizard.settings import read_settings

settings = read_settings({"COOKIE_KEYS": Fernet.generate_key().decode()})
app = create_app(settings)
app.config["TEST_KEYS"] = settings.cookie_keys
app.test_client_class = ClientByIds
visitor = app.test_client()
for question, answer in LONG.items():
    assert visitor.get(f"/ar/check/{question}").status_code == 200
    assert visitor.post(f"/ar/check/{question}", data={"answer": answer}).status_code == 303
for page in ("", "result", "rules", "flow", "privacy"):
    assert visitor.get(f"/ar/{page}").status_code == 200
import babel.core, babel.localedata
print([name for name in ("numpy", "weasyprint", "babel.messages.catalog") if name in sys.modules])
print(sorted(babel.localedata._cache), babel.core._global_data is None)
"""


def test_a_worker_that_served_pages_holds_neither_locale_data_nor_what_only_tools_need():
    run = subprocess.run(
        [sys.executable, "-c", _WORKER], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.split("\n")[:2] == ["[]", "[] True"]


@pytest.mark.parametrize(("tag", "locale"), LOCALES)
def test_each_language_has_its_own_days_of_the_week(tag: str, locale: Locale):
    """Seven of them; asked of Babel for this language alone, as it can mix up languages."""
    days = cldr.conventions(tag).days
    assert len(set(days)) == 7
    days_of = f"Locale.parse({str(locale)!r}).days['format']['wide']"
    program = f"from babel import Locale\nprint(dict({days_of}))"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8"
    )
    assert dict(enumerate(days)) == ast.literal_eval(said.stdout)

"""`python -m wizard.i18n.build_cldr`: write the tables of `wizard.i18n.cldr` from Babel's data.

To be run for a new language, and when a new Babel brings a newer CLDR. It needs Node.js and a
package that `make test` installs, for parts of CLDR that Babel leaves out: the order of the letters
in each language, and what else a country is called.

The names that a country is found by go to browsers as they stand, in one file for all languages.
"""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_skeleton
from babel.numbers import format_currency

from questions.loading import FOLDER as QUESTIONS
from questions.toml_reader import read
from wizard.i18n.cldr import TABLES
from wizard.i18n.languages import FOLDER, SOURCE, in_cldr

NAMES = FOLDER.parent / "wizard" / "static" / "country_names.json"
"""What `searched_names` gives, as browsers get it."""

_COUNTRY = re.compile(r"[A-Z]{2}")
_OTHER_NAMES = FOLDER.parent / "node_modules" / "cldr-localenames-full" / "main"
_SAME_LOOK = ("ىیېۍکگةەہھ", "يييي\u0643ګهههه")
_LATIN = {"ı": "i", "ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l"}
_SAME_SOUND = {0x1210: 0x1200, 0x1280: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338}
_ORDERS = 7
"""How many letters a row of Ethiopic has: a consonant with each vowel."""
_FOURTH = {"ኣ": "አ", "ሃ": "ሀ"}
"""In these two rows the fourth letter sounds as the first."""
_KINDS = frozenset({"short", "variant"})
_PLACEHOLDERS = {"d": "{d}", "MMMM": "{month}", "y": "{y}"}


def table(tag: str) -> dict[str, Any]:
    """What `wizard.i18n.cldr.Conventions` holds for a language, by the tag that CLDR has for it."""
    locale, source = Locale.parse(tag, sep="-"), Locale.parse(SOURCE)
    months = locale.months["format"]["wide"]
    # Not those that stand alone: once Babel has read them in one language, it gives another one,
    # where CLDR says that both forms are the same, the days of the first.
    days = locale.days["format"]["wide"]
    territories = {
        code: locale.territories.get(code) or name
        for code, name in source.territories.items()
        if _COUNTRY.fullmatch(code)
    }
    return {
        "direction": locale.text_direction,
        "territories": in_order(tag, territories),
        "months": [months[number] for number in range(1, 13)],
        "days": [days[number] for number in range(7)],
        "long_date": locale.date_formats["long"].format % _PLACEHOLDERS,
        "month_years": [_month_year(number, locale) for number in range(1, 13)],
        "euros": _whole_euros(locale),
        "group": locale.number_symbols["latn"]["group"],
        "lists": {style: dict(locale.list_patterns[style].items()) for style in ("standard", "or")},
    }


def _month_year(number: int, locale: Locale) -> str:
    """A month with the placeholder of a year: alone, many languages give it another form."""
    return format_skeleton("yMMMM", date(1999, number, 1), locale=locale).replace("1999", "{y}")


def _whole_euros(locale: Locale) -> str:
    """The pattern of a sum without cents, with figures as they are on Dutch letters."""
    written = format_currency(
        0, "EUR", locale=locale, currency_digits=False, numbering_system="latn"
    )
    return re.sub(r"0[.,]00", "{amount}", written)


def in_order(tag: str, names: Mapping[str, str]) -> dict[str, str]:
    """The names, by code, as a list in this language has them.

    Where CLDR has no rules of a language, letters stand in the order that they have in English
    and, those of other scripts, in Unicode's.
    """
    answer = subprocess.run(
        ["node", "--eval", _SORT],
        input=json.dumps([tag, list(names.items())]),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return dict(json.loads(answer.stdout))


_SORT = """
const [tag, names] = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const { compare } = new Intl.Collator([tag, "en"]);
console.log(JSON.stringify(names.sort(([a, one], [b, other]) => compare(one, other))));
"""


def searched_names() -> dict[str, list[str]]:
    """What people may type who look for a country, by code: its name in every language of the pages
    and in those that are official there, what else CLDR calls it, and what we add.
    """
    ours = list(_tags_in_cldr().values())
    others = [_other_names(tag) for tag in ours]
    added = read(FOLDER / "country_names.toml").table("names")
    added.only(*(codes := read(QUESTIONS / "countries.toml").some_texts("codes")))
    return {
        code: _different(
            [
                *(_name(tag, code) for tag in (*ours, *_spoken_in(code))),
                *(name for names in others for name in names.get(code, ())),
                *added.texts(code),
            ]
        )
        for code in codes
    }


def _tags_in_cldr() -> dict[str, str]:
    """Our languages, each with what CLDR calls it."""
    # Not `languages()`: that one needs the table of each.
    entries = read(FOLDER / "languages.toml").tables()
    return {tag: in_cldr(tag, entry) for tag, entry in entries}


def _other_names(tag: str) -> dict[str, list[str]]:
    """What CLDR also calls a country in a language, such as "Palestine" or "Ivory Coast"."""
    path = _OTHER_NAMES / tag / "territories.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for key, name in content["main"][tag]["localeDisplayNames"]["territories"].items():
        code, _, kind = key.partition("-alt-")
        if kind in _KINDS:
            found.setdefault(code, []).append(name)
    return found


def _spoken_in(code: str) -> list[str]:
    """The languages that are official in the country or in a part of it."""
    spoken = get_global("territory_languages").get(code, {})
    return [tag for tag, about in spoken.items() if about["official_status"]]


def _name(tag: str, code: str) -> str:
    """The name of the country in the language; empty where CLDR has none."""
    try:
        locale = Locale.parse(tag, sep="-" if "-" in tag else "_")
    except UnknownLocaleError:
        return ""
    name: str = locale.territories.get(code, "")
    return name


def _different(names: Iterable[str]) -> list[str]:
    """One of those that differ only in capitals, signs or accents: a search finds either."""
    first: dict[str, str] = {}
    for name in names:
        letters = (each for each in unicodedata.normalize("NFKD", name) if each.isalnum())
        first.setdefault("".join(letters).lower(), name)
    first.pop("", None)
    return list(first.values())


def names_file() -> str:
    """The file with which a browser searches: letters that are alike, and `searched_names`."""
    names = ",\n".join(f"{_short(code)}:{_short(said)}" for code, said in searched_names().items())
    return f'{{"alike":{_short(alike())},\n"names":{{\n{names}\n}}}}\n'


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def alike() -> dict[str, str]:
    """Letters that people type in each other's place, each with the one that stands for both.

    Those of a keyboard for another language that look the same; of Ethiopic, rows of letters that
    have one sound in many mouths; and those of Latin that have no accent to leave out.
    """
    same_sound = {
        chr(row + order): chr(instead + order)
        for row, instead in _SAME_SOUND.items()
        for order in range(_ORDERS)
    }
    ethiopic = {letter: _FOURTH.get(other, other) for letter, other in same_sound.items()}
    return dict(zip(*_SAME_LOOK, strict=True)) | _LATIN | ethiopic | _FOURTH


def main() -> None:
    """Write the table of each language, and the names that a country is found by."""
    TABLES.mkdir(exist_ok=True)
    for tag, name in _tags_in_cldr().items():
        text = json.dumps(table(name), ensure_ascii=False, indent=1)
        (TABLES / f"{tag}.json").write_text(f"{text}\n", encoding="utf-8")
    NAMES.write_text(names_file(), encoding="utf-8")


if __name__ == "__main__":
    main()

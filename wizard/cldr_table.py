"""`python -m wizard.cldr_table`: write the tables of `wizard.cldr` from Babel's data.

To be run for a new language, and when a new Babel brings a newer CLDR. It needs Node.js and a
package that `make test` installs, for parts of CLDR that Babel leaves out: the order of the letters
in each language, and what else a country is called.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from typing import Any

from babel import Locale

from questions.toml_data import read
from wizard.cldr import TABLES
from wizard.languages import FOLDER, SOURCE

_COUNTRY = re.compile(r"[A-Z]{2}")
_OTHER_NAMES = FOLDER.parent / "node_modules" / "cldr-localenames-full" / "main"
_KINDS = frozenset({"short", "variant"})
_PLACEHOLDERS = {"d": "{d}", "MMMM": "{month}", "y": "{y}"}


def table(tag: str) -> dict[str, Any]:
    """What `wizard.cldr.Conventions` holds for one language."""
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
        "also_called": other_names(tag, territories),
        "months": [months[number] for number in range(1, 13)],
        "days": [days[number] for number in range(7)],
        "long_date": locale.date_formats["long"].format % _PLACEHOLDERS,
        "lists": {style: dict(locale.list_patterns[style].items()) for style in ("standard", "or")},
    }


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


def other_names(tag: str, names: Mapping[str, str]) -> dict[str, list[str]]:
    """What people may look for who know a country by another name, such as "Palestine" or "Ivory
    Coast": by code, where its name does not hold it.
    """
    path = _OTHER_NAMES / tag / "territories.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for key, name in content["main"][tag]["localeDisplayNames"]["territories"].items():
        code, _, kind = key.partition("-alt-")
        if kind in _KINDS and name not in names.get(code, name):
            found.setdefault(code, []).append(name)
    return found


def main() -> None:
    """Write the table of each language."""
    TABLES.mkdir(exist_ok=True)
    # Not `languages()`: that one needs the table of each.
    for tag, _ in read(FOLDER / "languages.toml").tables():
        text = json.dumps(table(tag), ensure_ascii=False, indent=1)
        (TABLES / f"{tag}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""`python -m wizard.cldr_table`: write the tables of `wizard.cldr` from Babel's data.

To be run for a new language, and when a new Babel brings a newer CLDR. It needs Node.js, for parts
of CLDR that Babel leaves out: the order of the letters in each language, and short names.
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
_PLACEHOLDERS = {"d": "{d}", "MMMM": "{month}", "y": "{y}"}


def table(tag: str) -> dict[str, Any]:
    """What `wizard.cldr.Conventions` holds for one language."""
    locale, source = Locale.parse(tag, sep="-"), Locale.parse(SOURCE)
    months = locale.months["format"]["wide"]
    territories = {
        code: locale.territories.get(code) or name
        for code, name in source.territories.items()
        if _COUNTRY.fullmatch(code)
    }
    return {
        "direction": locale.text_direction,
        "territories": in_order(tag, territories),
        "short_territories": short_names(tag, territories),
        "months": [months[number] for number in range(1, 13)],
        "long_date": locale.date_formats["long"].format % _PLACEHOLDERS,
        "lists": {style: dict(locale.list_patterns[style].items()) for style in ("standard", "or")},
    }


def in_order(tag: str, names: Mapping[str, str]) -> dict[str, str]:
    """The names, by code, as a list in this language has them.

    Where CLDR has no rules of a language, letters stand in the order that they have in English
    and, those of other scripts, in Unicode's.
    """
    return dict(_node(_SORT, tag, list(names.items())))


def short_names(tag: str, names: Mapping[str, str]) -> dict[str, str]:
    """What a country is called in short, where nobody would find that in its name: "Palestine"."""
    short = dict(_node(_SHORTEN, tag, list(names)))
    return {code: short[code] for code in sorted(names) if short[code] not in names[code]}


_SORT = """
const { compare } = new Intl.Collator([tag, "en"]);
answer(given.sort(([a, one], [b, other]) => compare(one, other)));
"""
_SHORTEN = """
const short = new Intl.DisplayNames([tag, "en"], { type: "region", style: "short" });
answer(given.map((code) => [code, short.of(code)]));
"""


def _node(script: str, *given: object) -> Any:
    """What Node.js answers: it has those parts of CLDR that Babel leaves out."""
    around = f"""
    const [tag, given] = JSON.parse(require("fs").readFileSync(0, "utf-8"));
    const answer = (said) => console.log(JSON.stringify(said));
    {script}
    """
    answer = subprocess.run(
        ["node", "--eval", around],
        input=json.dumps(given),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(answer.stdout)


def main() -> None:
    """Write the table of each language."""
    TABLES.mkdir(exist_ok=True)
    # Not `languages()`: that one needs the table of each.
    for tag, _ in read(FOLDER / "languages.toml").tables():
        text = json.dumps(table(tag), ensure_ascii=False, indent=1)
        (TABLES / f"{tag}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

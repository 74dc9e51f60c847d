"""`python -m wizard.cldr_table`: write the tables of `wizard.cldr` from Babel's data.

To be run for a new language, and when a new Babel brings a newer CLDR.
"""

from __future__ import annotations

import json
import re
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
    return {
        "direction": locale.text_direction,
        "territories": {
            code: locale.territories.get(code) or name
            for code, name in sorted(source.territories.items())
            if _COUNTRY.fullmatch(code)
        },
        "months": [months[number] for number in range(1, 13)],
        "long_date": locale.date_formats["long"].format % _PLACEHOLDERS,
        "lists": {style: dict(locale.list_patterns[style].items()) for style in ("standard", "or")},
    }


def main() -> None:
    """Write the table of each language."""
    TABLES.mkdir(exist_ok=True)
    # Not `languages()`: that one needs the table of each.
    for tag, _ in read(FOLDER / "languages.toml").tables():
        text = json.dumps(table(tag), ensure_ascii=False, indent=1)
        (TABLES / f"{tag}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

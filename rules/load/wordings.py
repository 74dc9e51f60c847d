"""Load words for the values of a list, and texts among which a rule chooses."""

from __future__ import annotations

from collections.abc import Mapping

from questions.toml_reader import Table
from rules.model import Wording


def load_words(file: Table, key: str = "text") -> Mapping[str, str]:
    """The words for each value of a fixed list, by value; they stand under the key."""
    words = {}
    for name, table in file.tables_by_id():
        table.only(key)
        words[name] = table.text(key)
    return words


def variants_of(table: Table, more: str) -> Mapping[str, Wording]:
    """The texts among which a rule chooses; each may have one more key, a text too."""
    variants = {}
    for name, each in table.table("variant").tables():
        each.only("text", more, "amount", "private")
        variants[name] = Wording(
            text=each.text("text"),
            label=each.text("label") if more == "label" else None,
            short=each.optional_text("short"),
            amount=amount_id_of(each, each.text("text")),
            private=each.flag("private"),
        )
    return variants


def amount_id_of(table: Table, text: str) -> str | None:
    """The id of the figure in a text: one where the text has {amount}, else None."""
    wanted = text.count("{amount}")
    named = "amount" in table.values
    if wanted != named:
        key = "text" if named else "amount"
        table.fail("an amount is named where the text has {amount} once, and only there", key)
    return table.id("amount") if wanted else None

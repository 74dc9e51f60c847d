"""Read policy data from TOML so that every mistake is named by file and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeGuard

from questions.text_files import DataError, read_text

_ID = "[a-z][a-z0-9_]*"
_CONTROL = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]")
"""Characters that no text holds; a line may end in it."""


@dataclass(frozen=True)
class Table:
    """One TOML table with the place where it stands, for error messages."""

    file: str
    key: str
    values: Mapping[str, Any]

    def fail(self, problem: str, key: str = "") -> NoReturn:
        """Raise a `DataError` for this table, or for `key` in it."""
        place = ".".join(part for part in (self.key, key) if part)
        raise DataError(f"{self.file}: {place}: {problem}")

    def only(self, *known: str) -> None:
        """Refuse keys that nobody reads: they are spelling mistakes."""
        for key in self.values:
            if key not in known:
                self.fail(f"unknown key; known are {', '.join(known)}", key)

    def text(self, key: str) -> str:
        """The non-empty string under `key`."""
        value = self.values.get(key)
        if not _is_text(value):
            self.fail("a text is missing", key)
        return value

    def text_like(self, key: str, pattern: str, needed: str) -> str:
        """The string under `key`, which must match the pattern as a whole; else `needed` is."""
        value = self.text(key)
        if not re.fullmatch(pattern, value):
            self.fail(f"{needed} is needed", key)
        return value

    def id(self, key: str = "id") -> str:
        """The id under `key`: it stands in addresses, in forms and in the rule engine."""
        return self.text_like(key, _ID, "an id of small letters, digits and _")

    def optional_text(self, key: str) -> str | None:
        """The string under `key`, or None where it is left out."""
        return self.text(key) if key in self.values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of strings under `key`; empty where it is left out."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(_is_text(item) for item in value):
            self.fail("a list of texts is needed", key)
        if len(set(value)) != len(value):
            self.fail("an entry stands twice", key)
        return tuple(value)

    def some_texts(self, key: str) -> tuple[str, ...]:
        """The list of strings under `key`: at least one."""
        values = self.texts(key)
        if not values:
            self.fail("at least one entry is needed", key)
        return values

    def flag(self, key: str) -> bool:
        """The true/false under `key`; false where it is left out."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fail("true or false is needed", key)
        return value

    def whole_number(self, key: str) -> int:
        """The whole number of at least 1 under `key`."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.fail("a whole number of at least 1 is needed", key)
        return value

    def day(self, key: str) -> date:
        """The TOML date under `key`."""
        value = self.values.get(key)
        if type(value) is not date:
            self.fail("a date such as 2026-01-31, without quotes, is needed", key)
        return value

    def optional_day(self, key: str) -> date | None:
        """The TOML date under `key`, or None where it is left out."""
        return self.day(key) if key in self.values else None

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        """The string under `key`, which must be one of `known`."""
        value = self.text(key)
        if value not in known:
            self.fail(f"`{value}` is not one of {', '.join(known)}", key)
        return value

    def some_of(self, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """The list of strings under `key`, each one of `known`; empty where it is left out."""
        values = self.texts(key)
        for value in values:
            if value not in known:
                self.fail(f"`{value}` is not one of {', '.join(known)}", key)
        return values

    def at_least_one_of(self, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """The list of strings under `key`, each one of `known`, and at least one."""
        self.some_texts(key)
        return self.some_of(key, known)

    def table(self, key: str) -> Table:
        """The table under `key`; an empty one where it is left out."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.fail("a table is needed", key)
        return Table(self.file, f"{self.key}.{key}" if self.key else key, value)

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Every entry of this table, each itself a table."""
        for key in self.values:
            yield key, self.table(key)

    def tables_by_id(self) -> Iterator[tuple[str, Table]]:
        """Every entry of this table, each itself a table under an id; at least one."""
        if not self.values:
            self.fail("at least one entry is needed")
        for key, table in self.tables():
            if not re.fullmatch(_ID, key):
                table.fail("an id of small letters, digits and _ is needed")
            yield key, table

    def rows(self, key: str) -> Iterator[Table]:
        """The array of tables under `key`; each is named by its `id`, else by its number."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.fail("a list of tables is needed", key)
        for number, row in enumerate(value, start=1):
            name = row.get("id")
            place = f"{key}.{name if _is_text(name) else number}"
            yield Table(self.file, f"{self.key}.{place}" if self.key else place, row)


def refuse_duplicates(rows: Iterable[Table], what: str) -> None:
    """Refuse rows with the id of another row."""
    seen: set[str] = set()
    for row in rows:
        name = row.id()
        if name in seen:
            row.fail(f"this {what} stands twice", "id")
        seen.add(name)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip()) and not _CONTROL.search(value)


def read(path: Path) -> Table:
    """Read one TOML file.

    Raises `DataError` where the file is missing, is no UTF-8 or is no TOML.
    """
    return Table(path.name, "", parse_toml(read_text(path), path.name))


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """What a TOML text holds. Raises `DataError`, with the name, where it is no TOML."""
    try:
        return tomllib.loads(text)
    # Beside its own error it can raise those of a number or a nesting that is too large for Python.
    except (ValueError, RecursionError) as error:
        raise DataError(f"{name}: is not TOML: {error}") from error

"""What a condition as written in TOML means, read a second time: nothing of the program is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.support.vocabulary import Answer

Row = Mapping[str, Any]
ValueOf = Callable[[str], Answer]


def holds(when: Row, value_of: ValueOf) -> bool:
    """Whether a condition as written in TOML holds; all its entries must."""
    return all(_entry_holds(key, when, value_of) for key in when if key != "of")


def _entry_holds(key: str, when: Row, value_of: ValueOf) -> bool:
    if key == "any":
        return any(holds(part, value_of) for part in when["any"])
    if key == "not":
        return not holds(when["not"], value_of)
    if key == "at_least":
        true: int = [holds(part, value_of) for part in when["of"]].count(True)
        needed: int = when["at_least"]
        return true >= needed
    return not _as_set(value_of(key)).isdisjoint(_as_set(when[key]))


def _as_set(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value)

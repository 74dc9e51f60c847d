"""Conditions as they are written in the data, read without the program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def named_in(condition: Any) -> Iterator[str]:
    """Every key of a condition, however deep."""
    if isinstance(condition, dict):
        for key, value in condition.items():
            yield key
            yield from named_in(value)
    elif isinstance(condition, list):
        for part in condition:
            yield from named_in(part)

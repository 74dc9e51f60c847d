"""A table of figures, with targets where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = ("", "measured", "target", "")


@dataclass(frozen=True)
class Row:
    """One figure."""

    name: str
    value: str
    target: str = ""
    met: bool | None = None
    """None where there is no target."""


def at_least(name: str, value: float, target: float, shown: str) -> Row:
    """A figure that must not be lower than its target."""
    return Row(name, shown, f"≥ {target:,}", value >= target)


def at_most(name: str, value: float, target: float, shown: str) -> Row:
    """A figure that must not be higher than its target."""
    return Row(name, shown, f"≤ {target:,}", value <= target)


def table(title: str, rows: Sequence[Row]) -> str:
    """The rows in columns, below a title."""
    cells = [_HEAD, *((row.name, row.value, row.target, _met(row)) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEAD))]
    lines = [
        f"  {name:{widths[0]}}  {value:>{widths[1]}}  {target:>{widths[2]}}  {met}".rstrip()
        for name, value, target, met in cells
    ]
    return "\n".join([title, *lines])


def _met(row: Row) -> str:
    return "" if row.met is None else "yes" if row.met else "NO"

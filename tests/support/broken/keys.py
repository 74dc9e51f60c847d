"""Every key of a data file, broken in every way that a tired person breaks one.

Keys of the same shape (`sources: *.url`) are read by the same lines of a loader, so the first of
each shape is broken. The files are parsed once; a loader reads the broken data in their place.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from questions import DataError
from questions import toml_reader as toml_data
from questions.conditions import WORDS
from questions.toml_reader import Table

Key = tuple[str | int, ...]
_FAR = date(2999, 12, 31)
_IN_CONDITIONS = ("when", "asked_when")
_MISSED_ELSEWHERE = ("empty", "an entry misspelt")


@dataclass(frozen=True)
class Breakage:
    """One key of one file, and what becomes of it."""

    file: Path
    key: Key
    shape: str
    how: str
    change: Callable[[Any], None]
    """Changes the data of the whole file."""
    here: bool
    """Whether the message must name this very key; what is gone is missed somewhere else, too."""

    def __str__(self) -> str:
        return f"{_kind(self.file)}: {self.shape}: {self.how}"


def _kind(file: Path) -> str:
    """What files that the same loader reads have in common."""
    return file.parent.name if file.parent.parent.name == "policy" else file.stem


def breakages(files: Iterable[Path]) -> Iterator[Breakage]:
    """Every breakage of one key of each shape."""
    seen: set[tuple[str, str]] = set()
    for file in files:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for key in _keys(data, ()):
            shape = _shape(data, key)
            if (_kind(file), shape) not in seen:
                seen.add((_kind(file), shape))
                yield from _of_key(file, data, key, shape)


def _keys(node: Any, key: Key) -> Iterator[Key]:
    if key:
        yield key
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _keys(value, (*key, name))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            if isinstance(value, dict):
                yield from _keys(value, (*key, number))


def _shape(data: Any, key: Key) -> str:
    """The key without ids: `*` for an entry among others, and for the fact in a condition."""
    parts: list[str] = []
    node, in_condition = data, False
    for part in key:
        entry = isinstance(part, int) or (in_condition and part not in WORDS)
        parts.append("*" if entry or _is_id(node) else str(part))
        if part == "then":
            parts.append("/".join(sorted(node[part])))
        node, in_condition = node[part], in_condition or part in _IN_CONDITIONS
    return ".".join(parts)


def _is_id(node: Any) -> bool:
    """Whether the keys of this table are ids: then each of them holds a table."""
    return isinstance(node, dict) and all(isinstance(each, dict) for each in node.values())


def _of_key(file: Path, data: Any, key: Key, shape: str) -> Iterator[Breakage]:
    for how, change in _changes_of_place(_at(data, key[:-1]), key):
        yield Breakage(file, key, shape, how, change, here=False)
    for how, value in _other_values(_at(data, key)):
        is_name = how in _MISSED_ELSEWHERE or (how == "misspelt" and key[-1] == "id")
        yield Breakage(file, key, shape, how, _setting(key, value), here=not is_name)


def _at(data: Any, key: Key) -> Any:
    for part in key:
        data = data[part]
    return data


def _changes_of_place(parent: Any, key: Key) -> Iterator[tuple[str, Callable[[Any], None]]]:
    *above, last = key

    def delete(data: Any) -> None:
        del _at(data, tuple(above))[last]

    def misspell(data: Any) -> None:
        table = _at(data, tuple(above))
        table[f"{last}x"] = table.pop(last)

    def twice(data: Any) -> None:
        _at(data, tuple(above)).append(_at(data, key))

    yield "deleted", delete
    if isinstance(parent, dict):
        yield "key misspelt", misspell
    elif "id" in _dict(parent[0]):
        yield "twice", twice


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _setting(key: Key, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        _at(data, key[:-1])[key[-1]] = value

    return change


def _other_values(value: Any) -> Iterator[tuple[str, Any]]:
    yield "another type", {"x": 1} if not isinstance(value, dict) else "x"
    match value:
        case bool():
            yield "as text", "true"
            yield "as a number", 1
        case int():
            yield from (("zero", 0), ("negative", -value), ("with decimals", value + 0.5))
            yield "as text", str(value)
        case date():
            yield "as text", value.isoformat()
            yield "in the far future", _FAR
            yield "long ago", date(1970, 1, 1)
            yield "one day later", value + timedelta(days=1)
        case str():
            yield from (("empty", ""), ("blank", "  "), ("a number", 7), ("a list", [value]))
            yield "with a control character", f"{value}\x00"
            yield from _other_texts(value)
        case list() if value and all(isinstance(each, dict) for each in value):
            yield from (("empty", []), ("one table", value[0]), ("a row of text", ["x"]))
        case list():
            yield from (("empty", []), ("an entry twice", value + value), ("a text", "x"))
            yield from (("an empty entry", [""]), ("a number in it", [7]))
            if all(isinstance(each, str) and " " not in each for each in value):
                yield "an entry misspelt", [f"{each}x" for each in value]
        case dict():
            yield "empty", {}
            yield "one key more", {**value, "surplus": "x"}


def _other_texts(value: str) -> Iterator[tuple[str, str]]:
    if re.fullmatch(r"[A-Za-z0-9_]+", value):
        yield "misspelt", f"{value}x"
        yield "in words", f"{value} and more"
    if value.startswith("http"):
        yield "without a scheme", value.partition("//")[2]
        yield "another scheme", f"javascript:{value}"
        yield "without a dot", "https://localhost/x"
        yield "with a space", f"{value} x"
        yield "http", value.replace("https:", "http:")
    if re.fullmatch(r"[+\d -]+", value):
        yield "with a letter", f"{value}x"
        yield "too short", "1"
    if "@" in value and " " not in value:
        yield "without an at", value.replace("@", ".")
    if "{amount}" in value:
        yield "without its placeholder", value.replace("{amount}", "much")


class Broken:
    """Lets loaders read broken data in the place of a file."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, files: Iterable[Path]) -> None:
        self._tables = {path: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}
        self._broken: Mapping[Path, Any] = {}
        real = toml_data.read
        for module in list(sys.modules.values()):
            if vars(module).get("read") is real:
                monkeypatch.setattr(module, "read", self._read)

    def _read(self, path: Path) -> Table:
        return Table(path.name, "", self._broken.get(path, self._tables[path]))

    def problem(self, breakage: Breakage, load: Callable[[], object]) -> str | None:
        """What the loader says about it; None where it takes it."""
        data = deepcopy(self._tables[breakage.file])
        breakage.change(data)
        self._broken = {breakage.file: data}
        try:
            load()
        except DataError as error:
            return str(error)
        finally:
            self._broken = {}
        return None


def assert_all_checked(
    broken: Broken, files: Iterable[Path], load: Callable[[], object], fine: Iterable[str]
) -> None:
    """Everything broken is refused by file and key, but for what is fine (as patterns).

    A pattern that nothing needs any more is a mistake too.
    """
    taken, named_wrongly = [], []
    for breakage in breakages(files):
        problem = broken.problem(breakage, load)
        if problem is None:
            taken.append(str(breakage))
        elif not _names(problem, breakage):
            named_wrongly.append(f"{breakage}: {problem}")
    assert not named_wrongly, named_wrongly
    unexpected = [each for each in taken if not any(re.fullmatch(one, each) for one in fine)]
    assert not unexpected, unexpected
    unused = [one for one in fine if not any(re.fullmatch(one, each) for each in taken)]
    assert not unused, unused


def _names(problem: str, breakage: Breakage) -> bool:
    """Whether the message begins with a file and a key: with this one, where `here`."""
    found = re.match(r"(?P<file>[a-z_]+\.toml): (?P<key>[^:]+): \S", problem)
    if not found:
        return False
    names = [str(each) for each in breakage.key if isinstance(each, str)]
    return not breakage.here or (found["file"] == breakage.file.name and names[-1] in found["key"])

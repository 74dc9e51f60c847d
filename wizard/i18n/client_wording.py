"""What is said to a person, said of "your client" instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from questions.toml_reader import Table, read
from wizard.i18n.languages import FOLDER

_FILE = "your_client.toml"
_TO_THE_READER = re.compile(
    r"\b(?:you|your(?! client)|yours|yourself|i|my|me|mine)\b", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@dataclass(frozen=True)
class ClientWording:
    """The texts of helper mode, by the text that they stand for."""

    of_client: Mapping[str, str]
    same: frozenset[str]
    """Texts that speak to whoever holds the device."""

    def problems(self, sources: Iterable[str]) -> Iterator[str]:
        """What is missing or left over, given every text of the pages."""
        known = set(sources) - set(self.of_client.values())
        listed = self.of_client.keys() | self.same
        for text in sorted(filter(_TO_THE_READER.search, known - listed)):
            yield f"{_FILE}: no sentence about the client for: {text!r}"
        for text in sorted(listed - known):
            yield f"{_FILE}: no longer used: {text!r}"


@cache
def client_wording(folder: Path = FOLDER) -> ClientWording:
    """How the texts speak in helper mode.

    Raises `questions.DataError` with file and key where an entry is wrong.
    """
    file = read(folder / _FILE)
    file.only("same", "text")
    of_client: dict[str, str] = {}
    for entry in file.rows("text"):
        text, said = _entry(entry)
        if text in of_client:
            entry.fail("this text has an entry already", "you")
        of_client[text] = said
    return ClientWording(of_client, frozenset(file.texts("same")))


def _entry(entry: Table) -> tuple[str, str]:
    entry.only("you", "client")
    text, said = entry.text("you"), entry.text("client")
    if sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(said)):
        entry.fail("has other placeholders than `you`", "client")
    return text, said

"""The texts of the TOML data, for the translation catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from questions.text_files import is_ours
from questions.toml_reader import read

TRANSLATED = frozenset(
    {
        *("client", "text", "help", "why", "label", "statement", "what", "whom"),
        *("means", "how_to_ask", "letter", "hint", "short", "title"),
        *("do", "more", "who", "fold", "for", "hours", "amounts_note"),
    }
)
"""Keys whose value a person reads. Names of organisations stay as they are."""

NOT_SHOWN = frozenset({"source_of", "form"})
"""Keys of tables of which nothing is shown: the names of sources by the detail that they are of,
and what the forms of help are called, which only who edits the policy reads."""

Message = tuple[int, str, str, list[str]]


def extract(fileobj: IO[bytes], *_unused: object, **_options: object) -> Iterator[Message]:
    """Babel extractor: every translated text of a TOML file, with its key as the comment.

    Raises `questions.DataError` where it is no TOML.
    """
    path = Path(fileobj.name)
    if is_ours(path, ".toml"):
        yield from _messages(read(path).values, "")


def _messages(value: Any, place: str) -> Iterator[Message]:
    if isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _messages(inner, f"{place}.{_name(inner, number)}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key in NOT_SHOWN:
                continue
            if key == "title" and "text_en" in value:
                # A fact is said in two languages in the data itself, and its source with it.
                continue
            here = f"{place}.{key}".lstrip(".")
            # What is said for a role stands under the role's name: `vwn.role.supports`.
            if isinstance(inner, str) and (key in TRANSLATED or place.endswith(".role")):
                instead = f"instead of: {value['you']}" if "you" in value else here
                yield 0, "", inner, [instead]
            else:
                yield from _messages(inner, here)


def _name(value: Any, number: int) -> str:
    return str(value.get("id", number)) if isinstance(value, dict) else str(number)

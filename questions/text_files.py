"""Which files of a folder are ours, and what stands in them.

Editors, file managers and spreadsheets leave files beside ours and marks inside them. Here, and
nowhere else, is decided what of that is left out: whoever reads or hashes a folder asks here.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

_OURS = re.compile(r"[a-z_][a-z0-9_-]*\.[a-z0-9]+")
"""A plain name and one ending. What a system or an editor leaves has a dot, a tilde, a space, a
capital or a second ending: `._a.toml`, `.#a.toml`, `#a.toml#`, `a.toml~`, `a.toml.orig`,
`a (1).toml`, `Copy of a.toml`.
"""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class DataError(Exception):
    """A mistake in a data file; the message names the file and the key."""


def own_files(folder: Path, *endings: str) -> list[Path]:
    """Our files in the folder, of those with one of the endings (".toml"), in a fixed order.

    None where there is no such folder. Raises `DataError` where it cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if is_ours(path, *endings))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise DataError(f"{folder}: cannot be read: {error.strerror}") from error


def is_ours(path: Path, *endings: str) -> bool:
    """Whether the name is one that we give, with one of the endings, and names a file."""
    return path.suffix in endings and bool(_OURS.fullmatch(path.name)) and path.is_file()


def read_text(path: Path) -> str:
    """The text of a file, as `text_of` takes it.

    Raises `DataError` where the file cannot be read, or is no UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read: {error.strerror}") from error
    return text_of(content, path.name)


def text_of(content: bytes, name: str) -> str:
    """The text in UTF-8 without a byte order mark, its lines ended by a newline alone.

    Raises `DataError`, with the name and the line, for another encoding.
    """
    if content.startswith(_UTF_16) or b"\0" in content:
        raise DataError(f"{name}: is UTF-16 or no text; save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len((content[: error.start] + b".").splitlines())
        raise DataError(f"{name}: is not UTF-8 in line {line}; save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def same_text(content: bytes) -> bytes:
    """The same bytes for the same text, however an editor saved it; other bytes as they are."""
    try:
        return text_of(content, "").encode()
    except DataError:
        return content

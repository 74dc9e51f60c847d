"""How wide words are in the picture of the questionnaire, and where their lines break.

A cautious guess: nobody measures fonts here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

Size = Literal["large", "small"]
FONT: dict[Size, float] = {"large": 15.0, "small": 13.0}
LINE: dict[Size, float] = {"large": 20.0, "small": 16.0}
"""How far the next line is below, for each size of the font."""


def wrapped(text: str, width: float, size: Size) -> list[str]:
    """The text in lines that fit the width."""
    most = width / FONT[size]
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if guessed_width(longer) <= most:
            lines[-1] = longer
            continue
        pieces = list(_pieces(word, most))
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
    return lines


def _pieces(word: str, most: float) -> Iterator[str]:
    """The word, or its parts where it is longer than a line (a script without spaces)."""
    piece = ""
    for letter in word:
        if piece and guessed_width(piece + letter) > most:
            yield piece
            piece = ""
        piece += letter
    yield piece


_NARROW = frozenset("iljtfrI.,:;'’|!()[]- ")
_LATER_SCRIPTS = "\u0900"
"""From here on, letters are wider than Latin, Greek, Cyrillic, Hebrew and Arabic ones."""


def guessed_width(text: str) -> float:
    """About how wide the text is, in units of the font's size; rather too wide."""
    return sum(_guessed_width(letter) for letter in text)


def _guessed_width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.0
    if letter in _NARROW:
        return 0.34
    if letter.isupper() or letter in "mwMW":
        return 0.78
    return 0.57 if letter < _LATER_SCRIPTS or "\u2000" <= letter < "\u2100" else 0.8

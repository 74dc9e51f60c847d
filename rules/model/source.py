"""Where statements come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OwnTitle:
    """What a page calls itself, in its own language."""

    language: str
    text: str


@dataclass(frozen=True)
class Source:
    """Where a statement comes from. `checked_on` is the day we last compared our text with it.

    `title` is what we call it: a text to translate, or one that stays in the language `title_in`.
    `original` is what the page calls itself, where we have read it.
    """

    id: str
    title: str
    url: str
    published: str | None
    checked_on: date
    confidence: str
    original: OwnTitle | None = None
    title_in: str | None = None

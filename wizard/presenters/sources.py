"""What a source is called where people read it."""

from __future__ import annotations

from dataclasses import dataclass

from rules.model import OwnTitle, Source
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of


@dataclass(frozen=True)
class SourceTitle:
    """What we call a source; `language` where that is not the one of the page.

    `original` is what the page calls itself, where the title does not say so already.
    """

    text: str
    language: str | None
    original: OwnTitle | None


def title_of(source: Source, language: Language) -> SourceTitle:
    """The title of the source for somebody who reads this language."""
    if source.title_in:
        foreign = None if source.title_in == language.tag else source.title_in
        return SourceTitle(source.title, foreign, None)
    text = texts_of(language).gettext(source.title)
    own = source.original
    return SourceTitle(text, None, own if own and own.text.lower() not in text.lower() else None)

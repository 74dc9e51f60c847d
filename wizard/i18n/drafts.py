"""What a page is called as long as no native reader has read what could harm somebody on it."""

from __future__ import annotations

from flask import request

from wizard.i18n.languages import SOURCE, Language
from wizard.i18n.seen import safety_of_page
from wizard.i18n.texts import texts_of

_START = "start"


def is_draft(language: Language, page: str = "") -> bool:
    """Whether a text of safety on this page ("paper"; else that of the request) is unreviewed.

    The same for everybody at the same address, so a page that is kept keeps it too.
    """
    if language.tag == SOURCE:
        return False
    texts = texts_of(language)
    return not all(map(texts.was_reviewed, safety_of_page(page or _page_of_request())))


def _page_of_request() -> str:
    """The first part of the address after the language."""
    parts = request.path.strip("/").split("/")
    return parts[1] if len(parts) > 1 else _START

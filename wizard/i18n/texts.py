"""Every text in each language.

The catalogues are those that Flask-Babel would use. It asks for each text which language the
request speaks; here whoever says something brings the language along, and a text is looked up once
for each.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from markupsafe import Markup

from questions import DataError
from wizard.i18n.client_wording import client_wording
from wizard.i18n.languages import FOLDER, SOURCE, Language, languages
from wizard.i18n.seen import REVIEWED


class Texts:
    """The texts of one language. What is kept is bounded: only our own texts are looked up."""

    def __init__(self, language: Language) -> None:
        self._catalogue = _catalogue(FOLDER, language.tag)
        self._instead = client_wording().of_client if language.of_client else {}
        self._plain: dict[str, str] = {}
        self._markup: dict[str, Markup] = {}

    def gettext(self, source: str, **values: object) -> str:
        """The text, with the values in its placeholders."""
        text = self._plain.get(source)
        if text is None:
            said = self._instead.get(source, source)
            text = self._plain[source] = self._catalogue.gettext(said) if said else ""
        return text % values if values else text

    def markup(self, source: str, **values: object) -> Markup:
        """The text as it may stand in a template; the values are escaped.

        As in Jinja's own gettext, a percent sign is doubled in the source.
        """
        if values:
            return Markup(self.gettext(source)) % values
        text = self._markup.get(source)
        if text is None:
            text = self._markup[source] = Markup(self.gettext(source)) % {}
        return text

    def was_reviewed(self, group: str) -> bool:
        """Whether a native reader found every text of this group right: see `wizard.i18n.seen`."""
        return self._catalogue.pgettext(REVIEWED, group) != group

    def plural_markup(self, one: str, several: str, num: int, **values: object) -> Markup:
        """The text in the form that fits the number."""
        text = Markup(self._catalogue.ngettext(one, several, num))
        return text % {"num": num, **values}


def N_(text: str) -> str:
    """The same text, marked for the catalogues; it is translated where it is said."""
    return text


@cache
def texts_of(language: Language) -> Texts:
    """The texts of this language."""
    return Texts(language)


def check_catalogues(folder: Path = FOLDER) -> None:
    """Read every catalogue once and keep it: a file that breaks later harms nobody.

    Raises `DataError` with the file where one is missing or cannot be read: its pages would come in
    English, or not at all.
    """
    for tag in languages(folder):
        _catalogue(folder, tag)


@cache
def _catalogue(folder: Path, tag: str) -> NullTranslations:
    """The catalogue of a language, one for both ways of speaking. Raises `DataError`."""
    if tag == SOURCE:
        return NullTranslations()
    file = folder / tag / "LC_MESSAGES" / "messages.mo"
    try:
        with file.open("rb") as content:
            return Translations(content)
    except (OSError, ValueError, LookupError, struct.error) as error:
        name = file.relative_to(folder)
        raise DataError(f"{name}: is no compiled catalogue; `make catalogues`") from error

"""Every text in each language.

The catalogues are those that Flask-Babel would use. It asks for each text which language the
request speaks; here whoever says something brings the language along, and a text is looked up once
for each.
"""

from __future__ import annotations

from functools import cache

from babel.support import NullTranslations, Translations
from markupsafe import Markup

from wizard.i18n.client_wording import client_wording
from wizard.i18n.languages import FOLDER, Language


class Texts:
    """The texts of one language. What is kept is bounded: only our own texts are looked up."""

    def __init__(self, language: Language) -> None:
        catalogue = Translations.load(FOLDER, [language.locale])
        assert isinstance(catalogue, NullTranslations)
        self._catalogue = catalogue
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

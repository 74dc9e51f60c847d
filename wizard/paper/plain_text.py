"""The result as plain text, to copy into a message: whom to ask, for what, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wizard.i18n.cldr import listed, long_date
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.paper.content import Paper, paper

_ISOLATED = "\u2066{}\u2069"
"""From left to right, and kept apart from the text around it."""


def plain_text(language: Language) -> str:
    """The text for the answers of this request. It holds none of them, and no date of today."""
    return "\n".join(_lines(paper(language)))


def _lines(said: Paper) -> Iterator[str]:
    apart = _ISOLATED.format if said.language.direction == "rtl" else str
    gettext = texts_of(said.language).gettext
    yield gettext("Who you can ask")
    for contact in said.contacts:
        yield f"- {apart(contact.card.name)}: {contact.card.text}"
        if contact.reach:
            yield f"  {' · '.join(map(apart, contact.reach))}"
    if said.supports:
        yield from _part(gettext("What you can ask about"), _help(said, apart))
    yield from _part(gettext("What you can do now"), (line.text for line in said.steps))
    if said.bring:
        yield from _part(gettext("What to bring"), (line.text for line in said.bring))
    yield ""
    yield gettext(
        "This is information. It is not a decision, and nobody is promised anything here."
    )
    yield gettext(
        "We compared all texts on this page with their sources on %(date)s or later.",
        date=long_date(said.checked_on, said.language.tag),
    )
    if said.language.status == "draft":
        yield gettext("This translation is a draft. A native speaker still has to check it.")


def _part(heading: str, texts: Iterable[str]) -> Iterator[str]:
    yield ""
    yield heading
    yield from (f"- {text}" for text in texts)


def _help(said: Paper, apart: Callable[[str], str]) -> Iterator[str]:
    for each in said.supports:
        names = [apart(name) for name in each.card.by]
        yield f"{each.card.label}: {listed(names, said.language.tag)}"

"""The result as a short text for a message: what to do, and whom to call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wizard.i18n.drafts import is_draft
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.paper.content import STEPS, Paper, Reach, Step, Wanted, paper

_ISOLATED = "\u2066{}\u2069"
"""From left to right, and kept apart from the text around it."""

_Apart = Callable[[str], str]


@dataclass(frozen=True)
class Message:
    """The text in one language, and whom it says to call."""

    language: Language
    text: str
    calls: tuple[Reach, ...]


def message(language: Language, wanted: Wanted) -> Message:
    """The message for the answers of this request: five lines, and what the person wants in it."""
    said = paper(language, wanted)
    steps = [step for n, step in enumerate(said.steps) if n < STEPS or step.is_private]
    called = _called(said, steps)
    apart: _Apart = _ISOLATED.format if said.language.direction == "rtl" else str
    text = "\n".join(_lines(said, steps, called, apart))
    calls = (*(each for step in steps for each in step.reach if each.phone), *called)
    return Message(said.language, text, calls)


def _lines(
    said: Paper, steps: list[Step], called: tuple[Reach, ...], apart: _Apart
) -> Iterator[str]:
    yield from said.told
    for number, step in enumerate(steps, start=1):
        reach = [_reached(each, apart) for each in step.reach]
        by_phone = any(each.phone for each in step.reach)
        who = [] if by_phone or not step.who else [step.who]
        yield f"{number}. {' – '.join([step.do, *who, *reach])}"
    yield from (_reached(each, apart) for each in called)
    yield " ".join(_about(said))


def _about(said: Paper) -> Iterator[str]:
    gettext = texts_of(said.language).gettext
    yield gettext(
        "This is information. It is not a decision, and nobody is promised anything here."
    )
    if is_draft(said.language, "paper"):
        yield gettext(
            "This translation is a draft. "
            "Somebody who grew up with the language still has to check it."
        )


def _called(said: Paper, steps: list[Step]) -> tuple[Reach, ...]:
    """One more who can be called: nobody whom no step names, and no private one."""
    later = (step for step in said.steps if step not in steps)
    return tuple(each for step in later for each in step.reach if each.phone)[:1]


def _reached(contact: Reach, apart: _Apart) -> str:
    """The name, and the best way to reach them."""
    if not contact.details:
        return apart(contact.name)
    best = contact.details[0]
    age = f" ({best.note})" if best.note else ""
    return f"{apart(contact.name)}: {apart(best.value)}{age}"

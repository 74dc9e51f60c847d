"""What stands on the paper and in a message, in one language.

Nothing here rests on why something stands there: the rules behind a step that many people get, and
their sources, tell of the one who got it. So only the sources of the texts themselves are named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules import Policy
from rules.checklist import to_bring
from rules.model import Contact, Source
from wizard.i18n.languages import Language, languages
from wizard.i18n.texts import Texts, texts_of
from wizard.paper.private import private_lines, step_key, without_private
from wizard.presenters.answers import SummaryRow, summary
from wizard.presenters.letter import LetterWriter
from wizard.presenters.places import Desk
from wizard.presenters.result import OrganisationCard, Result, SupportCard, presenter
from wizard.session import answers

MEANINGS = 3
"""How much is said of the situation on the first page: the first whole, the others in short."""
STEPS = 3
"""The steps that stand whole, and those in a message."""


@dataclass(frozen=True)
class Wanted:
    """What the person wants on the paper beside what is always there."""

    answers: Collection[str] = ()
    """Ids of questions whose answers are printed."""
    private: Collection[str] = ()
    """Keys of private lines, see `private.py`."""
    code: bool = False
    """Whether the code of the case is printed."""


@dataclass(frozen=True)
class Line:
    """A sentence, and the numbers of its sources on this paper."""

    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Detail:
    """A phone number, an address; `note` says how old it is, where that is not sure."""

    value: str
    note: str | None


@dataclass(frozen=True)
class Reach:
    """How to reach somebody."""

    name: str
    details: tuple[Detail, ...]
    """The phone number first, where there is one."""
    phone: str | None
    hours: str | None


@dataclass(frozen=True)
class Step:
    """A next step, and whom it names who was not named above it."""

    do: str
    more: str | None
    """Why, or what to say; only of the first steps."""
    who: str | None
    sources: tuple[int, ...]
    reach: tuple[Reach, ...]
    is_private: bool


@dataclass(frozen=True)
class Organisation:
    """An organisation that can be asked, or that will be in touch."""

    card: OrganisationCard
    sources: tuple[int, ...]
    reach: Reach | None
    """None where no detail is known, or where a step has it."""


@dataclass(frozen=True)
class PlaceToGo:
    """A desk near where the person stays, which the person wants on the paper."""

    desk: Desk
    sources: tuple[int, ...]
    details: tuple[str, ...]
    """Its address, how to reach it, and from which year that is."""


@dataclass(frozen=True)
class Help:
    """A kind of help to ask about."""

    card: SupportCard
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Paper:
    """Everything that is printed, in one language."""

    language: Language
    meaning: tuple[Line, ...]
    more_meaning: tuple[Line, ...]
    """The whole texts of what stands in short above, and the others."""
    told: tuple[str, ...]
    """The private lines that the person wants there and that are no steps."""
    steps: tuple[Step, ...]
    cards: tuple[Organisation, ...]
    """Those who stand open in the letter too."""
    more_cards: tuple[Organisation, ...]
    places: tuple[PlaceToGo, ...]
    supports: tuple[Help, ...]
    bring: tuple[Line, ...]
    sources: tuple[Source, ...]
    """Each under its number, from 1."""
    answers: tuple[SummaryRow, ...]
    checked_on: date
    policy_version: str


class _Numbers:
    """The sources that were cited so far, each with its number."""

    def __init__(self) -> None:
        self._numbers: dict[Source, int] = {}

    @property
    def known(self) -> tuple[Source, ...]:
        """All of them, in the order of their numbers."""
        return tuple(self._numbers)

    def of(self, sources: Iterable[Source]) -> tuple[int, ...]:
        """The numbers of these."""
        return tuple(
            sorted({self._numbers.setdefault(each, len(self._numbers) + 1) for each in sources})
        )


def to_the_person(language: Language) -> Language:
    """The language as it speaks to the person whose paper it is, also in helper mode."""
    return languages()[language.tag]


def paper(language: Language, wanted: Wanted) -> Paper:
    """The paper for the answers of this request."""
    language = to_the_person(language)
    texts, words = texts_of(language), presenter(language)
    policy, whole, path = answers.decider().policy, answers.decision(), answers.path()
    decision = without_private(policy, whole, wanted.private)
    told = private_lines(policy, decision, words)
    result = words.result(decision)
    numbers = _Numbers()
    # In the order of the paper, so that the numbers of sources are.
    meaning = tuple(_meaning(policy, result, numbers))
    steps = tuple(_steps(policy, result, {each.key for each in told}, numbers, texts))
    cards = tuple(_organisations(policy, result, numbers, texts))
    letter = LetterWriter(policy, language).open_cards(words.result(whole))
    in_letter = {each.id for each in letter}
    first = tuple(each for each in cards if each.card.id in in_letter)
    bring = tuple(
        Line(texts.gettext(each.text), numbers.of([each.source]))
        for each in to_bring(policy, path.answers, whole)
    )
    more_meaning = tuple(
        Line(each.text, numbers.of(policy.situations[each.id].sources))
        for each in result.situation[1:]
    )
    places = tuple(_places(result, numbers, texts))
    supports = tuple(
        Help(each, numbers.of([policy.supports[each.id].source])) for each in result.supports
    )
    return Paper(
        language=language,
        meaning=meaning,
        more_meaning=more_meaning,
        told=tuple(each.text for each in told if not each.is_step),
        steps=steps,
        cards=first,
        more_cards=tuple(each for each in cards if each not in first),
        places=places,
        supports=supports,
        bring=bring,
        sources=numbers.known,
        answers=tuple(row for row in summary(path, language) if row.question_id in wanted.answers),
        checked_on=min(source.checked_on for source in numbers.known),
        policy_version=result.policy_version,
    )


def _meaning(policy: Policy, result: Result, numbers: _Numbers) -> Iterator[Line]:
    for number, each in enumerate(result.situation[:MEANINGS]):
        text = each.text if number == 0 else each.short or each.text
        yield Line(text, numbers.of(policy.situations[each.id].sources))


def _steps(
    policy: Policy, result: Result, private: Collection[str], numbers: _Numbers, texts: Texts
) -> Iterator[Step]:
    named: set[str] = set()
    for number, each in enumerate(result.steps):
        new = [contact for contact in each.contacts if contact.id not in named]
        named.update(contact.id for contact in new)
        yield Step(
            do=each.do or each.text,
            more=each.more if number < STEPS else None,
            who=each.who,
            sources=numbers.of(policy.steps[each.id].sources),
            reach=tuple(_reach(contact.name, contact.contact, texts) for contact in new),
            is_private=step_key(each.id) in private,
        )


def _organisations(
    policy: Policy, result: Result, numbers: _Numbers, texts: Texts
) -> Iterator[Organisation]:
    """Who can be asked, or will be in touch; how to reach them, where no step says so."""
    named = {contact.id for step in result.steps for contact in step.contacts}
    for group in result.groups:
        if policy.roles[group.role].excludes:
            continue
        for card in group.organisations:
            contact = None if card.id in named else card.contact
            yield Organisation(
                card=card,
                sources=numbers.of([card.source]),
                reach=_reach(card.name, contact, texts) if contact else None,
            )


def _places(result: Result, numbers: _Numbers, texts: Texts) -> Iterator[PlaceToGo]:
    for desk in result.desks:
        details = (desk.address, *(each.value for each in _details(desk.contact, texts)))
        year = desk.place.year
        age = texts.gettext("Last known: %(year)s", year=year) if year else None
        yield PlaceToGo(
            desk=desk,
            sources=numbers.of([desk.contact.source]),
            details=(*filter(None, details), age or texts.gettext("Year unknown")),
        )


def _reach(name: str, contact: Contact, texts: Texts) -> Reach:
    return Reach(
        name=name,
        details=tuple(_details(contact, texts)),
        phone=contact.phone,
        hours=texts.gettext(contact.hours) if contact.hours else None,
    )


def _details(contact: Contact, texts: Texts) -> Iterator[Detail]:
    website = contact.website and contact.website.removeprefix("https://")
    website = website and website.removeprefix("http://")
    shown = {
        "phone": contact.phone,
        "phone_outside": contact.phone_outside,
        "email": contact.email,
        "website": website,
    }
    for name, value in shown.items():
        if value:
            outside = texts.gettext("Phone from outside") if name == "phone_outside" else None
            notes = filter(None, (outside, _age(contact, name, texts)))
            yield Detail(value, ", ".join(notes) or None)


def _age(contact: Contact, detail: str, texts: Texts) -> str | None:
    if detail not in contact.last_known:
        return None
    year = contact.last_known[detail]
    if year:
        return texts.gettext("Last known: %(year)s", year=year)
    return texts.gettext("Year unknown")

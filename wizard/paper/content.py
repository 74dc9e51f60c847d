"""What stands on the paper, in one language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.checklist import to_bring
from rules.model import Source
from wizard.i18n.languages import Language, languages
from wizard.i18n.texts import texts_of
from wizard.presenters.answers import SummaryRow, summary
from wizard.presenters.result import (
    OrganisationCard,
    Reason,
    Result,
    Statement,
    SupportCard,
    presenter,
)
from wizard.session import answers


@dataclass(frozen=True)
class Line:
    """A sentence, and the numbers of its sources on this paper."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Contact:
    """An organisation that can be asked, or that will be in touch."""

    card: OrganisationCard
    sources: tuple[int, ...]

    @property
    def reach(self) -> tuple[str, ...]:
        """Phone number, email and website, as far as known; the same in every language."""
        contact = self.card.contact
        if contact is None:
            return ()
        website = contact.website and contact.website.removeprefix("https://")
        shown = (contact.phone, contact.email, website and website.removeprefix("http://"))
        return tuple(each for each in shown if each)


@dataclass(frozen=True)
class Help:
    """A kind of help to ask about."""

    card: SupportCard
    sources: tuple[int, ...]


@dataclass(frozen=True)
class NumberedSource:
    """A source, and what the rules say that lean on it."""

    number: int
    source: Source
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """Everything that is printed, in one language."""

    language: Language
    situation: tuple[Line, ...]
    contacts: tuple[Contact, ...]
    supports: tuple[Help, ...]
    steps: tuple[Line, ...]
    bring: tuple[Line, ...]
    sources: tuple[NumberedSource, ...]
    answers: tuple[SummaryRow, ...]
    """Only those that the person chose to print."""
    checked_on: date
    policy_version: str


def to_the_person(language: Language) -> Language:
    """The language as it speaks to the person whose paper it is, also in helper mode."""
    return languages()[language.tag]


def paper(language: Language, with_answers: Collection[str] = (), *, brief: bool = False) -> Paper:
    """The paper for the answers of this request; `with_answers` are ids of questions.

    A brief one names the sources of each kind of help, but does not repeat the rules for it.
    """
    language = to_the_person(language)
    policy, decision, path = answers.decider().policy, answers.decision(), answers.path()
    gettext = texts_of(language).gettext
    result = presenter(language).result(decision)
    groups = [group for group in result.groups if not policy.roles[group.role].excludes]
    cards = [card for group in groups for card in group.organisations]
    entries = tuple(to_bring(policy, path.answers, decision))
    reasons = _reasons(result, cards, brief)
    others = [reason.source for each in result.supports for reason in each.reasons]
    others += [entry.source for entry in entries]
    numbers = _numbers(reasons, cards, others)

    def line(statement: Statement) -> Line:
        return Line(statement.text, _cited(numbers, (each.source for each in statement.reasons)))

    return Paper(
        language=language,
        situation=tuple(map(line, result.situation)),
        contacts=tuple(Contact(card, _cited(numbers, _sources_of(card))) for card in cards),
        supports=tuple(
            Help(each, _cited(numbers, (reason.source for reason in each.reasons)))
            for each in result.supports
        ),
        steps=tuple(map(line, result.steps)),
        bring=tuple(Line(gettext(each.text), _cited(numbers, (each.source,))) for each in entries),
        sources=tuple(
            NumberedSource(number, source, tuple(r.text for r in reasons if r.source == source))
            for source, number in numbers.items()
        ),
        answers=tuple(row for row in summary(path, language) if row.question_id in with_answers),
        checked_on=min(source.checked_on for source in numbers),
        policy_version=result.policy_version,
    )


def _reasons(result: Result, cards: Iterable[OrganisationCard], brief: bool) -> tuple[Reason, ...]:
    """The rules behind what is printed, in the order of the data.

    A rule that only says who does not help is left out, as are those organisations.
    """
    parts: list[Statement | OrganisationCard | SupportCard]
    parts = [*result.situation, *cards, *result.steps, *(() if brief else result.supports)]
    printed = {reason.id for part in parts for reason in part.reasons}
    return tuple(reason for reason in result.reasons if reason.id in printed)


def _sources_of(card: OrganisationCard) -> Iterator[Source]:
    yield from (reason.source for reason in card.reasons)
    if card.contact:
        yield card.contact.source


def _numbers(
    reasons: Iterable[Reason], cards: Iterable[OrganisationCard], others: Iterable[Source]
) -> dict[Source, int]:
    """Every source with its number, in the order in which they are first needed."""
    sources = [reason.source for reason in reasons]
    sources += [source for card in cards for source in _sources_of(card)]
    sources += others
    return {source: number for number, source in enumerate(dict.fromkeys(sources), start=1)}


def _cited(numbers: dict[Source, int], sources: Iterable[Source]) -> tuple[int, ...]:
    return tuple(sorted({numbers[source] for source in sources}))

"""Results side by side, in the words of one language, with what is different between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from questions import Answers
from rules import Decider, Policy
from rules.model import Comparison
from rules.side_by_side import Compared, compare
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.presenters.result import (
    OrganisationCard,
    Reason,
    Result,
    Statement,
    SupportCard,
    presenter,
)


@dataclass(frozen=True)
class Row:
    """One organisation or kind of help in each column; None where a column has nothing of it."""

    name: str
    cells: tuple[OrganisationCard | SupportCard | None, ...]
    differs: bool


@dataclass(frozen=True)
class Line:
    """A text that not every column has."""

    text: str
    only_here: bool


@dataclass(frozen=True)
class Column:
    """What stands in one column only below its heading."""

    heading: str
    situation: tuple[Line, ...]
    steps: tuple[Line, ...]
    assumed: tuple[str, ...]
    """Questions that nobody answered: they count as not said."""
    is_answer: bool
    """Whether this is what was answered."""


@dataclass(frozen=True)
class SideBySide:
    """The whole page."""

    columns: tuple[Column, ...]
    organisations: tuple[Row, ...]
    supports: tuple[Row, ...]
    reasons: tuple[Reason, ...]
    role_texts: dict[str, str]
    same: dict[str, tuple[str, ...]]
    """What stands in every column alike, by the name of the list in a column."""


class ComparisonPresenter:
    """Puts results of one policy side by side in one language."""

    def __init__(self, decider: Decider, language: Language) -> None:
        self._decider = decider
        self._policy = decider.policy
        self._present = presenter(language)
        self.gettext = texts_of(language).gettext

    def side_by_side(self, comparison: Comparison, given: Answers, on: date) -> SideBySide:
        """The comparison for these answers, which complete the questionnaire."""
        compared = compare(self._decider, comparison, given, on)
        results = [self._present.result(each.decision) for each in compared]
        policy = self._policy
        fired = {name for each in compared for name in each.decision.fired}
        return SideBySide(
            columns=tuple(
                self._column(each, results, number, given) for number, each in enumerate(compared)
            ),
            organisations=tuple(_organisations(policy, results)),
            supports=tuple(self._supports(results)),
            reasons=self._present.told(rule.id for rule in policy.rules if rule.id in fired),
            same={
                "situation": _in_all([result.situation for result in results]),
                "steps": _in_all([result.steps for result in results]),
            },
            role_texts={role.id: self.gettext(role.text) for role in policy.roles.values()},
        )

    def _column(
        self, compared: Compared, results: Sequence[Result], number: int, given: Answers
    ) -> Column:
        others = [result for place, result in enumerate(results) if place != number]
        by_id = self._policy.questionnaire.by_id
        return Column(
            heading=self.gettext(compared.side.text),
            situation=_lines(results[number].situation, [other.situation for other in others]),
            steps=_lines(results[number].steps, [other.steps for other in others]),
            assumed=tuple(self.gettext(by_id[name].text) for name in compared.assumed),
            is_answer=compared.answers == given,
        )

    def _supports(self, results: Sequence[Result]) -> Iterator[Row]:
        cards = [{card.id: card for card in result.supports} for result in results]
        for name, support in self._policy.supports.items():
            cells = tuple(each.get(name) for each in cards)
            said = {(cell.certainty, cell.by, cell.amounts) if cell else None for cell in cells}
            if any(cells):
                yield Row(self.gettext(support.label), cells, len(said) > 1)


def _lines(
    statements: Sequence[Statement], others: Sequence[Sequence[Statement]]
) -> tuple[Line, ...]:
    """What does not stand in every column."""
    elsewhere = [{statement.id for statement in other} for other in others]
    return tuple(
        Line(each.text, not any(each.id in ids for ids in elsewhere))
        for each in statements
        if not all(each.id in ids for ids in elsewhere)
    )


def _in_all(columns: Sequence[Sequence[Statement]]) -> tuple[str, ...]:
    first, *others = columns
    ids = [{each.id for each in other} for other in others]
    return tuple(each.text for each in first if all(each.id in other for other in ids))


def _organisations(policy: Policy, results: Sequence[Result]) -> Iterator[Row]:
    cards = [
        {card.id: card for group in result.groups for card in group.organisations}
        for result in results
    ]
    for name, organisation in policy.organisations.items():
        cells = tuple(each.get(name) for each in cards)
        roles = {(cell.role, cell.text) if cell else None for cell in cells}
        if any(cells):
            yield Row(organisation.name, cells, len(roles) > 1)

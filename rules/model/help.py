"""Kinds of help, sums, situations and steps: what a decision can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from questions import Condition
from questions.conditions import ALWAYS
from rules.model.source import Source


@dataclass(frozen=True)
class Wording:
    """One of several texts; `amount` is the id of the figure that {amount} stands for.

    `private`: it tells something of the person, where the other texts do not.
    """

    text: str
    label: str | None = None
    short: str | None = None
    amount: str | None = None
    private: bool = False


@dataclass(frozen=True)
class Support:
    """One kind of help."""

    id: str
    label: str
    text: str
    form: tuple[str, ...]
    certainty: str
    wanted_by: tuple[str, ...]
    source: Source
    after_wanted: bool = False
    """Whether it stands directly after what was wanted."""
    variants: Mapping[str, Wording] = field(default_factory=dict)
    private: bool = False
    """Whether it tells something of the person, whatever it is called."""
    amounts_note: str | None = None
    """What is said beside its figures: for whom they are not. Not beside those of a variant."""

    def is_private(self, variant: str | None) -> bool:
        """Whether it tells something of the person."""
        return self.private or self.wording(variant).private

    def wording(self, variant: str | None) -> Wording:
        """What is said of it."""
        return self.variants[variant] if variant else Wording(self.text, self.label)


@dataclass(frozen=True)
class Amount:
    """A figure, always shown as "up to"; `up_to_eur` in whole euros.

    It is shown with this help when this organisation gives it, the condition holds, and the rule
    fired, where one is named.
    """

    id: str
    support: str
    organisation: str
    rule: str | None
    scheme: str
    """Out of which the figure comes: for who edits the policy, shown and translated nowhere."""
    up_to_eur: int
    text: str
    source: Source
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Outcome:
    """A text about the situation or a next step.

    Of a step, `text` says what to do, `more` why or what to say, `who` whom to go to, and `fold`
    what only some need. `contacts` are ids of organisations or contacts; with `contacts_in_role`
    they are the organisations that have this role. `private`: it tells something of the person, so
    it stays off what others can find, unless the person wants it there.
    """

    id: str
    text: str
    contacts: tuple[str, ...] = ()
    contacts_in_role: str | None = None
    short: str | None = None
    more: str | None = None
    who: str | None = None
    fold: str | None = None
    private: bool = False
    amount: str | None = None
    sources: tuple[Source, ...] = ()
    variants: Mapping[str, Wording] = field(default_factory=dict)
    few_cards: bool = False
    """Whether only who comes first and who promised help stand open in this situation."""
    with_stop: bool = False
    """Whether a stop on return to the country stands beside it: alone it would say too much."""

    def wording(self, variant: str | None) -> Wording:
        """What is said."""
        if variant:
            return self.variants[variant]
        return Wording(self.text, short=self.short, amount=self.amount)

    def is_private(self, variant: str | None = None) -> bool:
        """Whether it tells something of the person."""
        return self.private or self.wording(variant).private


@dataclass(frozen=True)
class ChecklistEntry:
    """A document to bring, or what a helper checks, and when it is said.

    `fold`: it is advice that can wait. `question`: who checks it can answer this question anew.
    """

    id: str
    text: str
    when: Condition
    source: Source
    fold: bool = False
    question: str | None = None

"""A rule and what it can conclude."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questions import Condition
from rules.model.source import Source


@dataclass(frozen=True)
class DeriveFact:
    """Conclusion: a derived fact has this value."""

    fact: str
    value: str


@dataclass(frozen=True)
class AssignRole:
    """Conclusion: each of these organisations has this role; `variant` says which text is meant."""

    organisations: tuple[str, ...]
    role: str
    variant: str | None = None


@dataclass(frozen=True)
class OfferSupport:
    """Conclusion: these organisations can give this help, as far as their role lets them.

    `in_role` are the roles in which they do; None where any role that gives will do.
    """

    support: str
    by: tuple[str, ...]
    certainty: str
    max_eur: int | None
    in_role: tuple[str, ...] | None = None
    variant: str | None = None


@dataclass(frozen=True)
class SetCertainty:
    """Conclusion: these kinds of help are this certain, whatever their offers say."""

    supports: tuple[str, ...]
    certainty: str


@dataclass(frozen=True)
class DescribeSituation:
    """Conclusion: this is said about the situation."""

    situation: str
    variant: str | None = None


@dataclass(frozen=True)
class AdviseStep:
    """Conclusion: this is a next step."""

    step: str


Conclusion = DeriveFact | AssignRole | OfferSupport | SetCertainty | DescribeSituation | AdviseStep


@dataclass(frozen=True)
class Rule:
    """One rule. `rank` decides between rules of which only one may conclude: the lowest wins."""

    id: str
    statement: str
    when: Condition
    then: Conclusion
    rank: int
    source: Source
    valid_from: date
    valid_until: date | None
    silent: bool = False
    """Whether no result names it among its reasons: it says that nothing else held."""
    place: str = ""
    """File and key where it stands, for messages about a mistake in it."""

    def is_valid(self, on: date) -> bool:
        """Whether the rule holds on this day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

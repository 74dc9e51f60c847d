"""What a decision holds: ids, roles and reasons. No texts, no language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that holds for the person (a situation or a next step), and the rules for it.

    `variant` is the text that is meant, where there are several. `contacts` are the ids of whom a
    step names.
    """

    id: str
    because: tuple[str, ...]
    variant: str | None = None
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrganisationRole:
    """The role of one organisation, and the rules for it."""

    id: str
    role: str
    because: tuple[str, ...]
    variant: str | None = None


@dataclass(frozen=True)
class SupportOffer:
    """One kind of help, who can give it, and the rules for it; `max_eur` in whole euros."""

    id: str
    form: tuple[str, ...]
    certainty: str
    by: tuple[str, ...]
    max_eur: int | None
    because: tuple[str, ...]
    variant: str | None = None
    amounts: tuple[str, ...] = ()
    """The ids of the figures that are shown."""


@dataclass(frozen=True)
class Decision:
    """What follows from the answers. Before the end (`complete` false) there is no verdict."""

    complete: bool
    next_question: str | None
    ignored: tuple[str, ...]
    stage: str | None
    country_view: str | None
    nationality_group: str | None
    situation: tuple[Finding, ...]
    organisations: tuple[OrganisationRole, ...]
    supports: tuple[SupportOffer, ...]
    next_steps: tuple[Finding, ...]
    places: tuple[str, ...]
    """The ids of desks for people who stay where this person does."""
    fired: tuple[str, ...]
    """The ids of the rules that fired, in the order of the data: the trace."""
    policy_version: str
    policy_sha256: str

"""Organisations, their roles, and how to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rules.model.source import Source

CARDS = ("never", "promised", "always", "best", "else")
"""Whether an organisation stands open in a result: never; always, also for somebody for whom few
stand open; always; while there is room; where there is nobody else."""


@dataclass(frozen=True)
class Role:
    """A role of an organisation in a result.

    `gives`: it can be named as giver of help. `excludes`: it needs the answers that led to it.
    `no_help`: it gives, but nobody asks for it, as for a forced return. `card`: when who has this
    role stands open in a result, beside who comes first.
    """

    id: str
    text: str
    gives: bool
    excludes: bool
    no_help: bool = False
    card: str = "never"
    """One of `CARDS`."""

    @property
    def helps(self) -> bool:
        """Whether who has this role helps in a way that people ask for."""
        return self.gives and not self.no_help


@dataclass(frozen=True)
class Contact:
    """How to reach somebody: only what a source shows."""

    website: str | None
    phone: str | None
    email: str | None
    source: Source
    hours: str | None = None
    phone_outside: str | None = None
    """For whoever calls from elsewhere, where `phone` is only for people at one place."""
    source_of: Mapping[str, Source] = field(default_factory=dict)
    """The source of a detail, where it has one of its own."""

    @cached_property
    def last_known(self) -> Mapping[str, str | None]:
        """The details that are not sure, with the year of their source, or None for no year."""
        details = ("website", "phone", "phone_outside", "email", "hours")
        sources = {
            name: self.source_of.get(name, self.source) for name in details if getattr(self, name)
        }
        return {
            name: source.published[:4] if source.published else None
            for name, source in sources.items()
            if source.confidence != "H"
        }


@dataclass(frozen=True)
class ContactPoint:
    """Somebody whom a step names and who is no organisation of the result.

    `private`: whoever has their number tells something of themselves. `at_end`: they stand at the
    end of every result, and so tell nothing of anybody.
    """

    id: str
    name: str
    what_for: str
    contact: Contact
    private: bool = False
    at_end: bool = False


@dataclass(frozen=True)
class Organisation:
    """One organisation, with what is said for each role that it can have."""

    id: str
    name: str
    full_name: str | None
    what: str
    whom: str
    source: Source
    contact: Contact | None
    role_texts: Mapping[str, str]
    """The text for each role; for a variant of it under `role.variant`."""
    first: bool = False
    """Whether it stands before all others."""
    private_roles: frozenset[str] = frozenset()
    """The keys of `role_texts` that tell something of the person."""

    def is_private(self, role: str, variant: str | None) -> bool:
        """Whether this role tells something of the person."""
        return _key_of_role(role, variant) in self.private_roles

    def role_text(self, role: str, variant: str | None) -> str:
        """What is said for this role."""
        return self.role_texts[_key_of_role(role, variant)]


def _key_of_role(role: str, variant: str | None) -> str:
    return f"{role}.{variant}" if variant else role

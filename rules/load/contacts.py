"""Load how to reach somebody: an organisation, or whom a step names beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from questions.toml_reader import Table, read
from rules.load.sources import Sources, source_of, web_address
from rules.model import Contact, ContactPoint

_EMAIL = r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"
_PHONE = r"\+?\d[\d -]+\d"
_DETAILS = ("website", "phone", "email")
_MORE_DETAILS = ("hours", "phone_outside")
"""What says nothing without one of the others."""


def load_contacts(path: Path, sources: Sources) -> Mapping[str, ContactPoint]:
    """Whom a step can name beside the organisations, by id.

    None where the file does not exist: a policy of before there were contacts can still be asked
    for. Raises `DataError` for a detail that is none, and for an unknown source.
    """
    if not path.exists():
        return {}
    points = {}
    for name, table in read(path).tables_by_id():
        own = ("name", "for", "private", "at_end")
        table.only(*own, *_DETAILS, *_MORE_DETAILS, "source", "source_of")
        details = Table(
            table.file,
            table.key,
            {key: value for key, value in table.values.items() if key not in own},
        )
        contact = contact_of(details, sources)
        points[name] = ContactPoint(
            id=name,
            name=table.text("name"),
            what_for=table.text("for"),
            contact=contact,
            private=table.flag("private"),
            at_end=table.flag("at_end"),
        )
        if points[name].private and points[name].at_end:
            table.fail("whoever stands at the end of every result tells nothing", "private")
    return points


def contact_of(table: Table, sources: Sources) -> Contact:
    """The details in the table. Raises `DataError` where there is none to reach anybody by."""
    table.only(*_DETAILS, *_MORE_DETAILS, "source", "source_of")
    if not any(key in table.values for key in _DETAILS):
        table.fail(f"one of {', '.join(_DETAILS)} is needed; leave a contact without any out")
    others = table.table("source_of")
    others.only(*(key for key in (*_DETAILS, *_MORE_DETAILS) if key in table.values))
    if "phone_outside" in table.values and "phone" not in table.values:
        table.fail("a number for callers from elsewhere stands beside one for the others", "phone")
    return Contact(
        hours=table.optional_text("hours"),
        source_of={name: sources[others.one_of(name, tuple(sources))] for name in others.values},
        website=website_of(table),
        phone=phone_of(table),
        phone_outside=phone_of(table, "phone_outside"),
        email=email_of(table),
        source=source_of(table, sources),
    )


def website_of(table: Table) -> str | None:
    """The address under `website`, or None where it is left out."""
    return web_address(table, "website") if "website" in table.values else None


def phone_of(table: Table, key: str = "phone") -> str | None:
    """The number under the key, or None where it is left out."""
    return table.text_like(key, _PHONE, "a number") if key in table.values else None


def email_of(table: Table) -> str | None:
    """The address under `email`, or None where it is left out."""
    return table.text_like("email", _EMAIL, "an address") if "email" in table.values else None

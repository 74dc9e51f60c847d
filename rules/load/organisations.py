"""Load the organisations, and the roles that they can have."""

from __future__ import annotations

from collections.abc import Mapping

from questions.toml_reader import Table
from rules.load.contacts import contact_of
from rules.load.sources import Sources, source_of
from rules.model import CARDS, Organisation, Role


def load_roles(file: Table) -> Mapping[str, Role]:
    """The roles by id, best first."""
    roles = {}
    for name, table in file.tables_by_id():
        table.only("text", "gives", "excludes", "no_help", "card")
        role = Role(
            id=name,
            text=table.text("text"),
            gives=table.flag("gives"),
            excludes=table.flag("excludes"),
            no_help=table.flag("no_help"),
            card=table.one_of("card", CARDS) if "card" in table.values else CARDS[0],
        )
        if role.gives and role.excludes:
            table.fail("a role that excludes cannot give", "excludes")
        roles[name] = role
    return roles


def load_organisations(
    file: Table, sources: Sources, roles: Mapping[str, Role]
) -> Mapping[str, Organisation]:
    """The organisations by id, in the order shown."""
    return {name: _organisation(name, table, sources, roles) for name, table in file.tables_by_id()}


def _organisation(
    name: str, table: Table, sources: Sources, roles: Mapping[str, Role]
) -> Organisation:
    table.only(
        *("name", "full_name", "first", "what", "whom", "source", "contact", "role"),
        "private_roles",
    )
    texts = table.table("role")
    for role in texts.values:
        if role.partition(".")[0] not in roles:
            texts.fail("no role has this name", role)
    return Organisation(
        id=name,
        name=table.text("name"),
        full_name=table.optional_text("full_name"),
        what=table.text("what"),
        whom=table.text("whom"),
        source=source_of(table, sources),
        contact=contact_of(table.table("contact"), sources) if "contact" in table.values else None,
        role_texts={role: texts.text(role) for role in texts.values},
        first=table.flag("first"),
        private_roles=frozenset(table.some_of("private_roles", tuple(texts.values))),
    )

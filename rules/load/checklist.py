"""Load what to bring."""

from __future__ import annotations

from collections.abc import Mapping

from questions import Questionnaire
from questions.conditions import parse
from questions.toml_reader import Table
from rules.engine.compiler import role_fact
from rules.load.content import Sources, source_of
from rules.model import ChecklistEntry, Role


def load_checklist(
    file: Table,
    sources: Sources,
    questionnaire: Questionnaire,
    organisations: tuple[str, ...],
    roles: Mapping[str, Role],
) -> tuple[ChecklistEntry, ...]:
    """The entries in the order shown; none where the file has no `[bring]`."""
    role_facts = {role_fact(name): tuple(roles) for name in organisations}
    vocabulary = {**questionnaire.vocabulary, **role_facts}
    entries = []
    for name, table in file.table("bring").tables():
        table.only("text", "when", "source", "fold")
        if "when" not in table.values:
            table.fail("a condition is missing; write `when = {}` for always", "when")
        when = parse(table.table("when"), vocabulary)
        source, fold = source_of(table, sources), table.flag("fold")
        entries.append(ChecklistEntry(name, table.text("text"), when, source, fold))
    return tuple(entries)

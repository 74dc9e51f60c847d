"""What to bring: documents that somebody with these answers can take along.

Whether an entry is shown depends on answers, on what is on record for the country, and on the roles
of organisations in the decision. Nothing else of the decision rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questions import Answers, Facts, Questionnaire
from questions.conditions import holds, parse
from questions.toml_reader import Table
from rules.decision import Decision
from rules.engine.compiler import role_fact
from rules.load.content import Sources, source_of
from rules.model import ChecklistEntry, Policy, Role


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


def to_bring(policy: Policy, answers: Answers, decision: Decision) -> Iterator[ChecklistEntry]:
    """The entries that hold for a complete decision and the answers that led to it."""
    roles = {role_fact(each.id): each.role for each in decision.organisations}
    facts: Facts = {**answers, **policy.lookup(answers), **roles}
    return (entry for entry in policy.checklist if holds(entry.when, facts))

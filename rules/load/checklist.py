"""Load what to bring, and what a helper checks."""

from __future__ import annotations

from collections.abc import Mapping

from questions import Questionnaire
from questions.conditions import Vocabulary, parse_when
from questions.toml_reader import Table
from rules.engine.compiler import role_fact
from rules.load.sources import Sources, source_of
from rules.model import ChecklistEntry, Role


def load_checklist(
    file: Table,
    sources: Sources,
    questionnaire: Questionnaire,
    organisations: tuple[str, ...],
    roles: Mapping[str, Role],
) -> tuple[ChecklistEntry, ...]:
    """What to bring, in the order shown; none where the file has no `[bring]`."""
    vocabulary = _vocabulary(questionnaire, organisations, roles)
    entries = []
    for name, table in file.table("bring").tables():
        table.only("text", "when", "source", "fold")
        source, fold = source_of(table, sources), table.flag("fold")
        when = parse_when(table, vocabulary)
        entries.append(ChecklistEntry(name, table.text("text"), when, source, fold))
    return tuple(entries)


def load_checks(
    file: Table,
    sources: Sources,
    questionnaire: Questionnaire,
    organisations: tuple[str, ...],
    roles: Mapping[str, Role],
) -> tuple[ChecklistEntry, ...]:
    """What a helper checks, in the order shown; none where the file has no `[check]`.

    Raises `DataError` for a source below confidence "H": somebody leans on it in a talk.
    """
    vocabulary = _vocabulary(questionnaire, organisations, roles)
    checks = []
    for name, table in file.table("check").tables():
        table.only("text", "when", "source", "question")
        source = source_of(table, sources)
        if source.confidence != "H":
            table.fail("a check needs a source of confidence H", "source")
        question = None
        if "question" in table.values:
            question = table.one_of("question", tuple(questionnaire.by_id))
        when = parse_when(table, vocabulary)
        checks.append(ChecklistEntry(name, table.text("text"), when, source, question=question))
    return tuple(checks)


def _vocabulary(
    questionnaire: Questionnaire, organisations: tuple[str, ...], roles: Mapping[str, Role]
) -> Vocabulary:
    role_facts = {role_fact(name): tuple(roles) for name in organisations}
    return {**questionnaire.vocabulary, **role_facts}

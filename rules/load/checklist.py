"""Load what to bring, and what a helper checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from questions.conditions import Vocabulary, parse_when
from questions.toml_reader import Table
from rules.load.sources import Sources, source_of, sure_source_of
from rules.model import ChecklistEntry


def load_checklist(
    file: Table, sources: Sources, vocabulary: Vocabulary
) -> tuple[ChecklistEntry, ...]:
    """What to bring, in the order shown; none where the file has no `[bring]`."""
    return tuple(
        replace(entry, fold=table.flag("fold"))
        for table, entry in _entries(file.table("bring"), "fold", sources, vocabulary)
    )


def load_checks(
    file: Table, sources: Sources, vocabulary: Vocabulary, questions: tuple[str, ...]
) -> tuple[ChecklistEntry, ...]:
    """What a helper checks, in the order shown; none where the file has no `[check]`.

    Raises `DataError` for a source below confidence "H": somebody leans on it in a talk.
    """
    checks = []
    for table, entry in _entries(file.table("check"), "question", sources, vocabulary):
        source = sure_source_of(table, sources, "a check")
        question = table.one_of("question", questions) if "question" in table.values else None
        checks.append(replace(entry, source=source, question=question))
    return tuple(checks)


def _entries(
    tables: Table, own_key: str, sources: Sources, vocabulary: Vocabulary
) -> Iterator[tuple[Table, ChecklistEntry]]:
    """Each entry with its table, in which only entries of its kind have their own key."""
    for name, table in tables.tables():
        table.only("text", "when", "source", own_key)
        source, when = source_of(table, sources), parse_when(table, vocabulary)
        yield table, ChecklistEntry(name, table.text("text"), when, source)

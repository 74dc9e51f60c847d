"""Notes for the talk: what somebody needs who goes through the questions with a client."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from questions import Questionnaire
from questions.toml_reader import Table, read
from rules.load.sources import Sources, sure_source_of
from rules.model import Note


def load_notes(path: Path, sources: Sources, questionnaire: Questionnaire) -> Mapping[str, Note]:
    """The notes by question: one for each, or none where the file does not exist.

    A policy of before there were notes has no such file, and can still be asked for. Raises
    `DataError` for an unknown or a missing question, and for a source below confidence "H".
    """
    if not path.exists():
        return {}
    file = read(path)
    file.only(*questionnaire.by_id)
    for name in questionnaire.by_id:
        if name not in file.values:
            file.fail("a note for this question is missing", name)
    return {name: _note(table, sources) for name, table in file.tables()}


def _note(table: Table, sources: Sources) -> Note:
    table.only("means", "how_to_ask", "letter", "source")
    return Note(
        means=table.text("means"),
        how_to_ask=table.text("how_to_ask"),
        letter=table.optional_text("letter"),
        source=sure_source_of(table, sources, "a note"),
    )

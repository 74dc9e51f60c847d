"""Everything that explains a decision beside its reasons: why not, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questions import Answers
from rules.blame import Blame
from rules.compiled import Compiled
from rules.what_if import WhatIfs, WouldChange


@dataclass(frozen=True)
class Explanation:
    """Why not, and what would change it. Organisations, kinds of help and questions by id."""

    excluded_organisations: Mapping[str, tuple[str, ...]]
    missing_supports: Mapping[str, tuple[str, ...]]
    would_change: tuple[WouldChange, ...]


def explain(compiled: Compiled, answers: Answers) -> Explanation:
    """The explanation for answers that complete the questionnaire."""
    blame = Blame(compiled, answers)
    return Explanation(
        excluded_organisations=blame.excluded_organisations(),
        missing_supports=blame.missing_supports(),
        would_change=WhatIfs(compiled, answers).all(),
    )

"""Everything that explains a decision beside its reasons: why not, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from questions import Answers
from rules.engine.ruleset import Ruleset
from rules.explain.what_if import WhatIfs, WouldChange
from rules.explain.why_not import WhyNot


class Explanation:
    """Why not, and what would change it. Organisations, kinds of help and questions by id.

    Each part is worked out when it is asked for: what would change a decision takes some hundred
    others, and not every page shows it.
    """

    def __init__(self, compiled: Ruleset, answers: Answers) -> None:
        """`answers` complete the questionnaire."""
        self._compiled = compiled
        self._answers = answers

    @cached_property
    def _why_not(self) -> WhyNot:
        return WhyNot(self._compiled, self._answers)

    @cached_property
    def excluded_organisations(self) -> Mapping[str, tuple[str, ...]]:
        """For each excluded organisation, the questions whose answers led to that."""
        return self._why_not.excluded_organisations()

    @cached_property
    def missing_supports(self) -> Mapping[str, tuple[str, ...]]:
        """For each kind of help that is not offered, the questions whose answers exclude it."""
        return self._why_not.missing_supports()

    @cached_property
    def would_change(self) -> tuple[WouldChange, ...]:
        """Other answers that would change the decision."""
        return WhatIfs(self._compiled, self._answers).all()

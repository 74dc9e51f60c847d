"""What to bring: documents that somebody with these answers can take along.

Whether an entry is shown depends on answers, on what is on record for the country, and on the roles
of organisations in the decision. Nothing else of the decision rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from questions import Answers, Facts
from questions.conditions import holds
from rules.decision import Decision
from rules.engine.compiler import role_fact
from rules.model import ChecklistEntry, Policy


def to_bring(policy: Policy, answers: Answers, decision: Decision) -> Iterator[ChecklistEntry]:
    """The entries that hold for a complete decision and the answers that led to it."""
    roles = {role_fact(each.id): each.role for each in decision.organisations}
    facts: Facts = {**answers, **policy.lookup(answers), **roles}
    return (entry for entry in policy.checklist if holds(entry.when, facts))

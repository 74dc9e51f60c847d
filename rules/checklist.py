"""What to bring, and what a helper checks: for somebody with these answers.

Whether an entry is shown depends on answers, on what is on record for the country, and on the roles
of organisations in the decision. Nothing else of the decision rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questions import Answers, Facts
from questions.conditions import holds
from rules.decision import Decision
from rules.engine.compiler import role_fact
from rules.model import ChecklistEntry, Policy


def to_bring(policy: Policy, answers: Answers, decision: Decision) -> Iterator[ChecklistEntry]:
    """What to bring, for a complete decision and the answers that led to it."""
    return _entries(policy.checklist, policy, answers, decision)


def to_check(policy: Policy, answers: Answers, decision: Decision) -> Iterator[ChecklistEntry]:
    """What somebody checks who helps a client with this decision."""
    return _entries(policy.checks, policy, answers, decision)


def _entries(
    entries: Iterable[ChecklistEntry], policy: Policy, answers: Answers, decision: Decision
) -> Iterator[ChecklistEntry]:
    roles = {role_fact(each.id): each.role for each in decision.organisations}
    facts: Facts = {**answers, **policy.lookup(answers), **roles}
    return (entry for entry in entries if holds(entry.when, facts))

"""People of the agreed policy, to be changed in one answer at a time."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.vocabulary import Answer, Records, kept

Conclusion = tuple[str, ...]
"""("fact", name, value), ("role", organisation, role), ("situation", id), ("step", id) or
("gives", organisation, support, form, certainty, most euros)."""

DECIDED: Mapping[str, Answer] = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "dublin": "no",
    "arranged": "no",
    "new_facts": ("none",),
    "return_choice": "decided",
    "country": "GH",
    "vwn_view": "assists",
    "household": "no_children",
    "circumstances": ("none",),
    "residence": "rotterdam",
    "travel_document": "yes",
    "returned_before": "no",
    "promised_by": "no",
    "help_wanted": ("unknown",),
}
"""Finally rejected, decided to return, and nothing stands in the way."""

STAGES: Mapping[str, Mapping[str, Answer]] = {
    "in_procedure": {"asylum_decision": "waiting"},
    "appeal_possible": {"appeal": "possible"},
    "appeal_pending": {"appeal": "pending"},
    "appeal_higher": {"appeal": "higher"},
    "final": {"appeal": "over"},
    "permit": {"asylum_decision": "permit"},
    "permit_at_risk": {"asylum_decision": "permit_at_risk"},
    "undocumented": {"asylum_decision": "never_applied"},
    "unclear": {"asylum_decision": "unknown"},
}
"""For each stage, answers that lead to it."""

NO_RECORDS: Records = {}


def person(**changes: Answer) -> dict[str, Answer]:
    """Somebody who decided, with changes; without answers to what is then not asked."""
    return kept({**DECIDED, **changes})


def at(stage: str, **changes: Answer) -> dict[str, Answer]:
    """Somebody at a stage, with changes."""
    return person(**{**STAGES[stage], **changes})

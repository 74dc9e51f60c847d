"""Whose answers are measured."""

from __future__ import annotations

from collections.abc import Mapping

Answers = Mapping[str, str | list[str]]
"""By question, in asking order; a list where several can be chosen."""

LONG: Answers = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "return_choice": "decided",
    "country": "SO",
    "vwn_view": "assists",
    "new_facts": "no",
    "residence": "family_location",
    "household": "with_children",
    "circumstances": ["health", "trafficking"],
    "dublin": "no",
    "travel_document": "no",
    "returned_before": "no",
    "other_provider": "no",
    "help_wanted": ["goods", "business_plan"],
}
"""Every question that is asked of anybody who has decided to return."""

SHORT: Answers = {
    "asylum_decision": "unknown",
    "return_choice": "stay",
    "country": "stateless",
    "new_facts": "unknown",
}
"""As few questions as can be."""

"""Whose answers are measured."""

from __future__ import annotations

from collections.abc import Mapping

Answers = Mapping[str, str | list[str]]
"""By question, in asking order; a list where several can be chosen."""

LONG: Answers = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "dublin": "no",
    "arranged": "no",
    "new_facts": ["none"],
    "return_choice": "decided",
    "country": "SO",
    "vwn_view": "assists",
    "household": "with_children",
    "circumstances": ["health", "trafficking"],
    "residence": "family_location",
    "travel_document": "no",
    "returned_before": "no",
    "promised_by": "no",
    "help_wanted": ["goods", "business_plan"],
}
"""Every question that is asked of anybody who has decided to return."""

SHORT: Answers = {
    "asylum_decision": "permit",
    "return_choice": "stay",
    "country": "stateless",
    "household": "unknown",
    "circumstances": ["unknown"],
    "residence": "unknown",
}
"""As few questions as can be."""

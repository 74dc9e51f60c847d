"""Ways through the questionnaire, and the words in them that must never leak."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.answers import LONG, SHORT, Answers

Answer = str | list[str]
Route = Answers

DECIDED: Route = LONG

WITHDRAWING: Route = {
    "asylum_decision": "waiting",
    "return_choice": "decided",
    "country": "MN",
    "vwn_view": "unknown",
    "withdraw": "yes",
    "residence": "asylum_centre",
    "household": "alone",
    "circumstances": ["none"],
    "dublin": "unknown",
    "travel_document": "yes",
    "returned_before": "unknown",
    "other_provider": "unknown",
    "help_wanted": ["unknown"],
}

THINKING: Route = {
    "asylum_decision": "rejected",
    "appeal": "pending",
    "return_choice": "thinking",
    "country": "AF",
    "vwn_view": "unsafe",
    "new_facts": "yes",
    "residence": "rotterdam",
    "household": "minor_alone",
    "circumstances": ["unknown"],
    "dublin": "yes",
    "help_wanted": ["travel", "talk"],
}

STAY: Route = SHORT

FORCED: Route = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "return_choice": "forced",
    "country": "NG",
    "vwn_view": "unknown",
    "new_facts": "no",
    "residence": "detention",
    "household": "adults",
    "circumstances": ["trafficking"],
    "dublin": "no",
    "travel_document": "unknown",
}

ROUTES: Mapping[str, Route] = {
    "decided": DECIDED,
    "withdrawing": WITHDRAWING,
    "thinking": THINKING,
    "stay": STAY,
    "forced": FORCED,
}

DISTINCTIVE = (
    "rejected",
    "family_location",
    "with_children",
    "trafficking",
    "business_plan",
    "minor_alone",
    "asylum_centre",
    "Somalia",
)
"""Words from answers that no honest log line, address or cookie has a reason to hold."""


def as_list(answer: Answer) -> list[str]:
    """The chosen options of one answer."""
    return [answer] if isinstance(answer, str) else list(answer)


def options_of(route: Route) -> set[str]:
    """Every option id chosen on the route."""
    return {option for answer in route.values() for option in as_list(answer)}

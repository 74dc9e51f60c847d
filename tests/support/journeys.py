"""Ways through the questionnaire, and the words in them that must never leak."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.answers.people import LONG, SHORT, Answers

Answer = str | list[str]
Route = Answers

DECIDED: Route = LONG

WAITING: Route = {
    "asylum_decision": "waiting",
    "dublin": "unknown",
    "return_choice": "decided",
    "country": "MN",
    "vwn_view": "unknown",
    "household": "no_children",
    "circumstances": ["none"],
    "residence": "asylum_centre",
    "travel_document": "yes",
    "returned_before": "unknown",
    "promised_by": "unknown",
    "help_wanted": ["unknown"],
}

THINKING: Route = {
    "asylum_decision": "rejected",
    "appeal": "pending",
    "dublin": "yes",
    "arranged": "no",
    "new_facts": ["afraid", "new"],
    "return_choice": "thinking",
    "country": "AF",
    "vwn_view": "unsafe",
    "household": "minor_alone",
    "circumstances": ["unknown"],
    "residence": "rotterdam",
    "help_wanted": ["travel", "talk"],
}

STAY: Route = SHORT

FORCED: Route = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "dublin": "no",
    "arranged": "yes",
    "new_facts": ["none"],
    "country": "NG",
    "household": "no_children",
    "circumstances": ["trafficking"],
    "residence": "detention",
}

ROUTES: Mapping[str, Route] = {
    "decided": DECIDED,
    "waiting": WAITING,
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

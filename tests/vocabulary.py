"""The agreed ids, and when each question is asked: written by hand from the agreed vocabulary.

Imports nothing from the program, so that the program can be compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

Answer = str | tuple[str, ...]
Answers = Mapping[str, Answer]

YES_NO = ("yes", "no", "unknown")

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "asylum_decision": ("waiting", "rejected", "permit", "never_applied", "unknown"),
    "appeal": ("pending", "possible", "over", "unknown"),
    "return_choice": ("decided", "thinking", "stay", "forced"),
    "country": ("stateless", "unknown"),
    "vwn_view": ("assists", "unsafe", "unknown"),
    "new_facts": YES_NO,
    "withdraw": YES_NO,
    "residence": (
        *("asylum_centre", "family_location", "vbl", "detention", "rotterdam", "elsewhere"),
        "unknown",
    ),
    "household": ("alone", "with_children", "adults", "minor_alone", "unknown"),
    "circumstances": ("health", "trafficking", "none", "unknown"),
    "dublin": YES_NO,
    "travel_document": YES_NO,
    "returned_before": YES_NO,
    "other_provider": YES_NO,
    "help_wanted": (
        *("travel", "money", "goods", "training", "business_plan", "care", "talk"),
        "unknown",
    ),
}
"""The options of each question, in asking order; `country` also has all ISO codes."""

SEVERAL = ("circumstances", "help_wanted")
EXCLUSIVE = ("none", "unknown")
"""Options of `SEVERAL` that cannot stand beside another."""

ISO_CODES = 250
"""How many officially assigned codes ISO 3166-1 alpha-2 has, and XK for Kosovo."""

EU = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
EEA = ("IS", "LI", "NO")
EU_EEA = (*EU, *EEA, "CH")
"""The EU, the EEA and Switzerland."""

OTHER_COUNTRIES = (
    *("AF", "AL", "DZ", "AM", "BD", "CN", "CO", "ER", "ET", "GB", "GE", "GH", "IN", "IQ", "IR"),
    *("MA", "MN", "NG", "PK", "RS", "RU", "SD", "SO", "SR", "SY", "TR", "UA", "UG", "US", "VE"),
    "YE",
)
"""Some countries outside it, among them neighbours that are easily mistaken for members."""

STAGES = (
    *("in_procedure", "appeal_possible", "appeal_pending", "final", "permit", "undocumented"),
    "unclear",
)
COUNTRY_VIEWS = ("assists", "unsafe", "unknown")
NATIONALITY_GROUPS = ("eu_eea", "other", "unknown")

NGOS = ("solid_road", "ros", "goedwerk", "wereldwijd")
ORGANISATIONS = ("vwn", "iom", "dtv", *NGOS)

ROLES = ("supports", "refers", "ask", "arranges", "contacts_you", "informs", "not_for_you")
"""Best first."""

SUPPORTS = (
    *("counselling", "travel", "travel_documents", "cash", "goods", "training"),
    *("business_plan", "reintegration_in_kind", "care", "housing"),
)
FORMS = ("product", "service", "money")
CERTAINTIES = ("possible", "limited", "unlikely")

SITUATIONS = (
    *("your_decision", "dtv_contacts", "not_immediately", "wait_for_court", "must_return"),
    *("more_than_rejected", "procedures_end", "limited_support", "unsafe_country"),
    *("country_view_unknown", "eu_national", "minor_alone"),
)
"""In the order of the policy, which is the order shown."""

STEPS = (
    *("talk_lawyer", "talk_vwn", "find_letter", "ask_vwn_country", "contact_iom", "contact_dtv"),
    *("detention_note", "bring_documents", "tell_health", "tell_trafficking", "guardian"),
    *("dublin_ask", "choose_one_provider"),
)
"""In the order of the policy, which is the order shown."""

Records = Mapping[str, str]
"""Views of VWN that are on record, by country."""


def procedure_runs(answers: Answers) -> bool:
    """Whether a procedure or an appeal runs."""
    return answers["asylum_decision"] == "waiting" or answers.get("appeal") in (
        "pending",
        "possible",
    )


def _may_return(answers: Answers, _records: Records) -> bool:
    return answers["return_choice"] != "stay"


def _decided(answers: Answers, _records: Records) -> bool:
    return answers["return_choice"] == "decided"


def _always(_answers: Answers, _records: Records) -> bool:
    return True


ASKED_WHEN: Mapping[str, Callable[[Answers, Records], bool]] = {
    "asylum_decision": _always,
    "appeal": lambda answers, _: answers["asylum_decision"] == "rejected",
    "return_choice": _always,
    "country": _always,
    "vwn_view": lambda answers, records: (
        answers["country"] not in records and answers["return_choice"] != "stay"
    ),
    "new_facts": lambda answers, _: answers["asylum_decision"] not in ("waiting", "permit"),
    "withdraw": lambda answers, _: (
        procedure_runs(answers) and answers["return_choice"] == "decided"
    ),
    "residence": _may_return,
    "household": _may_return,
    "circumstances": _may_return,
    "dublin": lambda answers, _: answers["asylum_decision"] in ("waiting", "rejected"),
    "travel_document": lambda answers, _: answers["return_choice"] in ("decided", "forced"),
    "returned_before": _decided,
    "other_provider": _decided,
    "help_wanted": lambda answers, _: answers["return_choice"] in ("decided", "thinking"),
}
"""For each question, whether it is asked after the answers before it."""


def kept(answers: Answers, records: Records | None = None) -> dict[str, Answer]:
    """The answers of the questions that are asked; the others count for nothing.

    The answers before the first question that is asked and has none must be complete.
    """
    found: dict[str, Answer] = {}
    for question, asked in ASKED_WHEN.items():
        if question in answers and asked(found, records or {}):
            found[question] = answers[question]
    return found


def canonical_choices(question: str) -> list[tuple[str, ...]]:
    """Every answer to a question that takes several, in its one canonical form."""
    specific = [option for option in OPTIONS[question] if option not in EXCLUSIVE]
    exclusive = [(option,) for option in OPTIONS[question] if option in EXCLUSIVE]
    sizes = range(1, len(specific) + 1)
    return [chosen for size in sizes for chosen in combinations(specific, size)] + exclusive

"""The agreed ids, and when each question is asked: written by hand from the agreed vocabulary.

Imports nothing from the program, so that the program can be compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

Answer = str | tuple[str, ...]
Answers = Mapping[str, Answer]

YES_NO = ("yes", "no", "unknown")
NGOS = ("solid_road", "ros", "goedwerk", "wereldwijd")
ORGANISATIONS = ("vwn", "iom", "dtv", *NGOS)

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "asylum_decision": (
        *("waiting", "intention", "rejected", "permit", "permit_at_risk", "never_applied"),
        "unknown",
    ),
    "appeal": ("possible", "pending", "higher", "over", "unknown"),
    "dublin": YES_NO,
    "arranged": YES_NO,
    "new_facts": ("afraid", "new", "none", "unknown"),
    "return_choice": ("decided", "thinking", "stay", "unknown"),
    "country": ("stateless", "unknown"),
    "vwn_view": ("assists", "unsafe", "unknown"),
    "household": ("no_children", "with_children", "minor_alone", "unknown"),
    "circumstances": ("health", "trafficking", "none", "unknown"),
    "residence": (
        *("asylum_centre", "family_location", "vbl", "detention", "rotterdam", "elsewhere"),
        "unknown",
    ),
    "travel_document": YES_NO,
    "returned_before": YES_NO,
    "promised_by": ("no", *ORGANISATIONS, "unknown"),
    "help_wanted": (
        *("travel", "money", "goods", "training", "business_plan", "care", "housing", "family"),
        *("talk", "unknown"),
    ),
}
"""The options of each question, in asking order; `country` also has those of countries."""

NEUTRAL = (
    *("new_facts=unknown", "household=unknown", "circumstances=unknown"),
    *("travel_document=unknown", "promised_by=unknown", "help_wanted=unknown"),
)
"""The options marked (n)."""

SEVERAL = ("new_facts", "circumstances", "help_wanted")
EXCLUSIVE = ("none", "unknown")
"""Options of `SEVERAL` that cannot stand beside another."""

COUNTRIES = 242
"""Of the 249 codes of ISO 3166-1 alpha-2, those of places where people live; not NL, but XK."""

EU = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "PL", "PT", "RO", "SE", "SI", "SK"),
)
EEA = ("IS", "LI", "NO")
EU_EEA = (*EU, *EEA, "CH")
"""The EU, the EEA and Switzerland; but the Netherlands, from where nobody comes here."""

MICROSTATES = ("AD", "MC", "SM", "VA")
RICH = (
    *("AE", "AU", "BH", "BN", "CA", "GB", "HK", "IL", "JP", "KR", "KW", "MO", "NZ", "QA", "SA"),
    *("SG", "TW", "US"),
)
ASK_LAWYER = ("AF", "IR", "LB", "PS", "SY", "UA", "YE")
OTHER_COUNTRIES = (
    *("AL", "AM", "AZ", "BD", "BR", "CN", "CO", "CV", "DZ", "ER", "ET", "GE", "GH", "GN", "IN"),
    *("IQ", "MA", "MN", "NG", "PK", "RS", "RU", "SD", "SO", "SR", "TR", "UG", "VE", "XK"),
)
"""Some countries outside these, among them neighbours that are easily mistaken for members."""

STAGES = (
    *("in_procedure", "appeal_possible", "appeal_pending", "appeal_higher", "final", "permit"),
    *("permit_at_risk", "undocumented", "unclear"),
)
COUNTRY_VIEWS = ("assists", "unsafe", "unknown")
NATIONALITY_GROUPS = ("eu_eea", "microstate", "rich", "other", "unknown")

ROLES = (
    *("continues", "supports", "fits", "refers", "ask", "arranges", "informs", "contacts_you"),
    "not_for_you",
)
"""Best first."""

SUPPORTS = (
    *("counselling", "victim_help", "travel", "travel_documents", "reintegration_in_kind"),
    *("goods", "training", "business_plan", "cash", "family_contact", "housing", "care"),
)
FORMS = ("product", "service", "money")
CERTAINTIES = ("possible", "limited", "unlikely")

SITUATIONS = (
    *("minor_alone", "limited_support", "fear", "unclear_letter", "intention", "permit_at_risk"),
    *("dublin_other_country", "higher_appeal", "wait_for_court", "not_immediately"),
    *("must_return", "need_not_leave", "your_decision", "procedures_end", "leave_yourself"),
    *("choosing_or_forced", "unsafe_country", "country_view_unknown", "staying"),
    *("excluded_nationality", "returned_before", "more_than_rejected", "nationality_list"),
    *("dtv_contacts", "family_reception", "vbl_time", "vwn_present"),
)
"""In the order of the policy, which is the order shown."""

STEPS = (
    *("guardian", "lawyer_today", "talk_lawyer", "tell_trafficking", "find_letter"),
    *("detention_help", "leave_yourself", "detention_iom", "talk_vwn", "tell_health"),
    *("new_application", "ask_vwn_country", "continue_with", "contact_iom", "contact_dtv"),
    *("ask_ros", "dublin_ask", "bring_documents", "choose_one_provider"),
    "rights_without_permit",
)
"""In the order of the policy, which is the order shown."""

Records = Mapping[str, str]
"""Views of VWN that are on record, by country."""


def nationality_group(country: object) -> str:
    """The group of a country of those above, or of any other code."""
    if country in ("stateless", "unknown"):
        return "unknown"
    for group, codes in (("eu_eea", EU_EEA), ("microstate", MICROSTATES), ("rich", RICH)):
        if country in codes:
            return group
    return "other"


def _chooses(answers: Answers) -> bool:
    return answers.get("return_choice") in ("decided", "thinking")


def _decided(answers: Answers) -> bool:
    return answers.get("return_choice") == "decided"


def _not_excluded(answers: Answers) -> bool:
    return nationality_group(answers["country"]) in ("other", "rich", "unknown")


def _always(_answers: Answers, _records: Records) -> bool:
    return True


ASKED_WHEN: Mapping[str, Callable[[Answers, Records], bool]] = {
    "asylum_decision": _always,
    "appeal": lambda answers, _: answers["asylum_decision"] == "rejected",
    "dublin": lambda answers, _: answers["asylum_decision"] in ("waiting", "intention", "rejected"),
    "arranged": lambda answers, _: (
        answers["asylum_decision"] in ("rejected", "permit_at_risk", "never_applied", "unknown")
    ),
    "new_facts": lambda answers, _: (
        answers["asylum_decision"] not in ("waiting", "intention", "permit")
    ),
    "return_choice": lambda answers, _: answers.get("arranged") != "yes",
    "country": _always,
    "vwn_view": lambda answers, records: (
        _chooses(answers)
        and nationality_group(answers["country"]) == "other"
        and answers["country"] not in records
    ),
    "household": _always,
    "circumstances": _always,
    "residence": _always,
    "travel_document": lambda answers, _: _decided(answers),
    "returned_before": lambda answers, _: _decided(answers) and _not_excluded(answers),
    "promised_by": lambda answers, _: _decided(answers) and _not_excluded(answers),
    "help_wanted": lambda answers, _: _chooses(answers) and _not_excluded(answers),
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

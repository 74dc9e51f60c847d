"""The policy as frozen objects. Texts are English source texts, translated where shown."""

from __future__ import annotations

from rules.model.countries import (
    FLAGS,
    LOOKED_UP,
    NO_COUNTRY,
    NO_GROUP,
    NO_VIEW,
    Countries,
    CountryFact,
    CountryFacts,
    CountryPhrase,
    CountryView,
)
from rules.model.help import Amount, ChecklistEntry, Outcome, Support, Wording
from rules.model.organisation import CARDS, Contact, ContactPoint, Organisation, Role
from rules.model.policy import NAMED_IN_DECISIONS, Policy
from rules.model.reading import AskedQuestion, OpeningHours, Place, Reading
from rules.model.rule import (
    AdviseStep,
    AssignRole,
    Conclusion,
    DeriveFact,
    DescribeSituation,
    OfferSupport,
    Rule,
    SetCertainty,
)
from rules.model.source import OwnTitle, Source
from rules.model.talk import Comparison, ComparisonSide, Note

__all__ = [
    "CARDS",
    "FLAGS",
    "LOOKED_UP",
    "NAMED_IN_DECISIONS",
    "NO_COUNTRY",
    "NO_GROUP",
    "NO_VIEW",
    "AdviseStep",
    "Amount",
    "AskedQuestion",
    "AssignRole",
    "ChecklistEntry",
    "Comparison",
    "ComparisonSide",
    "Conclusion",
    "Contact",
    "ContactPoint",
    "Countries",
    "CountryFact",
    "CountryFacts",
    "CountryPhrase",
    "CountryView",
    "DeriveFact",
    "DescribeSituation",
    "Note",
    "OfferSupport",
    "OpeningHours",
    "Organisation",
    "Outcome",
    "OwnTitle",
    "Place",
    "Policy",
    "Reading",
    "Role",
    "Rule",
    "SetCertainty",
    "Source",
    "Support",
    "Wording",
]

"""The agreed policy as plain Python: written by hand from its tables in words, not from the TOML.

Where a table is silent, nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.vocabulary import (
    EU_EEA,
    NGOS,
    ORGANISATIONS,
    ROLES,
    SITUATIONS,
    STEPS,
    SUPPORTS,
    Answers,
    Records,
    kept,
)

GIVING = ("supports", "refers", "ask", "arranges", "informs")
"""The roles in which an organisation can be named as giver of help."""


@dataclass(frozen=True)
class Offer:
    """One row of the table of support, for one person."""

    by: tuple[str, ...]
    form: tuple[str, ...]
    certainty: str
    max_eur: int | None = None


@dataclass(frozen=True)
class Agreed:
    """What the agreed policy concludes, in ids; supports without their order."""

    stage: str
    country_view: str
    nationality_group: str
    situation: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    """Organisation and role, best role first."""
    supports: Mapping[str, Offer]
    next_steps: tuple[str, ...]


def agreed(answers: Answers, records: Records | None = None) -> Agreed:
    """What was agreed for these answers; `records` are the views of VWN on record."""
    person = Person(kept(answers, records), records or {})
    roles = {name: role_of(name, person) for name in ORGANISATIONS}
    situation, steps = set(situations(person)), set(next_steps(person, roles))
    return Agreed(
        stage=person.stage,
        country_view=person.country_view,
        nationality_group=person.nationality_group,
        situation=tuple(name for name in SITUATIONS if name in situation),
        roles=tuple(sorted(roles.items(), key=lambda each: ROLES.index(each[1]))),
        supports=dict(supports(person, roles)),
        next_steps=tuple(name for name in STEPS if name in steps),
    )


class Person:
    """The answers of one person, and what the first section derives from them."""

    def __init__(self, answers: Answers, records: Records) -> None:
        self._answers = answers
        self.stage = self._stage()
        self.country_view = str(
            records.get(str(answers["country"]), answers.get("vwn_view", "unknown"))
        )
        self.nationality_group = self._nationality_group()
        self.chooses = self.choice("decided", "thinking")
        self.procedure_runs = self.stage in ("in_procedure", "appeal_possible", "appeal_pending")

    def said(self, question: str, *options: str) -> bool:
        """Whether the answer is, or has, one of these; never for a question that was not asked."""
        answer = self._answers.get(question, ())
        return bool({answer} & set(options) if isinstance(answer, str) else {*answer} & {*options})

    def choice(self, *options: str) -> bool:
        return self.said("return_choice", *options)

    @property
    def rejected(self) -> bool:
        return self.said("asylum_decision", "rejected")

    @property
    def eu_eea(self) -> bool:
        return self.nationality_group == "eu_eea"

    @property
    def unsafe(self) -> bool:
        return self.country_view == "unsafe"

    @property
    def finished(self) -> bool:
        return self.stage in ("final", "undocumented")

    def _stage(self) -> str:
        if self.rejected:
            after_rejection = {
                "possible": "appeal_possible",
                "pending": "appeal_pending",
                "over": "final",
                "unknown": "unclear",
            }
            return after_rejection[str(self._answers["appeal"])]
        otherwise = {
            "waiting": "in_procedure",
            "permit": "permit",
            "never_applied": "undocumented",
            "unknown": "unclear",
        }
        return otherwise[str(self._answers["asylum_decision"])]

    def _nationality_group(self) -> str:
        if self.said("country", *EU_EEA):
            return "eu_eea"
        return "unknown" if self.said("country", "stateless", "unknown") else "other"


def situations(person: Person) -> Iterator[str]:
    """The table "Situation"."""
    if not person.choice("forced"):
        yield "your_decision"
    if person.rejected:
        yield "dtv_contacts"
    if person.rejected and person.stage != "final":
        yield "not_immediately"
    if person.stage == "appeal_pending":
        yield "wait_for_court"
    if person.stage == "final":
        yield "must_return"
    if person.chooses and person.stage in ("in_procedure", "permit", "undocumented"):
        yield "more_than_rejected"
    if person.chooses and (person.procedure_runs or person.stage == "permit"):
        yield "procedures_end"
    if person.choice("forced"):
        yield "limited_support"
    if not person.choice("stay") and person.country_view == "unsafe":
        yield "unsafe_country"
    if not person.choice("stay") and person.country_view == "unknown":
        yield "country_view_unknown"
    if person.eu_eea and not person.choice("stay"):
        yield "eu_national"
    if person.said("household", "minor_alone"):
        yield "minor_alone"


def role_of(organisation: str, person: Person) -> str:
    """The table "Organisations"."""
    if organisation == "vwn":
        return _vwn(person)
    if organisation == "iom":
        return _iom(person)
    return _dtv(person) if organisation == "dtv" else _ngo(organisation, person)


def _vwn(person: Person) -> str:
    if person.choice("forced", "stay"):
        return "informs"
    if person.unsafe:
        return "refers"
    if person.country_view == "unknown" or person.stage == "permit":
        return "ask"
    return "supports"


def _iom(person: Person) -> str:
    trafficked = person.said("circumstances", "trafficking")
    if person.choice("stay"):
        return "not_for_you"
    if person.eu_eea and trafficked and not person.choice("forced"):
        return "supports"
    if person.eu_eea or person.said("returned_before", "yes"):
        return "not_for_you"
    if person.choice("forced") or person.unsafe:
        return "ask"
    return "supports"


def _dtv(person: Person) -> str:
    if person.choice("forced"):
        return "arranges"
    if person.choice("decided") and (person.finished or person.said("withdraw", "yes")):
        return "supports"
    if person.rejected:
        return "contacts_you"
    if person.choice("stay") or person.stage in ("in_procedure", "permit"):
        return "not_for_you"
    return "ask"


def _ngo(organisation: str, person: Person) -> str:
    if person.choice("stay", "forced") or person.eu_eea or person.said("other_provider", "yes"):
        return "not_for_you"
    if person.choice("thinking") or person.unsafe or not person.finished:
        return "ask"
    if organisation == "ros" and not person.said("residence", "rotterdam"):
        return "ask"
    return "supports"


def supports(person: Person, roles: Mapping[str, str]) -> Iterator[tuple[str, Offer]]:
    """The table "Support", without what has nobody left to give it."""
    for support in SUPPORTS:
        offer = _offer(support, person, roles)
        if offer and offer.by:
            yield support, offer


def _offer(support: str, person: Person, roles: Mapping[str, str]) -> Offer | None:
    def given_by(*names: str) -> tuple[str, ...]:
        return tuple(name for name in ORGANISATIONS if name in names and roles[name] in GIVING)

    dtv = ("dtv",) if roles["dtv"] == "supports" else ()
    vwn = () if person.unsafe else ("vwn",)
    if person.choice("forced"):
        if support != "reintegration_in_kind":
            return None
        return Offer(given_by("dtv"), ("product", "service"), "limited", 1000)
    if support == "counselling":
        iom = ("iom",) if person.chooses else ()
        return Offer(given_by("vwn", *iom), ("service",), "possible")
    if not person.chooses:
        return None
    if support == "travel":
        return Offer(given_by("iom"), ("service", "money"), "possible")
    if support == "travel_documents":
        return Offer(given_by("iom", *dtv), ("service",), "possible")
    if person.eu_eea or person.said("other_provider", "yes"):
        return None
    same = {
        "reintegration_in_kind": Offer(
            given_by("iom", *vwn, *NGOS, *dtv), ("product", "service"), "possible"
        ),
        "goods": Offer(given_by("wereldwijd", "iom"), ("product",), "possible"),
        "business_plan": Offer(given_by(*vwn, "goedwerk", "iom"), ("service",), "possible"),
        "training": Offer(
            given_by(*vwn, "goedwerk", "iom", "wereldwijd"), ("service",), "possible"
        ),
        "cash": Offer(given_by("iom", *vwn, "goedwerk"), ("money",), "limited"),
        "housing": Offer(given_by("iom", *vwn), ("service",), "limited"),
        "care": Offer(given_by("iom", *vwn), ("service",), "limited"),
    }
    return same[support]


def next_steps(person: Person, roles: Mapping[str, str]) -> Iterator[str]:
    """The table "Next steps"."""
    if _needs_lawyer(person):
        yield "talk_lawyer"
    yield "talk_vwn"
    if person.said("asylum_decision", "unknown") or person.said("appeal", "unknown"):
        yield "find_letter"
    if not person.choice("stay") and person.country_view == "unknown":
        yield "ask_vwn_country"
    if roles["iom"] in ("supports", "ask"):
        yield "contact_iom"
    if roles["dtv"] in ("supports", "arranges"):
        yield "contact_dtv"
    if person.said("residence", "detention"):
        yield "detention_note"
    if person.said("travel_document", "no", "unknown"):
        yield "bring_documents"
    if person.said("circumstances", "health"):
        yield "tell_health"
    if person.said("circumstances", "trafficking"):
        yield "tell_trafficking"
    if person.said("household", "minor_alone"):
        yield "guardian"
    if person.said("dublin", "yes"):
        yield "dublin_ask"
    if [roles[name] for name in ("iom", "dtv", *NGOS)].count("supports") > 1:
        yield "choose_one_provider"


def _needs_lawyer(person: Person) -> bool:
    return (
        person.stage in ("appeal_possible", "appeal_pending")
        or (person.rejected and person.said("appeal", "unknown"))
        or person.said("new_facts", "yes")
        or (person.chooses and person.procedure_runs)
        or person.choice("forced")
    )

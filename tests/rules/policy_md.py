"""The agreed policy (edition 2) as plain Python: written by hand from its tables in words.

It reads no TOML and knows nothing of how rules are written. Where a table is silent, nothing is
concluded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.support.vocabulary import (
    ASK_LAWYER,
    NGOS,
    ORGANISATIONS,
    ROLES,
    SITUATIONS,
    STEPS,
    SUPPORTS,
    Answers,
    Records,
    kept,
    nationality_group,
)

GIVING = ("continues", "supports", "fits", "refers", "ask", "arranges", "informs")
"""The roles in which an organisation can be named as giver of help."""

NEW_START = (
    *("reintegration_in_kind", "goods", "training", "business_plan", "cash", "family_contact"),
    *("housing", "care"),
)


@dataclass(frozen=True)
class Offer:
    """One row of the table of support, for one person."""

    by: tuple[str, ...]
    form: tuple[str, ...]
    certainty: str
    max_eur: int | None = None
    amounts: frozenset[tuple[str, int]] = frozenset()
    """Each giver of a figure, with the figure in euros."""


@dataclass(frozen=True)
class Agreed:
    """What the agreed policy concludes, in ids, each in the order shown."""

    stage: str
    country_view: str
    nationality_group: str
    situation: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    supports: tuple[tuple[str, Offer], ...]
    next_steps: tuple[str, ...]


def agreed(answers: Answers, records: Records | None = None) -> Agreed:
    """What was agreed for these answers; `records` are the views of VWN on record."""
    person = Person(kept(answers, records), records or {})
    roles = {name: role_of(name, person) for name in ORGANISATIONS}
    situation, steps = set(situations(person)), set(next_steps(person, roles))
    offers = {
        name: offer
        for name in SUPPORTS
        if (offer := _offer(name, person, roles)) is not None and offer.by
    }
    return Agreed(
        stage=person.stage,
        country_view=person.country_view,
        nationality_group=person.group,
        situation=tuple(name for name in SITUATIONS if name in situation),
        roles=(
            ("vwn", roles.pop("vwn")),
            *sorted(roles.items(), key=lambda each: ROLES.index(each[1])),
        ),
        supports=tuple((name, offers[name]) for name in _in_order(offers, person)),
        next_steps=tuple(name for name in STEPS if name in steps),
    )


class Person:
    """The answers of one person, and what the section "Derived facts" says of them."""

    def __init__(self, answers: Answers, records: Records) -> None:
        self._answers = answers
        self.stage = self._stage()
        self.country_view = str(
            records.get(str(answers["country"]), answers.get("vwn_view", "unknown"))
        )
        self.group = nationality_group(answers["country"])

    def said(self, question: str, *options: str) -> bool:
        """Whether the answer is, or has, one of these; never for a question that was not asked."""
        answer = self._answers.get(question, ())
        return bool({answer} & set(options) if isinstance(answer, str) else {*answer} & {*options})

    def choice(self, *options: str) -> bool:
        return self.said("return_choice", *options)

    def _stage(self) -> str:
        if not self.rejected:
            return {
                "waiting": "in_procedure",
                "intention": "in_procedure",
                "permit": "permit",
                "permit_at_risk": "permit_at_risk",
                "never_applied": "undocumented",
                "unknown": "unclear",
            }[str(self._answers["asylum_decision"])]
        return {
            "possible": "appeal_possible",
            "pending": "appeal_pending",
            "higher": "appeal_higher",
            "over": "final",
            "unknown": "unclear",
        }[str(self._answers["appeal"])]

    @property
    def rejected(self) -> bool:
        return self.said("asylum_decision", "rejected")

    @property
    def may_run(self) -> bool:
        return self.stage in (
            *("in_procedure", "appeal_possible", "appeal_pending", "appeal_higher"),
            *("permit_at_risk", "unclear"),
        )

    @property
    def finished(self) -> bool:
        """Stage `final` or `undocumented`."""
        return self.stage in ("final", "undocumented")

    @property
    def forced(self) -> bool:
        return self.said("arranged", "yes")

    @property
    def chooses(self) -> bool:
        return self.choice("decided", "thinking")

    @property
    def afraid(self) -> bool:
        return self.said("new_facts", "afraid")

    @property
    def new(self) -> bool:
        return self.said("new_facts", "new")

    @property
    def dublin(self) -> bool:
        return self.said("dublin", "yes")

    @property
    def child_alone(self) -> bool:
        return self.said("household", "minor_alone")

    @property
    def back(self) -> bool:
        return self.said("returned_before", "yes")

    @property
    def trafficked(self) -> bool:
        return self.said("circumstances", "trafficking")

    @property
    def ill(self) -> bool:
        return self.said("circumstances", "health")

    @property
    def unsafe(self) -> bool:
        return self.country_view == "unsafe"

    @property
    def excluded(self) -> bool:
        return self.group in ("eu_eea", "microstate")

    @property
    def promised(self) -> str | None:
        """Who promised help, where that counts."""
        if self.said("promised_by", "vwn") and self.unsafe:
            return None
        return next((name for name in ORGANISATIONS if self.said("promised_by", name)), None)

    @property
    def careful(self) -> bool:
        return (
            self.said("dublin", "yes", "unknown")
            or self.said("returned_before", "unknown")
            or self.may_run
            or self.stage == "permit"
            or self.said("arranged", "unknown")
            or self.said("residence", "detention")
            or self.group in ("rich", "unknown")
            or self.child_alone
            or self.unsafe
            or self.afraid
            or self.new
        )

    @property
    def may_leave(self) -> bool:
        """The row `leave_yourself` of the situation."""
        open_to = not self.excluded or (self.group == "eu_eea" and self.trafficked)
        return self.forced and not self.dublin and not self.child_alone and open_to


def situations(person: Person) -> Iterator[str]:
    """The table "Situation", row by row."""
    stage, chooses = person.stage, person.chooses
    if person.child_alone:
        yield "minor_alone"
    if person.forced and not person.dublin:
        yield "limited_support"
    if person.afraid:
        yield "fear"
    if stage == "unclear":
        yield "unclear_letter"
    if person.said("asylum_decision", "intention"):
        yield "intention"
    if stage == "permit_at_risk":
        yield "permit_at_risk"
    if person.dublin:
        yield "dublin_other_country"
    if stage == "appeal_higher":
        yield "higher_appeal"
    if stage in ("appeal_possible", "appeal_pending"):
        yield "wait_for_court"
        if not person.forced:
            yield "not_immediately"
    if stage == "final" and not person.dublin and not person.excluded:
        yield "must_return"
    if person.said("asylum_decision", "waiting", "intention", "permit"):
        yield "need_not_leave"
    if not person.forced:
        yield "your_decision"
    if chooses and (person.may_run or stage == "permit"):
        yield "procedures_end"
    if person.may_leave:
        yield "leave_yourself"
    if _choosing_or_forced(person):
        yield "choosing_or_forced"
    if chooses and not person.excluded and person.unsafe:
        yield "unsafe_country"
    if chooses and not person.excluded and person.country_view == "unknown":
        yield "country_view_unknown"
    staying = person.choice("stay", "unknown") and person.finished
    if staying and not person.child_alone and person.group != "eu_eea":
        yield "staying"
    if chooses and person.excluded:
        yield "excluded_nationality"
    if person.back:
        yield "returned_before"
    if chooses and not person.excluded:
        if stage in ("in_procedure", "permit", "undocumented"):
            yield "more_than_rejected"
        yield "nationality_list"
    if person.rejected and not person.forced:
        yield "dtv_contacts"
    with_children = person.said("household", "with_children") and person.rejected
    if with_children or person.said("residence", "family_location"):
        yield "family_reception"
    if person.said("residence", "vbl"):
        yield "vbl_time"
    if person.said("residence", "asylum_centre", "family_location", "vbl"):
        yield "vwn_present"


def _choosing_or_forced(person: Person) -> bool:
    if person.forced or person.excluded:
        return False
    if person.chooses and person.stage != "permit":
        return True
    stages = (
        *("final", "appeal_possible", "appeal_pending", "appeal_higher", "unclear"),
        "undocumented",
    )
    return not person.dublin and not person.child_alone and person.stage in stages


def role_of(organisation: str, person: Person) -> str:
    """The table "Organisations": the first row that holds."""
    if organisation == "vwn":
        return _vwn(person)
    if organisation == "iom":
        return _iom(person)
    return _dtv(person) if organisation == "dtv" else _ngo(organisation, person)


def _vwn(person: Person) -> str:
    if person.promised == "vwn":
        return "continues"
    if person.forced or person.choice("stay", "unknown"):
        return "informs"
    if person.unsafe:
        return "refers"
    if person.excluded or person.country_view == "unknown" or person.careful or person.back:
        return "ask"
    return "supports"


def _iom(person: Person) -> str:
    if person.said("promised_by", "iom"):
        return "continues"
    special = person.group == "eu_eea" or person.back
    if person.trafficked and special and not person.choice("stay"):
        return "ask"
    if person.excluded or person.choice("stay"):
        return "not_for_you"
    if person.choice("unknown"):
        return "informs"
    if person.back:
        return "not_for_you"
    if person.forced or person.careful:
        return "ask"
    return "supports"


def _dtv(person: Person) -> str:
    if person.forced:
        return "arranges"
    if person.said("promised_by", "dtv"):
        return "continues"
    sure = not person.excluded and not person.careful and not person.back
    if person.choice("decided") and person.finished and sure:
        return "supports"
    if person.chooses and person.stage != "permit":
        return "ask"
    if person.rejected or person.stage in ("unclear", "permit_at_risk"):
        return "contacts_you"
    return "not_for_you"


def _ngo(name: str, person: Person) -> str:
    in_rotterdam = name == "ros" and person.said("residence", "rotterdam")
    if person.said("promised_by", name):
        return "continues"
    if (
        in_rotterdam
        and person.stage not in ("permit", "in_procedure")
        and (not person.chooses or person.careful)
    ):
        return "informs"
    if not person.chooses or person.excluded or person.promised:
        return "not_for_you"
    if name == "ros" and not person.said("residence", "rotterdam", "unknown"):
        return "not_for_you"
    if person.careful or person.back:
        return "ask"
    wishes = {"goedwerk": ("business_plan", "money"), "wereldwijd": ("goods", "training")}
    if in_rotterdam or person.said("help_wanted", *wishes.get(name, ())):
        return "fits"
    return "ask"


_FORMS: Mapping[str, tuple[str, ...]] = {
    "travel": ("service", "money"),
    "reintegration_in_kind": ("product", "service"),
    "goods": ("product",),
    "cash": ("money",),
}
"""The forms of support; all others are a service."""
_LIMITED = ("cash", "housing", "care")


def _offer(support: str, person: Person, roles: Mapping[str, str]) -> Offer | None:
    """One row of the table "Support"."""
    form = _FORMS.get(support, ("service",))

    def given_by(*names: str) -> tuple[str, ...]:
        return tuple(name for name in ORGANISATIONS if name in names and roles[name] in GIVING)

    dtv = ("dtv",) if roles["dtv"] in ("supports", "continues") else ()
    if support == "counselling":
        ros = ("ros",) if roles["ros"] in ("continues", "informs", "fits") else ()
        return Offer(given_by("vwn", "iom", *ros), form, "possible")
    if support == "victim_help":
        return Offer(given_by("iom"), form, "possible") if person.trafficked else None
    if person.forced:
        if support != "reintegration_in_kind" or person.excluded or person.dublin:
            return None
        return Offer(given_by("dtv"), form, "limited", 1000, frozenset({("dtv", 1000)}))
    if not person.chooses:
        return None
    if support == "travel":
        return Offer(given_by("iom"), form, "possible")
    if support == "travel_documents":
        return Offer(given_by("iom", *dtv), form, "possible")
    if person.excluded or (person.child_alone and support in ("business_plan", "cash")):
        return None
    by = given_by(*_new_start(support, person, dtv))
    if person.promised:
        by = tuple(name for name in by if name == person.promised)
    certainty = "limited" if support in _LIMITED else "possible"
    if person.back and not person.promised:
        certainty = "unlikely"
    amounts = _amounts(person, roles) if support == "reintegration_in_kind" else set()
    return Offer(
        by,
        form,
        certainty,
        None,
        frozenset((giver, up_to) for giver, up_to in amounts if giver in by),
    )


def _new_start(support: str, person: Person, dtv: tuple[str, ...]) -> tuple[str, ...]:
    """Who is named in the rows of the new start."""
    vwn = () if person.unsafe else ("vwn",)
    return {
        "reintegration_in_kind": (*vwn, "iom", *dtv, *NGOS),
        "goods": ("iom", "wereldwijd"),
        "training": (*vwn, "iom", "goedwerk", "wereldwijd"),
        "business_plan": (*vwn, "iom", "goedwerk"),
        "cash": (*vwn, "iom", "goedwerk"),
        "family_contact": vwn,
        "housing": (*vwn, "iom"),
        "care": (*vwn, "iom"),
    }[support]


def _amounts(person: Person, roles: Mapping[str, str]) -> set[tuple[str, int]]:
    """The figures, where the giver `supports` or `continues`."""
    found: set[tuple[str, int]] = set()
    if roles["dtv"] in ("supports", "continues"):
        found.add(("dtv", 615))
        if not person.child_alone:
            found.add(("dtv", 2000))
        if person.said("household", "with_children"):
            found.add(("dtv", 1000))
    if roles["iom"] in ("supports", "continues"):
        # For a child alone the same figure, and no money on arrival.
        found.add(("iom", 2000))
        if not person.child_alone:
            found.add(("iom", 615))
    return found


_WISHES: Mapping[str, tuple[str, ...]] = {
    "travel": ("travel", "travel_documents"),
    "money": ("cash",),
    "goods": ("goods",),
    "training": ("training",),
    "business_plan": ("business_plan",),
    "care": ("care",),
    "housing": ("housing",),
    "family": ("family_contact",),
    "talk": ("counselling",),
}


def _in_order(offers: Mapping[str, Offer], person: Person) -> list[str]:
    """The wanted ones, then `reintegration_in_kind`, then the rest; without a wish all the rows."""
    wishes = [wish for wish in _WISHES if person.said("help_wanted", wish)]
    rows = [name for name in SUPPORTS if name in offers]
    if not wishes:
        return rows
    wanted = [name for name in rows if any(name in _WISHES[wish] for wish in wishes)]
    directly = [name for name in rows if name == "reintegration_in_kind"]
    return [*wanted, *directly, *(each for each in rows if each not in (*wanted, *directly))]


def lawyer_today(person: Person) -> bool:
    """The row of the steps."""
    return (
        person.stage in ("appeal_possible", "appeal_higher", "unclear", "permit_at_risk")
        or person.said("asylum_decision", "intention")
        or person.forced
        or person.said("residence", "detention")
        or (person.dublin and person.rejected)
    )


def _talk_lawyer(person: Person) -> bool:
    return (
        person.stage in ("in_procedure", "appeal_pending")
        or person.afraid
        or person.new
        or person.said("arranged", "unknown")
        or person.dublin
        or person.child_alone
        or person.trafficked
        or person.unsafe
        or (
            person.finished
            and ((person.ill and not person.excluded) or person.said("country", "stateless"))
        )
        or (person.stage == "final" and person.said("country", *ASK_LAWYER))
        or (person.chooses and person.stage == "permit")
        or (person.choice("stay", "unknown") and person.finished)
    )


def next_steps(person: Person, roles: Mapping[str, str]) -> Iterator[str]:
    """The table "Next steps", row by row."""
    in_detention = person.said("residence", "detention")
    if person.child_alone:
        yield "guardian"
    if lawyer_today(person):
        yield "lawyer_today"
    elif _talk_lawyer(person):
        yield "talk_lawyer"
    if person.trafficked:
        yield "tell_trafficking"
    if person.said("asylum_decision", "unknown") or person.said("appeal", "unknown"):
        yield "find_letter"
    if in_detention:
        yield "detention_help"
    elif person.may_leave:
        yield "leave_yourself"
    asks_iom = roles["iom"] in ("continues", "supports", "ask")
    if in_detention and not person.child_alone and not person.choice("unknown") and asks_iom:
        yield "detention_iom"
    yield "talk_vwn"
    if person.ill:
        yield "tell_health"
    no_new = ("appeal_possible", "appeal_pending", "permit_at_risk")
    if (person.new and person.stage not in no_new) or (
        person.afraid and person.stage == "undocumented"
    ):
        yield "new_application"
    view_unknown = person.chooses and not person.excluded and person.country_view == "unknown"
    if view_unknown or (person.said("promised_by", "vwn") and person.unsafe):
        yield "ask_vwn_country"
    if person.promised:
        yield "continue_with"
    if (
        roles["iom"] in ("supports", "ask")
        and person.chooses
        and not person.child_alone
        and not in_detention
    ):
        yield "contact_iom"
    if not person.child_alone and _contact_dtv(person, roles["dtv"]):
        yield "contact_dtv"
    if roles["ros"] in ("fits", "informs"):
        yield "ask_ros"
    if person.dublin and person.chooses:
        yield "dublin_ask"
    if person.said("travel_document", "no", "unknown"):
        yield "bring_documents"
    sure = [name for name in ORGANISATIONS if roles[name] in ("supports", "fits")]
    if not person.promised and len(sure) > 1:
        yield "choose_one_provider"
    if person.choice("stay", "unknown") and person.finished and person.group != "eu_eea":
        yield "rights_without_permit"


def _contact_dtv(person: Person, role: str) -> bool:
    may_ask = person.choice("decided") and not person.excluded and person.finished
    return role in ("supports", "arranges") or (role == "ask" and may_ask)

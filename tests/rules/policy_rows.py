"""Every row of the agreed policy as a case: for whom, what follows, and which rule carries it.

Each case is chosen so that only its rule carries the conclusion: without the rule it is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.vocabulary import NGOS, Answer, Records, kept

Conclusion = tuple[str, ...]
"""("fact", name, value), ("role", organisation, role), ("situation", id), ("step", id) or
("gives", organisation, support, form, certainty, most euros)."""

DECIDED: Mapping[str, Answer] = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "return_choice": "decided",
    "country": "AF",
    "vwn_view": "assists",
    "new_facts": "no",
    "withdraw": "no",
    "residence": "rotterdam",
    "household": "alone",
    "circumstances": ("none",),
    "dublin": "no",
    "travel_document": "yes",
    "returned_before": "no",
    "other_provider": "no",
    "help_wanted": ("unknown",),
}
"""Finally rejected, decided to return, and nothing stands in the way."""

STAGES: Mapping[str, Mapping[str, Answer]] = {
    "in_procedure": {"asylum_decision": "waiting"},
    "appeal_possible": {"appeal": "possible"},
    "appeal_pending": {"appeal": "pending"},
    "final": {"appeal": "over"},
    "permit": {"asylum_decision": "permit"},
    "undocumented": {"asylum_decision": "never_applied"},
    "unclear": {"asylum_decision": "unknown"},
}
"""For each stage, answers that lead to it."""
UNKNOWN_APPEAL: Mapping[str, Answer] = {"appeal": "unknown"}

NO_RECORDS: Records = {}


@dataclass(frozen=True)
class Case:
    """One row of the policy, or one of the alternatives in a row."""

    rule: str
    concludes: Conclusion
    answers: Mapping[str, Answer]
    records: Records = field(default_factory=dict)

    def __str__(self) -> str:
        changes = [
            f"{name}={answer if isinstance(answer, str) else '+'.join(answer)}"
            for name, answer in self.answers.items()
            if DECIDED.get(name) != answer
        ]
        records = [f"{code} is {view}" for code, view in self.records.items()]
        return " ".join([self.rule, *self.concludes[1:3], "|", *changes, *records])


def person(**changes: Answer) -> dict[str, Answer]:
    """Somebody who decided, with changes; without answers to what is then not asked."""
    return kept({**DECIDED, **changes})


def at(stage: str, **changes: Answer) -> dict[str, Answer]:
    return person(**{**STAGES[stage], **changes})


def fact(name: str, value: str) -> Conclusion:
    return "fact", name, value


def role(organisation: str, role_: str) -> Conclusion:
    return "role", organisation, role_


def situation(id_: str) -> Conclusion:
    return "situation", id_


def step(id_: str) -> Conclusion:
    return "step", id_


def gives(
    organisation: str, support: str, form: str, certainty: str = "possible", euros: str = ""
) -> Conclusion:
    """`form` with a plus between its parts."""
    return "gives", organisation, support, form, certainty, euros


def stage_rows() -> Iterator[Case]:
    for stage, answers in STAGES.items():
        yield Case(f"stage_{stage}", fact("stage", stage), person(**answers))
    yield Case("stage_unclear", fact("stage", "unclear"), person(**UNKNOWN_APPEAL))
    for stage in ("in_procedure", "appeal_possible", "appeal_pending"):
        yield Case("procedure_runs", fact("procedure_runs", "yes"), at(stage))
    for stage in ("final", "permit", "undocumented", "unclear"):
        yield Case("procedure_runs_not", fact("procedure_runs", "no"), at(stage))


def view_rows() -> Iterator[Case]:
    recorded = {name: answer for name, answer in person().items() if name != "vwn_view"}
    for rule, view in (("view_on_record", "assists"), ("unsafe_on_record", "unsafe")):
        yield Case(rule, fact("country_view", view), recorded, {"AF": view})
    yield Case("view_told", fact("country_view", "assists"), person(vwn_view="assists"))
    yield Case("unsafe_told", fact("country_view", "unsafe"), person(vwn_view="unsafe"))
    for answers in (person(vwn_view="unknown"), person(return_choice="stay")):
        yield Case("view_unknown", fact("country_view", "unknown"), answers)


def nationality_rows() -> Iterator[Case]:
    for country in ("DE", "NO", "CH"):
        yield Case(
            "nationality_eu_eea", fact("nationality_group", "eu_eea"), person(country=country)
        )
    for country in ("stateless", "unknown"):
        yield Case(
            "nationality_unknown", fact("nationality_group", "unknown"), person(country=country)
        )
    for country in ("AF", "GB"):
        yield Case("nationality_other", fact("nationality_group", "other"), person(country=country))


def choice_rows() -> Iterator[Case]:
    for choice in ("decided", "thinking"):
        yield Case("chooses", fact("chooses", "yes"), person(return_choice=choice))
    for choice in ("stay", "forced"):
        yield Case("chooses_not", fact("chooses", "no"), person(return_choice=choice))
    for choice in ("decided", "thinking"):
        yield Case(
            "reintegration_open", fact("reintegration_open", "yes"), person(return_choice=choice)
        )
    closed = (
        person(return_choice="stay"),
        person(return_choice="forced"),
        person(country="PL"),
        person(other_provider="yes"),
    )
    for answers in closed:
        yield Case("reintegration_open_not", fact("reintegration_open", "no"), answers)


def situation_rows() -> Iterator[Case]:
    def row(id_: str, *people: dict[str, Answer]) -> Iterator[Case]:
        return (Case(id_, situation(id_), answers) for answers in people)

    yield from row(
        "your_decision", *(person(return_choice=each) for each in ("decided", "thinking", "stay"))
    )
    yield from row("dtv_contacts", person(), at("appeal_pending", return_choice="stay"))
    yield from row(
        "not_immediately", at("appeal_possible"), at("appeal_pending"), person(**UNKNOWN_APPEAL)
    )
    yield from row("wait_for_court", at("appeal_pending"))
    yield from row("must_return", at("final"))
    for stage in ("in_procedure", "permit", "undocumented"):
        yield from row("more_than_rejected", at(stage), at(stage, return_choice="thinking"))
    for stage in ("in_procedure", "appeal_possible", "appeal_pending", "permit"):
        yield from row("procedures_end", at(stage), at(stage, return_choice="thinking"))
    yield from row("limited_support", person(return_choice="forced"))
    for choice in ("decided", "thinking", "forced"):
        yield from row("unsafe_country", person(return_choice=choice, vwn_view="unsafe"))
        yield from row("country_view_unknown", person(return_choice=choice, vwn_view="unknown"))
        yield from row("eu_national", person(return_choice=choice, country="RO"))
    yield from row("minor_alone", person(household="minor_alone"))


def vwn_rows() -> Iterator[Case]:
    yield Case("vwn_forced", role("vwn", "informs"), person(return_choice="forced"))
    yield Case("vwn_stay", role("vwn", "informs"), person(return_choice="stay"))
    yield Case("vwn_unsafe", role("vwn", "refers"), person(vwn_view="unsafe"))
    yield Case("vwn_country_unknown", role("vwn", "ask"), person(vwn_view="unknown"))
    yield Case("vwn_permit", role("vwn", "ask"), at("permit"))
    yield Case("vwn_supports", role("vwn", "supports"), person())


def iom_rows() -> Iterator[Case]:
    trafficked = {"circumstances": ("health", "trafficking")}
    yield Case("iom_stay", role("iom", "not_for_you"), person(return_choice="stay"))
    for choice in ("decided", "thinking"):
        answers = person(country="RO", return_choice=choice, **trafficked)
        yield Case("iom_trafficking", role("iom", "supports"), answers)
    for answers in (
        person(country="RO"),
        person(country="RO", return_choice="forced", **trafficked),
    ):
        yield Case("iom_eu", role("iom", "not_for_you"), answers)
    yield Case("iom_returned_before", role("iom", "not_for_you"), person(returned_before="yes"))
    yield Case("iom_forced", role("iom", "ask"), person(return_choice="forced"))
    yield Case("iom_unsafe", role("iom", "ask"), person(vwn_view="unsafe"))
    yield Case("iom_supports", role("iom", "supports"), person())


def dtv_rows() -> Iterator[Case]:
    thinking = {"return_choice": "thinking"}
    yield Case("dtv_forced", role("dtv", "arranges"), person(return_choice="forced"))
    for stage in ("final", "undocumented"):
        yield Case("dtv_supports", role("dtv", "supports"), at(stage))
    for stage in ("in_procedure", "appeal_possible", "appeal_pending"):
        yield Case("dtv_supports", role("dtv", "supports"), at(stage, withdraw="yes"))
    for answers in (
        person(return_choice="stay"),
        person(**thinking),
        at("appeal_pending"),
        person(**UNKNOWN_APPEAL),
    ):
        yield Case("dtv_rejected", role("dtv", "contacts_you"), answers)
    for stage in ("undocumented", "unclear"):
        yield Case("dtv_stay", role("dtv", "not_for_you"), at(stage, return_choice="stay"))
    yield Case("dtv_in_procedure", role("dtv", "not_for_you"), at("in_procedure"))
    yield Case("dtv_permit", role("dtv", "not_for_you"), at("permit"))
    yield Case("dtv_ask", role("dtv", "ask"), at("undocumented", **thinking))
    yield Case("dtv_ask", role("dtv", "ask"), at("unclear"))


def ngo_rows() -> Iterator[Case]:
    for ngo in NGOS:
        not_for_you, ask = role(ngo, "not_for_you"), role(ngo, "ask")
        yield Case("ngo_stay", not_for_you, person(return_choice="stay"))
        yield Case("ngo_forced", not_for_you, person(return_choice="forced"))
        yield Case("ngo_eu", not_for_you, person(country="IS"))
        yield Case("ngo_other_provider", not_for_you, person(other_provider="yes"))
        yield Case("ngo_thinking", ask, person(return_choice="thinking"))
        yield Case("ngo_unsafe", ask, person(vwn_view="unsafe"))
        for stage in ("in_procedure", "appeal_possible", "appeal_pending", "permit", "unclear"):
            yield Case("ngo_not_final", ask, at(stage))
        for stage in ("final", "undocumented"):
            yield Case("ngo_supports", role(ngo, "supports"), at(stage))
    for residence in ("asylum_centre", "detention", "elsewhere", "unknown"):
        yield Case("ros_outside_rotterdam", role("ros", "ask"), person(residence=residence))


def thinking_about_it(**changes: Answer) -> dict[str, Answer]:
    return person(return_choice="thinking", **changes)


def support_rows() -> Iterator[Case]:
    in_kind = "product+service"
    for choice in ("decided", "thinking", "stay"):
        answers = person(return_choice=choice)
        yield Case("counselling", gives("vwn", "counselling", "service"), answers)
    yield Case(
        "reintegration_forced",
        gives("dtv", "reintegration_in_kind", in_kind, "limited", "1000"),
        person(return_choice="forced"),
    )
    for answers in (person(), thinking_about_it()):
        yield Case("counselling_iom", gives("iom", "counselling", "service"), answers)
        yield Case("travel", gives("iom", "travel", "service+money"), answers)
        yield Case("travel_documents", gives("iom", "travel_documents", "service"), answers)
        yield from _reintegration_rows(answers)
    yield Case("travel_documents_dtv", gives("dtv", "travel_documents", "service"), person())
    yield Case("reintegration_dtv", gives("dtv", "reintegration_in_kind", in_kind), person())


def _reintegration_rows(answers: Mapping[str, Answer]) -> Iterator[Case]:
    def row(rule: str, givers: Sequence[str], *rest: str) -> Iterator[Case]:
        return (Case(rule, gives(giver, *rest), answers) for giver in givers)

    yield from row("reintegration", ("iom", *NGOS), "reintegration_in_kind", "product+service")
    yield from row("reintegration_vwn", ("vwn",), "reintegration_in_kind", "product+service")
    yield from row("goods", ("wereldwijd", "iom"), "goods", "product")
    yield from row("business_plan", ("goedwerk", "iom"), "business_plan", "service")
    yield from row("training", ("goedwerk", "iom", "wereldwijd"), "training", "service")
    yield from row("cash", ("iom", "goedwerk"), "cash", "money", "limited")
    for support in ("housing", "care"):
        yield from row(support, ("iom",), support, "service", "limited")
    for support in ("business_plan", "training"):
        yield from row(f"{support}_vwn", ("vwn",), support, "service")
    yield from row("cash_vwn", ("vwn",), "cash", "money", "limited")
    for support in ("housing", "care"):
        yield from row(f"{support}_vwn", ("vwn",), support, "service", "limited")


def step_rows() -> Iterator[Case]:
    lawyer = step("talk_lawyer")
    for answers in (STAGES["appeal_possible"], STAGES["appeal_pending"], UNKNOWN_APPEAL):
        yield Case("lawyer_procedure", lawyer, person(return_choice="stay", **answers))
    yield Case("lawyer_new_facts", lawyer, person(new_facts="yes"))
    for choice in ("decided", "thinking"):
        yield Case("lawyer_before_withdrawing", lawyer, at("in_procedure", return_choice=choice))
    yield Case("lawyer_forced", lawyer, person(return_choice="forced"))
    for choice in ("decided", "stay", "forced"):
        yield Case("talk_vwn", step("talk_vwn"), person(return_choice=choice))
    yield Case("find_letter", step("find_letter"), at("unclear"))
    yield Case("find_letter", step("find_letter"), person(**UNKNOWN_APPEAL))
    for choice in ("decided", "thinking", "forced"):
        answers = person(return_choice=choice, vwn_view="unknown")
        yield Case("ask_vwn_country", step("ask_vwn_country"), answers)
    for answers in (person(), person(vwn_view="unsafe")):
        yield Case("contact_iom", step("contact_iom"), answers)
    for answers in (person(), person(return_choice="forced")):
        yield Case("contact_dtv", step("contact_dtv"), answers)
    yield Case("detention_note", step("detention_note"), person(residence="detention"))
    for answer in ("no", "unknown"):
        yield Case("bring_documents", step("bring_documents"), person(travel_document=answer))
    both = ("health", "trafficking")
    for chosen in (("health",), both):
        yield Case("tell_health", step("tell_health"), person(circumstances=chosen))
    for chosen in (("trafficking",), both):
        yield Case("tell_trafficking", step("tell_trafficking"), person(circumstances=chosen))
    yield Case("guardian", step("guardian"), person(household="minor_alone"))
    yield Case("dublin_ask", step("dublin_ask"), person(dublin="yes"))
    yield from choose_one_rows()


def choose_one_rows() -> Iterator[Case]:
    """Two of iom and dtv; of iom and an NGO; of NGOs; and all of them."""
    for answers in (
        person(),
        at("in_procedure", withdraw="yes"),
        person(other_provider="yes"),
        person(returned_before="yes"),
    ):
        yield Case("choose_one_provider", step("choose_one_provider"), answers)


CASES: Sequence[Case] = [
    *stage_rows(),
    *view_rows(),
    *nationality_rows(),
    *choice_rows(),
    *situation_rows(),
    *vwn_rows(),
    *iom_rows(),
    *dtv_rows(),
    *ngo_rows(),
    *support_rows(),
    *step_rows(),
]


@dataclass(frozen=True)
class Silence:
    """Where a row does not apply: what must not be concluded, whichever rule might."""

    concludes: Conclusion
    answers: Mapping[str, Answer]

    def __str__(self) -> str:
        return f"no {Case('', self.concludes, self.answers)}"


def silences() -> Iterator[Silence]:
    """The word "not" in the policy, one by one."""
    yield Silence(situation("your_decision"), person(return_choice="forced"))
    yield Silence(situation("not_immediately"), at("final"))
    yield Silence(situation("must_return"), person(**UNKNOWN_APPEAL))
    yield Silence(situation("more_than_rejected"), at("permit", return_choice="stay"))
    yield Silence(situation("more_than_rejected"), at("unclear"))
    yield Silence(situation("procedures_end"), at("in_procedure", return_choice="forced"))
    yield Silence(situation("eu_national"), person(country="RO", return_choice="stay"))
    yield Silence(situation("country_view_unknown"), person(return_choice="stay"))
    yield Silence(step("ask_vwn_country"), person(return_choice="stay"))
    yield Silence(step("contact_iom"), person(returned_before="yes"))
    yield Silence(step("contact_dtv"), thinking_about_it())
    yield Silence(step("talk_lawyer"), person(new_facts="unknown"))
    yield Silence(step("talk_lawyer"), at("in_procedure", return_choice="stay"))
    yield Silence(step("choose_one_provider"), person(other_provider="yes", returned_before="yes"))
    yield Silence(step("choose_one_provider"), thinking_about_it())
    unsafe = person(vwn_view="unsafe")
    yield Silence(gives("vwn", "reintegration_in_kind", "product+service"), unsafe)
    for support in ("business_plan", "training"):
        yield Silence(gives("vwn", support, "service"), unsafe)
    for support, form in (("cash", "money"), ("housing", "service"), ("care", "service")):
        yield Silence(gives("vwn", support, form, "limited"), unsafe)
    for answers in (thinking_about_it(), at("in_procedure")):
        yield Silence(gives("dtv", "travel_documents", "service"), answers)
        yield Silence(gives("dtv", "reintegration_in_kind", "product+service"), answers)
    for answers in (person(other_provider="yes"), person(country="RO", circumstances=("health",))):
        yield Silence(gives("iom", "cash", "money", "limited"), answers)
        yield Silence(gives("iom", "reintegration_in_kind", "product+service"), answers)
    yield Silence(gives("iom", "travel", "service+money"), person(returned_before="yes"))
    yield Silence(gives("vwn", "counselling", "service"), person(return_choice="forced"))


SILENCES: Sequence[Silence] = list(silences())

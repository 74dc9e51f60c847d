"""Compare what a case expects with what is decided, and name the rules responsible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.cases.reading import (
    Case,
    Expectation,
    RoleExpected,
    SituationExpected,
    StepExpected,
    SupportExpected,
)
from rules.decider import Decider
from rules.decision import Finding, SupportOffer
from rules.model import AdviseStep, AssignRole, Conclusion, DescribeSituation, OfferSupport

RuleIds = tuple[str, ...]


@dataclass(frozen=True)
class CaseFailure:
    """What is otherwise than a case expects.

    The rules are those behind what is decided, or those that would have concluded what is not.
    """

    case: Case
    problem: str
    rules: RuleIds = ()

    def __str__(self) -> str:
        rules = f" [{', '.join(self.rules)}]" if self.rules else ""
        return f"line {self.case.line}: {self.case.name}: {self.problem}{rules}"


def check_cases(cases: Iterable[Case], decider: Decider, on: date) -> list[CaseFailure]:
    """What fails, with the rules that hold `on` that day."""
    return [failure for case in cases for failure in _CaseCheck(case, decider, on).failures()]


class _CaseCheck:
    """One case with what is decided for it."""

    def __init__(self, case: Case, decider: Decider, on: date) -> None:
        self._case = case
        self._rules = decider.policy.rules_on(on)
        self._decision = decider.decide(case.answers, on)

    def failures(self) -> Iterator[CaseFailure]:
        """All that is otherwise than expected."""
        for question in self._decision.ignored:
            yield self._failure(f"{question}: has an answer, but is not asked")
        if not self._decision.complete:
            yield self._failure(f"{self._decision.next_question}: is asked, but has no answer")
            return
        for expectation in self._case.expected:
            yield from self._check(expectation)

    def _failure(self, problem: str, rules: RuleIds = ()) -> CaseFailure:
        return CaseFailure(self._case, problem, rules)

    def _check(self, expectation: Expectation) -> Iterator[CaseFailure]:
        match expectation:
            case RoleExpected():
                yield from self._check_role(expectation)
            case SupportExpected():
                yield from self._check_support(expectation)
            case StepExpected(step, advised):
                found = _because(self._decision.next_steps, step)
                yield from self._check_presence(
                    f"step {step}", advised, found, lambda then: then == AdviseStep(step)
                )
            case SituationExpected(situation, said):
                found = _because(self._decision.situation, situation)
                yield from self._check_presence(
                    f"situation {situation}", said, found, lambda then: _describes(then, situation)
                )

    def _check_role(self, expected: RoleExpected) -> Iterator[CaseFailure]:
        name, role = expected.organisation, expected.role
        found = next((each for each in self._decision.organisations if each.id == name), None)
        if not found:
            would = self._would(lambda then: _assigns(then, name, role))
            yield self._failure(f"{name}: {role} is expected, but it has no role", would)
        elif found.role != role:
            problem = f"{name}: {role} is expected, but it is {found.role}"
            yield self._failure(problem, found.because)

    def _check_support(self, expected: SupportExpected) -> Iterator[CaseFailure]:
        offer = next((o for o in self._decision.supports if o.id == expected.support), None)
        if offer is None:
            if expected.offered:
                would = self._would(lambda then: _offers(then, expected.support))
                yield self._failure(f"support {expected.support}: is expected", would)
        elif not expected.offered:
            yield self._failure(f"support {offer.id}: is not expected", offer.because)
        else:
            yield from self._check_terms(expected, offer)

    def _check_terms(self, expected: SupportExpected, offer: SupportOffer) -> Iterator[CaseFailure]:
        by = [name for name in offer.by if name not in expected.by]
        lacking = sorted(expected.by.difference(offer.by))
        if expected.by and by:
            problem = f"support {offer.id}: is not expected by {', '.join(by)}"
            yield self._failure(problem, offer.because)
        if lacking:
            would = self._would(lambda then: _offers(then, offer.id, lacking))
            yield self._failure(f"support {offer.id}: is expected by {', '.join(lacking)}", would)
        limit = expected.at_most
        if limit is not None and (offer.max_eur is None or offer.max_eur > limit):
            found = "no limit" if offer.max_eur is None else f"{offer.max_eur} euro"
            problem = f"support {offer.id}: at most {limit} euro is expected, but it names {found}"
            yield self._failure(problem, offer.because)

    def _check_presence(
        self, what: str, expected: bool, found: RuleIds, concludes: Callable[[Conclusion], bool]
    ) -> Iterator[CaseFailure]:
        if expected and not found:
            yield self._failure(f"{what}: is expected", self._would(concludes))
        if found and not expected:
            yield self._failure(f"{what}: is not expected", found)

    def _would(self, concludes: Callable[[Conclusion], bool]) -> RuleIds:
        """The rules that would have concluded it."""
        return tuple(rule.id for rule in self._rules if concludes(rule.then))


def _because(findings: Iterable[Finding], id_: str) -> RuleIds:
    return next((each.because for each in findings if each.id == id_), ())


def _describes(then: Conclusion, situation: str) -> bool:
    return isinstance(then, DescribeSituation) and then.situation == situation


def _assigns(then: Conclusion, organisation: str, role: str) -> bool:
    return isinstance(then, AssignRole) and organisation in then.organisations and role == then.role


def _offers(then: Conclusion, support: str, by: Sequence[str] = ()) -> bool:
    return (
        isinstance(then, OfferSupport)
        and then.support == support
        and (not by or not set(by).isdisjoint(then.by))
    )

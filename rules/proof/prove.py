"""The proof: what must hold for all answers, each with a named counter-example where it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np

from questions import Answers
from rules.compiling import Target
from rules.loading import ROOT
from rules.model import OfferSupport, Policy, Rule
from rules.proof.axes import axes_of
from rules.proof.laws import KnownFinding, Laws, breaches, load_findings, load_laws
from rules.proof.space import Space, Truth


@dataclass(frozen=True)
class Problem:
    """Something that does not hold. `warning`: worth a look, but it fails nothing."""

    check: str
    subject: str
    message: str
    example: Answers | None = None
    known: str | None = None
    """The note of the known finding that covers it."""
    warning: bool = False

    def __str__(self) -> str:
        example = f" Example: {_written(self.example)}" if self.example is not None else ""
        return f"{self.check}: {self.subject}: {self.message}{example}"


@dataclass(frozen=True)
class Report:
    """The outcome of the proof."""

    answer_sets: int
    points: int
    problems: tuple[Problem, ...]

    @property
    def failures(self) -> tuple[Problem, ...]:
        """What is neither known nor only a warning."""
        return tuple(each for each in self.problems if not (each.known or each.warning))


@dataclass(frozen=True)
class Suspect:
    """What a check looks at, and for which answers it does not hold (often for none)."""

    subject: str
    message: str
    where: Truth
    before: str | None = None
    """The question before which the answers stand."""


@dataclass(frozen=True)
class Context:
    """What the checks look at."""

    space: Space
    rules: Sequence[Rule]
    laws: Laws
    on: date


def prove(policy: Policy, on: date, root: Path = ROOT) -> Report:
    """Check everything for the rules that hold `on` that day.

    Raises `DataError` where the laws or findings cannot be read.
    """
    rules = [rule for rule in policy.rules if rule.is_valid(on)]
    laws = load_laws(policy, root)
    findings = load_findings(policy, root)
    more = [law.when for law in laws.laws] + [finding.when for finding in findings]
    space = Space(policy, rules, axes_of([policy], more))
    context = Context(space, rules, laws, on)
    problems = [
        problem
        for check in _CHECKS
        for suspect in check(context)
        for problem in _problems(space, check.__name__, suspect, findings)
    ]
    return Report(
        answer_sets=int(space.weights.sum()),
        points=int(np.count_nonzero(space.weights)),
        problems=(*problems, *_unused_findings(problems, findings), *_stale_sources(context)),
    )


def fact_without_value(context: Context) -> Iterator[Suspect]:
    """Every derived fact has a value, so every path ends in a result."""
    space = context.space
    for fact in space.policy.facts:
        values = space.derived.get(fact, {})
        yield Suspect(fact, "has no value", ~space.any_of(values.values()))


def organisation_without_role(context: Context) -> Iterator[Suspect]:
    """Every organisation has a role, and with it the rule that is its reason."""
    space = context.space
    for name in space.policy.organisations:
        roles = [space.outcome("role", name, role) for role in space.policy.roles]
        yield Suspect(name, "has no role, so no reason can be shown", ~space.any_of(roles))


def nobody_to_turn_to(context: Context) -> Iterator[Suspect]:
    """Each result has an organisation that can do something, and a next step."""
    space = context.space
    gives = [role.id for role in space.policy.roles.values() if role.gives]
    somebody = space.any_of(
        space.outcome("role", name, role) for name in space.policy.organisations for role in gives
    )
    step = space.any_of(space.outcome("step", name) for name in space.policy.steps)
    situation = space.any_of(space.outcome("situation", n) for n in space.policy.situations)
    yield Suspect("result", "names no organisation to turn to", ~somebody)
    yield Suspect("result", "has no next step", ~step)
    yield Suspect("result", "says nothing about the situation", ~situation)


def contradiction(context: Context) -> Iterator[Suspect]:
    """Rules of the same rank that hold together conclude the same; offers have the same terms."""
    space = context.space
    deciding = [target for target in space.targets.values() if target.decides]
    for one, other in combinations(deciding, 2):
        if _disagree(one, other):
            yield _both_hold(space, one, other)
    for support in space.policy.supports:
        offers = [target for target in space.targets.values() if _terms(target, support)]
        for one, other in combinations(offers, 2):
            if _terms(one, support) != _terms(other, support):
                yield _both_hold(space, one, other)


def _both_hold(space: Space, one: Target, other: Target) -> Suspect:
    both = space.fired[one.id] & space.fired[other.id]
    return Suspect(f"{one.id} / {other.id}", "hold together and disagree", both)


def _terms(target: Target, support: str) -> tuple[str, int | None] | None:
    """How certain the help is and up to how many euros, where the target offers this help."""
    offer = target.rule.then
    if not isinstance(offer, OfferSupport) or offer.support != support:
        return None
    return offer.certainty, offer.max_eur


def _disagree(one: Target, other: Target) -> bool:
    return (
        one.decides is not None
        and other.decides is not None
        and one.decides[0] == other.decides[0]
        and one.decides[1] != other.decides[1]
    )


def rule_that_never_fires(context: Context) -> Iterator[Suspect]:
    """Every conclusion of every rule is reached by somebody."""
    space = context.space
    for target in space.targets.values():
        if not space.fired[target.id].any():
            yield Suspect(target.id, "fires for nobody", ~space.nothing)


def outcome_never_reached(context: Context) -> Iterator[Suspect]:
    """Every text about a situation, step, help or role is shown to somebody."""
    space = context.space
    policy = space.policy
    wanted = [("situation", name) for name in policy.situations]
    wanted += [("step", name) for name in policy.steps]
    wanted += [("support", name) for name in policy.supports]
    reached = {outcome for outcome, truth in space.outcomes.items() if truth.any()}
    roles = [
        ("role", organisation.id, role)
        for organisation in policy.organisations.values()
        for role in organisation.role_texts
    ]
    for outcome in (*wanted, *roles):
        if outcome not in reached:
            yield Suspect(" ".join(outcome), "is reached by nobody", ~space.nothing)


def question_without_effect(context: Context) -> Iterator[Suspect]:
    """No question is asked whose answer can change nothing.

    What counts: situation, roles, kinds of help with givers, certainty and amount, their order,
    and next steps. An answer before the question decides; whatever may still be answered after
    it is taken into account.
    """
    space = context.space
    for question, asked in space.asked.items():
        number = space.position[question]
        effect = _order_effect(space, question)
        for truth in space.outcomes.values():
            effect = effect | _for_some_later_answers(_varies(truth, number), number)
        message = "is asked, but no answer to it can change the result"
        yield Suspect(question, message, asked & ~effect, before=question)


def _varies(truth: Truth, number: int) -> Truth:
    """For which answers to the other questions it depends on question `number`."""
    some = np.logical_or.reduce(truth, axis=number, keepdims=True)
    return some & ~np.logical_and.reduce(truth, axis=number, keepdims=True)


def _for_some_later_answers(truth: Truth, first: int) -> Truth:
    """For which answers to the questions before number `first` it can still hold."""
    return np.logical_or.reduce(truth, axis=tuple(range(first, truth.ndim)), keepdims=True)


def _order_effect(space: Space, question: str) -> Truth:
    """For which answers the question about the help wanted can change the order of the help."""
    if question != space.policy.ordered_by:
        return space.nothing
    supports = list(space.policy.supports.values())
    wants = space.policy.questionnaire.by_id[question].option_ids
    return space.any_of(
        space.outcome("support", first.id) & space.outcome("support", second.id)
        for want in wants
        for first, second in combinations(supports, 2)
        if want in second.wanted_by and want not in first.wanted_by
    )


def broken_law(context: Context) -> Iterator[Suspect]:
    """The safety laws hold."""
    for law in context.laws.laws:
        yield Suspect(law.id, f"is broken: {law.statement}", breaches(law, context.space))


_CHECKS: tuple[Callable[[Context], Iterator[Suspect]], ...] = (
    fact_without_value,
    organisation_without_role,
    nobody_to_turn_to,
    contradiction,
    rule_that_never_fires,
    outcome_never_reached,
    question_without_effect,
    broken_law,
)


def _problems(
    space: Space, check: str, suspect: Suspect, findings: Sequence[KnownFinding]
) -> Iterator[Problem]:
    """One problem for what is new, and one for each known finding that covers a part."""
    new = suspect.where
    for finding in findings:
        if (finding.check, finding.subject) == (check, suspect.subject):
            covered = suspect.where & space.truth(finding.when)
            if covered.any():
                yield _problem(space, check, suspect, covered, known=finding.note)
            new = new & ~space.truth(finding.when)
    if new.any():
        yield _problem(space, check, suspect, new)


def _problem(
    space: Space, check: str, suspect: Suspect, where: Truth, known: str | None = None
) -> Problem:
    everywhere = where.size == 1
    example = None if everywhere else space.example(where, suspect.before)
    return Problem(check, suspect.subject, suspect.message, example, known)


def _unused_findings(
    problems: Sequence[Problem], findings: Sequence[KnownFinding]
) -> Iterator[Problem]:
    used = {(problem.check, problem.subject, problem.known) for problem in problems}
    for finding in findings:
        if (finding.check, finding.subject, finding.note) not in used:
            message = f"nothing of {finding.check} is found any more; take it out of findings.toml"
            yield Problem("unused_finding", finding.subject, message)


_DAYS_IN_A_MONTH = 30.44


def _stale_sources(context: Context) -> Iterator[Problem]:
    for source in context.space.policy.sources.values():
        months = (context.on - source.checked_on).days / _DAYS_IN_A_MONTH
        if months > context.laws.stale_after_months:
            message = f"was last checked on {source.checked_on}, {months:.0f} months ago"
            yield Problem("stale_source", source.id, message, warning=True)


def _written(answers: Answers) -> str:
    return (
        ", ".join(
            f"{name}={each if isinstance(each, str) else '+'.join(each)}"
            for name, each in answers.items()
        )
        or "any answers"
    )

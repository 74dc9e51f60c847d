"""What the proof checks: each check yields what it looks at, and where that does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from rules.compiling import Target
from rules.model import OfferSupport, Rule
from rules.proof.laws import Laws, breaches
from rules.proof.space import Space, Truth


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


CHECKS: tuple[Callable[[Context], Iterator[Suspect]], ...] = (
    fact_without_value,
    organisation_without_role,
    nobody_to_turn_to,
    contradiction,
    rule_that_never_fires,
    outcome_never_reached,
    question_without_effect,
    broken_law,
)
"""Every check; its name stands in a problem and in findings.toml."""

"""What of a result tells something of the person: it stays off paper and messages, line by line,
unless the person wants it there.

A paper lies about, and a message is read by more people than it was sent to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from rules import Decision, Policy, SupportOffer
from wizard.presenters.result import Presenter, Result


@dataclass(frozen=True)
class PrivateLine:
    """One such line, to be ticked: what it is called in a form, and what it says."""

    key: str
    text: str

    @property
    def is_step(self) -> bool:
        """Whether it is a next step."""
        return self.key.startswith(step_key(""))


def private_keys(policy: Policy, decision: Decision) -> Iterator[str]:
    """The keys of all private lines of a complete decision, in the order of the result."""
    for finding in decision.situation:
        if policy.situations[finding.id].is_private(finding.variant):
            yield _situation(finding.id)
    for finding in decision.next_steps:
        if policy.steps[finding.id].is_private():
            yield step_key(finding.id)
    for each in decision.organisations:
        if policy.organisations[each.id].is_private(each.role, each.variant):
            yield _organisation(each.id)
    for offer in decision.supports:
        if policy.supports[offer.id].is_private(offer.variant):
            yield _support(offer.id)
    # Each is for people who stay at one place, so it tells where.
    yield from map(_place, decision.places)


def private_lines(
    policy: Policy, decision: Decision, presenter: Presenter
) -> tuple[PrivateLine, ...]:
    """The private lines of a complete decision, in the words of the presenter."""
    texts = dict(_texts(presenter.result(decision)))
    return tuple(PrivateLine(key, texts[key]) for key in private_keys(policy, decision))


def without_private(policy: Policy, decision: Decision, told: Collection[str]) -> Decision:
    """The decision without its private lines, but for those whose keys are among `told`.

    Who is left out is not named as giving help either. Its trace is empty: a rule that fired tells
    why something stands there.
    """
    hidden = {key for key in private_keys(policy, decision) if key not in told}
    return replace(
        decision,
        situation=tuple(e for e in decision.situation if _situation(e.id) not in hidden),
        next_steps=tuple(e for e in decision.next_steps if step_key(e.id) not in hidden),
        organisations=tuple(e for e in decision.organisations if _organisation(e.id) not in hidden),
        supports=tuple(_offers(decision, hidden, told)),
        places=tuple(e for e in decision.places if _place(e) not in hidden),
        fired=(),
    )


def _offers(
    decision: Decision, hidden: Collection[str], told: Collection[str]
) -> Iterator[SupportOffer]:
    for offer in decision.supports:
        if _support(offer.id) in told:
            yield offer
        elif _support(offer.id) not in hidden:
            by = tuple(each for each in offer.by if _organisation(each) not in hidden)
            if by:
                yield replace(offer, by=by)


def _texts(result: Result) -> Iterator[tuple[str, str]]:
    """What every line of a result says, by key."""
    for line in result.situation:
        yield _situation(line.id), line.text
    for line in result.steps:
        yield step_key(line.id), line.text
    for group in result.groups:
        for card in group.organisations:
            yield _organisation(card.id), f"{card.name}: {card.text}"
    for support in result.supports:
        yield _support(support.id), f"{support.label}: {support.text}"
    for desk in result.desks:
        yield _place(desk.id), f"{desk.name}: {desk.text}"


def _situation(name: str) -> str:
    return f"situation.{name}"


def step_key(name: str) -> str:
    """The key of a step as a private line."""
    return f"step.{name}"


def _organisation(name: str) -> str:
    return f"organisation.{name}"


def _support(name: str) -> str:
    return f"support.{name}"


def _place(name: str) -> str:
    return f"place.{name}"

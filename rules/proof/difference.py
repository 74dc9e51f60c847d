"""What changes between two policies, over all answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from questions import Answers, as_options
from rules.model import Policy
from rules.proof.answer_classes import partitions_of
from rules.proof.diagrams import Diagrams, Truth
from rules.proof.space import Outcome, Space


@dataclass(frozen=True)
class Change:
    """One thing that changes, for how many sets of answers, with an example."""

    what: str
    answer_sets: int
    example: Answers


@dataclass(frozen=True)
class PolicyDifference:
    """All that changes. `answer_sets` get another result, of `total`."""

    total: int
    answer_sets: int
    changes: tuple[Change, ...]
    other: tuple[str, ...]
    """Changes of the data that give nobody another result."""


def difference(old: Policy, new: Policy, on: date) -> PolicyDifference:
    """Compare two policies, each with the rules that hold on that day."""
    partitions = partitions_of([old, new])
    diagrams = Diagrams([len(partition.classes) for partition in partitions])
    before, after = (
        Space(policy, policy.rules_on(on), partitions, diagrams) for policy in (old, new)
    )
    changes, anything = [], after.nothing
    for what, where in _changes(before, after):
        if where.any():
            anything = anything | where
            changes.append(Change(what, after.count(where), after.example(where)))
    changes.sort(key=lambda change: (-change.answer_sets, change.what))
    return PolicyDifference(
        total=after.count(after.everything),
        answer_sets=after.count(anything),
        changes=tuple(changes),
        other=tuple(_other_changes(old, new)),
    )


def _changes(before: Space, after: Space) -> Iterator[tuple[str, Truth]]:
    """What can change, and for which answers it does."""
    yield from _new_and_lost_answers(before, after)
    for question in {**before.asked, **after.asked}:
        was = before.asked.get(question, before.nothing)
        is_now = after.asked.get(question, after.nothing)
        yield f"question {question}: now asked", is_now & ~was
        yield f"question {question}: no longer asked", was & ~is_now
    yield from _other_roles(before, after)
    for outcome in {**before.outcomes, **after.outcomes}:
        if outcome[0] != "role" and not _is_only_text(outcome):
            was, is_now = before.outcome(*outcome), after.outcome(*outcome)
            comparable = _offered_by_both(outcome, before, after)
            yield f"{_named(outcome)}: added", is_now & ~was & comparable
            yield f"{_named(outcome)}: removed", was & ~is_now & comparable
    for fact in {**before.derived, **after.derived}:
        yield from _other_values(fact, before, after)


def _is_only_text(outcome: Outcome) -> bool:
    """Whether it is the one text of what is named by itself too."""
    return outcome[0].endswith(" text") and "." not in outcome[-1]


def _new_and_lost_answers(before: Space, after: Space) -> Iterator[tuple[str, Truth]]:
    """Answers that only one of the two policies knows."""
    for number, partition in enumerate(after.partitions):
        for index, each in enumerate(partition.classes):
            only = [_knows(space, partition.question, each.example) for space in (before, after)]
            if only[0] != only[1]:
                here = after.answered(number, index)
                asked = (after if only[1] else before).asked[partition.question]
                verb = "new" if only[1] else "gone"
                answer = "+".join(as_options(each.example))
                yield f"answer {partition.question}={answer}: {verb}", here & asked


def _knows(space: Space, name: str, answer: str | tuple[str, ...]) -> bool:
    question = space.policy.questionnaire.by_id.get(name)
    return question is not None and set(as_options(answer)) <= set(question.option_ids)


def _other_roles(before: Space, after: Space) -> Iterator[tuple[str, Truth]]:
    organisations = {**before.policy.organisations, **after.policy.organisations}
    roles = {**before.policy.roles, **after.policy.roles}
    for name in organisations:
        for was in roles:
            for is_now in roles:
                if was != is_now:
                    where = before.outcome("role", name, was) & after.outcome("role", name, is_now)
                    yield f"{name}: {was} → {is_now}", where


def _other_values(fact: str, before: Space, after: Space) -> Iterator[tuple[str, Truth]]:
    was, is_now = before.derived.get(fact, {}), after.derived.get(fact, {})
    if fact not in {**before.policy.facts, **after.policy.facts}:
        return
    for value in {**was, **is_now}:
        added = is_now.get(value, after.nothing) & ~was.get(value, before.nothing)
        yield f"{fact}: becomes {value}", added


def _offered_by_both(outcome: Outcome, before: Space, after: Space) -> Truth:
    """Where the terms of a help can be compared: where both policies offer it."""
    if outcome[0] not in {"certainty", "max_eur", "support text"}:
        return ~after.nothing
    return before.outcome("support", outcome[1]) & after.outcome("support", outcome[1])


def _named(outcome: Outcome) -> str:
    match outcome:
        case ("giver", support, organisation):
            return f"{support} by {organisation}"
        case ("max_eur", support, euros):
            return f"{support}, at most {euros} euro"
        case ("certainty", support, certainty):
            return f"{support}, {certainty}"
    return " ".join(outcome)


def _other_changes(old: Policy, new: Policy) -> Iterator[str]:
    """Rules whose text or source changed, amounts, and the order of what is shown."""
    for rule in new.rules:
        former = old.rule_by_id.get(rule.id)
        if former and former.statement != rule.statement:
            yield f"rule {rule.id}: other statement"
        if former and former.source != rule.source:
            yield f"rule {rule.id}: other source, or checked on another day"
    figures = [{each.id: each.up_to_eur for each in policy.amounts} for policy in (old, new)]
    for name in {**figures[0], **figures[1]}:
        if figures[0].get(name) != figures[1].get(name):
            yield f"amount {name}: {figures[0].get(name)} → {figures[1].get(name)} euro"
    wanted = [[(s.id, s.wanted_by) for s in policy.supports.values()] for policy in (old, new)]
    if wanted[0] != wanted[1]:
        yield "supports: other order, or other wishes that move them to the front"

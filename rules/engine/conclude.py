"""Gather what fired into a Decision: order it, and name the rules for each part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from questions import UNKNOWN, Answers, Facts
from questions.conditions import holds
from rules.decision import Decision, Finding, OrganisationRole, SupportOffer
from rules.engine.compiler import Target
from rules.model import (
    AdviseStep,
    AssignRole,
    DescribeSituation,
    OfferSupport,
    Outcome,
    Policy,
    SetCertainty,
)


def conclude(policy: Policy, answers: Answers, fired: Sequence[Target]) -> Decision:
    """The decision that follows from the targets that fired, given in the order of the data."""
    derived = dict(target.decides for target in fired if target.decides)
    facts: Facts = {**answers, **policy.lookup(answers), **derived}
    organisations = _organisations(policy, fired)
    steps = _steps(policy, organisations, fired)
    return Decision(
        complete=True,
        next_question=None,
        ignored=(),
        stage=derived.get("stage"),
        country_view=derived.get("country_view"),
        nationality_group=derived.get("nationality_group"),
        situation=_situation(policy, fired),
        organisations=organisations,
        supports=_supports(policy, facts, fired),
        next_steps=steps,
        places=_places(policy, answers, {step.id for step in steps}),
        fired=_because(fired),
        policy_version=policy.version,
        policy_sha256=policy.sha256,
    )


def _situation(policy: Policy, fired: Sequence[Target]) -> tuple[Finding, ...]:
    found = []
    for id_ in policy.situations:
        described = [
            (target, then)
            for target in fired
            if isinstance(then := target.rule.then, DescribeSituation) and then.situation == id_
        ]
        if described:
            because = _because(target for target, _ in described)
            found.append(Finding(id_, because, described[0][1].variant))
    return tuple(found)


def _steps(
    policy: Policy, organisations: Sequence[OrganisationRole], fired: Sequence[Target]
) -> tuple[Finding, ...]:
    found = []
    for id_, step in policy.steps.items():
        targets = [target for target in fired if target.rule.then == AdviseStep(id_)]
        if targets:
            contacts = _contacts(step, organisations)
            found.append(Finding(id_, _because(targets), contacts=contacts))
    return tuple(found)


def _places(policy: Policy, answers: Answers, steps: Collection[str]) -> tuple[str, ...]:
    residence = answers.get(policy.placed_by)
    return tuple(
        place.id
        for place in policy.reading.places
        if place.residence is not None
        and place.residence == residence
        and (place.step is None or place.step in steps)
    )


def _contacts(step: Outcome, organisations: Sequence[OrganisationRole]) -> tuple[str, ...]:
    in_role = (each.id for each in organisations if each.role == step.contacts_in_role)
    return (*step.contacts, *in_role)


def _organisations(policy: Policy, fired: Sequence[Target]) -> tuple[OrganisationRole, ...]:
    best_first = list(policy.roles)
    assigned = [
        OrganisationRole(organisation, then.role, _because(targets), then.variant)
        for organisation in policy.organisations
        if (targets := _of_organisation(fired, organisation))
        and isinstance(then := targets[0].rule.then, AssignRole)
    ]
    return tuple(
        sorted(
            assigned,
            key=lambda each: (
                not policy.organisations[each.id].first,
                best_first.index(each.role),
            ),
        )
    )


def _of_organisation(fired: Sequence[Target], organisation: str) -> list[Target]:
    return [
        target
        for target in fired
        if isinstance(target.rule.then, AssignRole) and target.organisation == organisation
    ]


def _supports(policy: Policy, facts: Facts, fired: Sequence[Target]) -> tuple[SupportOffer, ...]:
    wishes = facts.get(policy.ordered_by, ())
    wanted = tuple(wish for wish in wishes if wish != UNKNOWN)
    offers = [
        _offer(policy, support, facts, targets, fired)
        for support in policy.supports
        if (targets := _of_support(fired, support))
    ]
    return tuple(sorted(offers, key=lambda offer: _place(policy, offer.id, wanted)))


def _place(policy: Policy, support: str, wanted: Sequence[str]) -> int:
    """What was wanted comes first, then what stands directly after it, then the rest."""
    if not wanted:
        return 0
    known = policy.supports[support]
    if any(want in known.wanted_by for want in wanted):
        return 0
    return 1 if known.after_wanted else 2


def _of_support(fired: Sequence[Target], support: str) -> list[Target]:
    return [
        target
        for target in fired
        if isinstance(target.rule.then, OfferSupport) and target.rule.then.support == support
    ]


def _offer(
    policy: Policy,
    support_id: str,
    facts: Facts,
    targets: Sequence[Target],
    fired: Sequence[Target],
) -> SupportOffer:
    support = policy.supports[support_id]
    offers = [target.rule.then for target in targets if isinstance(target.rule.then, OfferSupport)]
    givers = {target.organisation for target in targets}
    setting = [
        (target, then)
        for target in fired
        if isinstance(then := target.rule.then, SetCertainty) and support_id in then.supports
    ]
    return SupportOffer(
        id=support_id,
        form=support.form,
        certainty=setting[0][1].certainty if setting else offers[0].certainty,
        by=tuple(each for each in policy.organisations if each in givers),
        max_eur=offers[0].max_eur,
        because=_because([*targets, *(target for target, _ in setting)]),
        variant=offers[0].variant,
        amounts=tuple(_amounts(policy, support_id, facts, targets)),
    )


def _amounts(
    policy: Policy, support: str, facts: Facts, targets: Sequence[Target]
) -> Iterable[str]:
    """The figures whose giver is among the givers, and whose condition holds."""
    givers = {target.organisation for target in targets}
    rules = {target.rule.id for target in targets}
    for amount in policy.amounts:
        if (
            amount.support == support
            and amount.organisation in givers
            and (amount.rule is None or amount.rule in rules)
            and holds(amount.when, facts)
        ):
            yield amount.id


def _because(targets: Iterable[Target]) -> tuple[str, ...]:
    """The rules of the targets, each once, in the order of the data."""
    return tuple(dict.fromkeys(target.rule.id for target in targets))

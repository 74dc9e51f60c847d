"""Gather what fired into a Decision: order it, and name the rules for each part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from questions import Answers
from rules.compiling import Target
from rules.decision import Decision, Finding, OrganisationRole, SupportOffer
from rules.model import AdviseStep, AssignRole, DescribeSituation, OfferSupport, Policy, Rule


def conclude(policy: Policy, answers: Answers, fired: Sequence[Target]) -> Decision:
    """The decision that follows from the targets that fired, given in the order of the data."""
    facts = dict(target.decides for target in fired if target.decides)
    return Decision(
        complete=True,
        next_question=None,
        ignored=(),
        stage=facts.get("stage"),
        country_view=facts.get("country_view"),
        nationality_group=facts.get("nationality_group"),
        situation=_findings(fired, policy.situations, _situation),
        organisations=_organisations(policy, fired),
        supports=_supports(policy, answers, fired),
        next_steps=_findings(fired, policy.steps, _step),
        fired=_because(fired),
        policy_version=policy.version,
        policy_sha256=policy.sha256,
    )


def _situation(rule: Rule) -> str | None:
    return rule.then.situation if isinstance(rule.then, DescribeSituation) else None


def _step(rule: Rule) -> str | None:
    return rule.then.step if isinstance(rule.then, AdviseStep) else None


def _findings(
    fired: Sequence[Target], order: Iterable[str], concluded: Callable[[Rule], str | None]
) -> tuple[Finding, ...]:
    found = {id_: [target for target in fired if concluded(target.rule) == id_] for id_ in order}
    return tuple(Finding(id_, _because(targets)) for id_, targets in found.items() if targets)


def _organisations(policy: Policy, fired: Sequence[Target]) -> tuple[OrganisationRole, ...]:
    best_first = list(policy.roles)
    assigned = [
        OrganisationRole(organisation, targets[0].rule.then.role, _because(targets))
        for organisation in policy.organisations
        if (targets := _of_organisation(fired, organisation))
        and isinstance(targets[0].rule.then, AssignRole)
    ]
    return tuple(sorted(assigned, key=lambda each: best_first.index(each.role)))


def _of_organisation(fired: Sequence[Target], organisation: str) -> list[Target]:
    return [
        target
        for target in fired
        if isinstance(target.rule.then, AssignRole) and target.organisation == organisation
    ]


def _supports(
    policy: Policy, answers: Answers, fired: Sequence[Target]
) -> tuple[SupportOffer, ...]:
    wanted = answers.get(policy.ordered_by, ())
    offers = [
        _offer(policy, support, targets)
        for support in policy.supports
        if (targets := _of_support(fired, support))
    ]
    return tuple(
        sorted(
            offers,
            key=lambda offer: (
                not any(want in policy.supports[offer.id].wanted_by for want in wanted)
            ),
        )
    )


def _of_support(fired: Sequence[Target], support: str) -> list[Target]:
    return [
        target
        for target in fired
        if isinstance(target.rule.then, OfferSupport) and target.rule.then.support == support
    ]


def _offer(policy: Policy, support_id: str, targets: Sequence[Target]) -> SupportOffer:
    support = policy.supports[support_id]
    offers = [target.rule.then for target in targets if isinstance(target.rule.then, OfferSupport)]
    givers = {target.organisation for target in targets}
    return SupportOffer(
        id=support_id,
        form=support.form,
        certainty=offers[0].certainty,
        by=tuple(each for each in policy.organisations if each in givers),
        max_eur=offers[0].max_eur,
        because=_because(targets),
    )


def _because(targets: Iterable[Target]) -> tuple[str, ...]:
    """The rules of the targets, each once, in the order of the data."""
    return tuple(dict.fromkeys(target.rule.id for target in targets))

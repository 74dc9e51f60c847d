"""What the result page and the API say: a decision in the words of the current language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import format_currency

from rules import Decision, Finding, OrganisationRole, Policy, SupportOffer
from rules.model import Contact, Organisation, Outcome, Rule, Source
from wizard.texts import gettext


@dataclass(frozen=True)
class Reason:
    """One rule that fired, as people read it."""

    id: str
    text: str
    source: Source


@dataclass(frozen=True)
class Statement:
    """A text about the situation or a next step, with its reasons."""

    id: str
    text: str
    reasons: tuple[Reason, ...]
    contact: Organisation | None = None


@dataclass(frozen=True)
class OrganisationCard:
    """An organisation with its role in this result."""

    id: str
    name: str
    full_name: str | None
    role: str
    text: str
    what: str
    whom: str
    source: Source
    contact: Contact | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class RoleGroup:
    """The organisations that have the same role."""

    role: str
    text: str
    organisations: tuple[OrganisationCard, ...]


@dataclass(frozen=True)
class AmountLine:
    """A figure in a sentence, with the source that shows it."""

    text: str
    source: Source


@dataclass(frozen=True)
class SupportCard:
    """A kind of help, who can give it, and what is known of amounts."""

    id: str
    label: str
    text: str
    form: tuple[str, ...]
    certainty: str
    by: tuple[str, ...]
    amounts: tuple[AmountLine, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Result:
    """The whole result page."""

    situation: tuple[Statement, ...]
    groups: tuple[RoleGroup, ...]
    supports: tuple[SupportCard, ...]
    steps: tuple[Statement, ...]
    reasons: tuple[Reason, ...]
    checked_on: date
    """The day of the oldest check among everything shown."""
    policy_version: str
    policy_sha256: str


class Presenter:
    """Puts decisions of one policy into the current language."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def result(self, decision: Decision) -> Result:
        """The result page of a complete decision."""
        supports = tuple(self.support(offer, decision) for offer in decision.supports)
        cards = tuple(self.organisation(each) for each in decision.organisations)
        reasons = self.reasons(decision.fired)
        return Result(
            situation=tuple(self.situation(each) for each in decision.situation),
            groups=tuple(self._groups(cards)),
            supports=supports,
            steps=tuple(self.step(each) for each in decision.next_steps),
            reasons=reasons,
            checked_on=min(_check_days(cards, supports, reasons)),
            policy_version=decision.policy_version,
            policy_sha256=decision.policy_sha256,
        )

    def reasons(self, rule_ids: Iterable[str]) -> tuple[Reason, ...]:
        """The rules as people read them."""
        return tuple(self.reason(self._policy.rule_by_id[rule_id]) for rule_id in rule_ids)

    def reason(self, rule: Rule) -> Reason:
        """One rule as people read it."""
        return Reason(rule.id, gettext(rule.statement), rule.source)

    def situation(self, finding: Finding) -> Statement:
        """A text about the situation."""
        return self._statement(finding, self._policy.situations[finding.id])

    def step(self, finding: Finding) -> Statement:
        """A next step."""
        return self._statement(finding, self._policy.steps[finding.id])

    def _statement(self, finding: Finding, outcome: Outcome) -> Statement:
        contact = self._policy.organisations[outcome.contact] if outcome.contact else None
        return Statement(finding.id, gettext(outcome.text), self.reasons(finding.because), contact)

    def organisation(self, assigned: OrganisationRole) -> OrganisationCard:
        """An organisation with its role."""
        organisation = self._policy.organisations[assigned.id]
        return OrganisationCard(
            id=assigned.id,
            name=organisation.name,
            full_name=organisation.full_name,
            role=assigned.role,
            text=gettext(organisation.role_texts[assigned.role]),
            what=gettext(organisation.what),
            whom=gettext(organisation.whom),
            source=organisation.source,
            contact=organisation.contact,
            reasons=self.reasons(assigned.because),
        )

    def _groups(self, cards: Iterable[OrganisationCard]) -> Iterable[RoleGroup]:
        for role, members in groupby(cards, key=lambda card: card.role):
            yield RoleGroup(role, gettext(self._policy.roles[role].text), tuple(members))

    def support(self, offer: SupportOffer, decision: Decision) -> SupportCard:
        """A kind of help."""
        support = self._policy.supports[offer.id]
        return SupportCard(
            id=offer.id,
            label=gettext(support.label),
            text=gettext(support.text),
            form=tuple(gettext(self._policy.forms[form]) for form in offer.form),
            certainty=gettext(self._policy.certainties[offer.certainty]),
            by=tuple(self._policy.organisations[each].name for each in offer.by),
            amounts=tuple(self._amounts(offer, decision)),
            reasons=self.reasons(offer.because),
        )

    def _amounts(self, offer: SupportOffer, decision: Decision) -> Iterable[AmountLine]:
        """The figures whose rule fired and whose giver is among the givers."""
        for amount in self._policy.amounts:
            if (
                amount.support == offer.id
                and amount.organisation in offer.by
                and amount.rule in decision.fired
            ):
                text = gettext(amount.text).format(amount=euros(amount.up_to_eur))
                yield AmountLine(text, amount.source)


def euros(amount: int) -> str:
    """Whole euros in the style of the current language."""
    return format_currency(amount, "EUR", format="¤ #,##0", currency_digits=False)


def _check_days(
    cards: Iterable[OrganisationCard], supports: Iterable[SupportCard], reasons: Iterable[Reason]
) -> Iterable[date]:
    for card in cards:
        yield card.source.checked_on
        if card.contact:
            yield card.contact.source.checked_on
    for support in supports:
        yield from (amount.source.checked_on for amount in support.amounts)
    yield from (reason.source.checked_on for reason in reasons)

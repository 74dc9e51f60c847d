"""What the result page and the API say: a decision in the words of one language.

What is said of each rule is made once, for all rules together. What is said of a conclusion is made
anew: kept, it would come sooner for who has the same answers as somebody before, and tell of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from rules import Decision, Finding, OrganisationRole, Policy, SupportOffer
from rules.model import Amount, Contact, Organisation, Rule, Source
from wizard.languages import Language, current
from wizard.policy_in_force import decider, once_for_each_policy
from wizard.texts import texts_of


@dataclass(frozen=True, eq=False)
class Reason:
    """One rule that fired, as people read it."""

    id: str
    text: str
    source: Source


@dataclass(frozen=True, eq=False)
class Statement:
    """A text about the situation or a next step, with its reasons."""

    id: str
    text: str
    reasons: tuple[Reason, ...]
    contact: Organisation | None = None


@dataclass(frozen=True, eq=False)
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
    gives: bool
    """Whether these organisations can be asked for help."""
    organisations: tuple[OrganisationCard, ...]


@dataclass(frozen=True)
class AmountLine:
    """A figure in a sentence, with the source that shows it."""

    text: str
    source: Source


@dataclass(frozen=True, eq=False)
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

    def drawn(self) -> Iterable[str]:
        """The ids of what has a drawing."""
        yield from (card.id for group in self.groups for card in group.organisations)
        yield from (support.id for support in self.supports)

    def reasons_by_source(self) -> Iterable[tuple[Source, list[Reason]]]:
        """The rules that fired under the source of each, so that no source stands twice."""
        sources = {reason.source.id: reason.source for reason in self.reasons}
        for name, source in sources.items():
            yield source, [reason for reason in self.reasons if reason.source.id == name]


class Presenter:
    """Puts decisions of one policy into one language."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self._policy = policy
        self._language = language
        self._say = texts_of(language).gettext
        self._reasons = {
            rule.id: Reason(rule.id, self._say(rule.statement), rule.source)
            for rule in policy.rules
        }

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
        return tuple(self._reasons[rule_id] for rule_id in rule_ids)

    def reason(self, rule: Rule) -> Reason:
        """One rule as people read it."""
        return self._reasons[rule.id]

    def situation(self, finding: Finding) -> Statement:
        """A text about the situation."""
        return self._statement(finding, "situations")

    def step(self, finding: Finding) -> Statement:
        """A next step."""
        return self._statement(finding, "steps")

    def _statement(self, finding: Finding, kind: Literal["situations", "steps"]) -> Statement:
        outcomes = self._policy.steps if kind == "steps" else self._policy.situations
        outcome = outcomes[finding.id]
        contact = self._policy.organisations[outcome.contact] if outcome.contact else None
        text = self._say(outcome.text)
        return Statement(finding.id, text, self.reasons(finding.because), contact)

    def organisation(self, assigned: OrganisationRole) -> OrganisationCard:
        """An organisation with its role."""
        organisation = self._policy.organisations[assigned.id]
        return OrganisationCard(
            id=assigned.id,
            name=organisation.name,
            full_name=organisation.full_name,
            role=assigned.role,
            text=self._say(organisation.role_texts[assigned.role]),
            what=self._say(organisation.what),
            whom=self._say(organisation.whom),
            source=organisation.source,
            contact=organisation.contact,
            reasons=self.reasons(assigned.because),
        )

    def _groups(self, cards: Iterable[OrganisationCard]) -> Iterable[RoleGroup]:
        for role, members in groupby(cards, key=lambda card: card.role):
            known = self._policy.roles[role]
            yield RoleGroup(role, self._say(known.text), known.gives, tuple(members))

    def support(self, offer: SupportOffer, decision: Decision) -> SupportCard:
        """A kind of help, with the figures whose rule fired and whose giver is among the givers."""
        shown = (
            number
            for number, amount in enumerate(self._policy.amounts)
            if amount.support == offer.id
            and amount.organisation in offer.by
            and amount.rule in decision.fired
        )
        return self._support(offer, tuple(shown))

    def _support(self, offer: SupportOffer, amounts: tuple[int, ...]) -> SupportCard:
        support = self._policy.supports[offer.id]
        return SupportCard(
            id=offer.id,
            label=self._say(support.label),
            text=self._say(support.text),
            form=tuple(self._say(self._policy.forms[form]) for form in offer.form),
            certainty=self._say(self._policy.certainties[offer.certainty]),
            by=tuple(self._policy.organisations[each].name for each in offer.by),
            amounts=tuple(self._amount(self._policy.amounts[number]) for number in amounts),
            reasons=self.reasons(offer.because),
        )

    def _amount(self, amount: Amount) -> AmountLine:
        text = self._say(amount.text).format(amount=euros(amount.up_to_eur))
        return AmountLine(text, amount.source)


@once_for_each_policy
def _presenter(language: Language) -> Presenter:
    return Presenter(decider().policy, language)


def presenter() -> Presenter:
    """The presenter of the policy in force, in the language of the page."""
    return _presenter(current())


def euros(amount: int) -> str:
    """Whole euros as on Dutch letters (€ 1.000), in every language: a reader must know it again.

    Between isolates, so that it stays whole within a text from right to left.
    """
    written = f"{amount:,}".replace(",", ".")
    return f"\u2066€ {written}\u2069"


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

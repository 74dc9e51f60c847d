"""What the result page and the API say: a decision in the words of one language.

What is said of each rule is made once, for all rules together. What is said of a conclusion is made
anew: kept, it would come sooner for who has the same answers as somebody before, and tell of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rules import Decision, Finding, OrganisationRole, Policy, SupportOffer
from rules.model import Amount, Contact, Rule, Source, Wording
from wizard.i18n.cldr import euros
from wizard.i18n.languages import Language
from wizard.i18n.texts import texts_of
from wizard.policy_in_force import cached_per_policy, decider
from wizard.presenters.places import Desk, desks


@dataclass(frozen=True, eq=False)
class Reason:
    """One rule that fired, as people read it."""

    id: str
    text: str
    source: Source


@dataclass(frozen=True, eq=False)
class StepContact:
    """Somebody whom a step names, and how to reach them."""

    id: str
    name: str
    what_for: str | None
    contact: Contact


@dataclass(frozen=True, eq=False)
class Statement:
    """A text about the situation or a next step, with its reasons.

    Of a step, `do` is its first sentence, and `more`, `who` and `fold` stand by themselves too.
    """

    id: str
    text: str
    reasons: tuple[Reason, ...]
    contacts: tuple[StepContact, ...] = ()
    short: str | None = None
    do: str | None = None
    more: str | None = None
    who: str | None = None
    fold: str | None = None


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

    @property
    def after_name(self) -> str | None:
        """What the text says after the name of the organisation, where it begins with that."""
        start = f"{self.name} "
        return self.text.removeprefix(start) if self.text.startswith(start) else None


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
    """A figure in a sentence, with who gives it and the source that shows it."""

    text: str
    source: Source
    by: str
    up_to_eur: int


@dataclass(frozen=True, eq=False)
class SupportCard:
    """A kind of help, who can give it, and what is known of amounts."""

    id: str
    label: str
    text: str
    certainty: str
    by: tuple[str, ...]
    amounts: tuple[AmountLine, ...]
    amounts_note: str | None
    """For whom these amounts are not, where anything is known of that."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Result:
    """The whole result page."""

    situation: tuple[Statement, ...]
    groups: tuple[RoleGroup, ...]
    supports: tuple[SupportCard, ...]
    steps: tuple[Statement, ...]
    desks: tuple[Desk, ...]
    """Near where the person stays."""
    reasons: tuple[Reason, ...]
    checked_on: date
    """The day of the oldest check among everything shown."""
    policy_version: str
    policy_sha256: str

    def drawn(self, without: Collection[str]) -> Iterable[str]:
        """The ids of what is drawn, where organisations `without` these roles have a card."""
        groups = (group for group in self.groups if group.role not in without)
        yield from (card.id for group in groups for card in group.organisations)
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
        supports = tuple(self.support(offer) for offer in decision.supports)
        cards = tuple(self.organisation(each) for each in decision.organisations)
        reasons = self.told(decision.fired)
        places = (self._policy.place_by_id[each] for each in decision.places)
        return Result(
            situation=tuple(self.situation(each) for each in decision.situation),
            groups=tuple(self._groups(cards)),
            supports=supports,
            steps=tuple(self.step(each) for each in decision.next_steps),
            desks=desks(places, self._language),
            reasons=reasons,
            checked_on=min(_check_days(cards, supports, reasons)),
            policy_version=decision.policy_version,
            policy_sha256=decision.policy_sha256,
        )

    def reasons(self, rule_ids: Iterable[str]) -> tuple[Reason, ...]:
        """The rules as people read them."""
        return tuple(self._reasons[rule_id] for rule_id in rule_ids)

    def told(self, rule_ids: Iterable[str]) -> tuple[Reason, ...]:
        """The rules that a result names: those that say something of the person."""
        return self.reasons(each for each in rule_ids if not self._policy.rule_by_id[each].silent)

    def reason(self, rule: Rule) -> Reason:
        """One rule as people read it."""
        return self._reasons[rule.id]

    def situation(self, finding: Finding) -> Statement:
        """A text about the situation."""
        wording = self._policy.situations[finding.id].wording(finding.variant)
        return Statement(
            id=finding.id,
            text=self._filled(wording),
            reasons=self.reasons(finding.because),
            short=self._say(wording.short) if wording.short else None,
        )

    def _filled(self, wording: Wording) -> str:
        """The text with its figure."""
        text = self._say(wording.text)
        if wording.amount is None:
            return text
        return text.format(amount=self._euros(self._policy.amount_by_id[wording.amount]))

    def step(self, finding: Finding) -> Statement:
        """A next step."""
        step = self._policy.steps[finding.id]
        do, more, who, fold = (
            self._say(text) if text else None
            for text in (step.text, step.more, step.who, step.fold)
        )
        return Statement(
            id=finding.id,
            text=" ".join(filter(None, (do, more))),
            reasons=self.reasons(finding.because),
            contacts=tuple(self._contacts(finding.contacts)),
            do=do,
            more=more,
            who=who,
            fold=fold,
        )

    def _contacts(self, names: Iterable[str]) -> Iterable[StepContact]:
        for name in names:
            if name in self._policy.contacts:
                point = self._policy.contacts[name]
                yield StepContact(name, point.name, self._say(point.what_for), point.contact)
            elif contact := self._policy.organisations[name].contact:
                yield StepContact(name, self._policy.organisations[name].name, None, contact)

    def organisation(self, assigned: OrganisationRole) -> OrganisationCard:
        """An organisation with its role."""
        organisation = self._policy.organisations[assigned.id]
        return OrganisationCard(
            id=assigned.id,
            name=organisation.name,
            full_name=organisation.full_name,
            role=assigned.role,
            text=self._say(organisation.role_text(assigned.role, assigned.variant)),
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

    def support(self, offer: SupportOffer) -> SupportCard:
        """A kind of help, with the figures that are shown."""
        known = self._policy.supports[offer.id]
        wording = known.wording(offer.variant)
        note = known.amounts_note if offer.amounts and not offer.variant else None
        return SupportCard(
            id=offer.id,
            label=self._say(wording.label or known.label),
            text=self._filled(wording),
            certainty=self._say(self._policy.certainties[offer.certainty]),
            by=tuple(self._policy.organisations[each].name for each in offer.by),
            amounts=tuple(self._amount(self._policy.amount_by_id[name]) for name in offer.amounts),
            amounts_note=self._say(note) if note else None,
            reasons=self.reasons(offer.because),
        )

    def _euros(self, amount: Amount) -> str:
        return euros(amount.up_to_eur, self._language.tag)

    def _amount(self, amount: Amount) -> AmountLine:
        text = self._say(amount.text).format(amount=self._euros(amount))
        return AmountLine(text, amount.source, amount.organisation, amount.up_to_eur)


@cached_per_policy
def presenter(language: Language) -> Presenter:
    """The presenter of the policy in force, in this language."""
    return Presenter(decider().policy, language)


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

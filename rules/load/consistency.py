"""What must hold between the files of a policy: each of them alone looks right."""

from __future__ import annotations

from questions import DataError
from questions.conditions import WORDS
from rules.editions import editions
from rules.engine.compiler import role_fact
from rules.engine.durable import RESERVED
from rules.engine.ruleset import refuse_too_large
from rules.model import Amount, OfferSupport, Outcome, Policy, Support, Wording


def refuse_shared_names(policy: Policy) -> None:
    """A condition reads a fact by its name, so no other fact can have the same."""
    taken = {*policy.questionnaire.vocabulary, *WORDS, *RESERVED}
    for fact in policy.facts:
        if fact in taken:
            raise DataError(f"policy.toml: fact.{fact}: this name has another meaning")
    for organisation in policy.organisations:
        fact = role_fact(organisation)
        if fact in {*taken, *policy.facts}:
            problem = f"the name of its role in conditions, `{fact}`, has another meaning"
            raise DataError(f"organisations.toml: {organisation}: {problem}")
    for question in policy.questionnaire.by_id:
        if question in RESERVED:
            raise DataError(f"questions.toml: question.{question}.id: this name is reserved")


def refuse_amounts_never_shown(policy: Policy) -> None:
    """An amount is shown when its rule fires, with the help that this rule offers."""
    for amount in policy.amounts:
        _refuse_never_shown(amount, policy)


def refuse_private_contacts_of_open_steps(policy: Policy) -> None:
    """Whose number tells something of a person stands only at steps that do so too: what leaves
    out the step leaves out the number.
    """
    for step in policy.steps.values():
        for name in step.contacts:
            point = policy.contacts.get(name)
            if point and point.private and not step.private:
                problem = f"the contact `{name}` is private, so the step must be"
                raise DataError(f"outcomes.toml: step.{step.id}.private: {problem}")


def refuse_two_words_about_the_lawyer(policy: Policy) -> None:
    """For which countries the lawyer comes first stands beside their facts, where people read it,
    and as a flag, where rules do: in both or in neither.

    A former policy has no facts about countries.
    """
    if not policy.country_facts:
        return
    flagged = policy.countries.flags.get("ask_lawyer", frozenset())
    known = {code for code, each in policy.country_facts.items() if each.ask_lawyer}
    for code in sorted(flagged - known):
        problem = f"`{code}` is not marked in country_facts (country.{code}.ask_lawyer)"
        raise DataError(f"countries.toml: flag.ask_lawyer.countries: {problem}")
    for code in sorted(known - flagged):
        problem = "the flag of this name in countries.toml leaves the country out"
        raise DataError(f"country_facts: country.{code}.ask_lawyer: {problem}")


def refuse_places_beside_unknown_steps(policy: Policy) -> None:
    """A place that stands beside a step names one that there is."""
    for place in policy.reading.places:
        if place.step and place.step not in policy.steps:
            raise DataError(f"places.toml: {place.id}.step: there is no step `{place.step}`")


def refuse_unknown_amounts(policy: Policy) -> None:
    """A figure that stands in a text is one of the amounts."""
    said: list[tuple[str, Outcome | Support]] = [
        *(("outcomes.toml: situation.", each) for each in policy.situations.values()),
        *(("supports.toml: ", each) for each in policy.supports.values()),
    ]
    for place, each in said:
        _refuse_unknown_amount(f"{place}{each.id}", each.wording(None), policy)
        for name, wording in each.variants.items():
            _refuse_unknown_amount(f"{place}{each.id}.variant.{name}", wording, policy)


def _refuse_unknown_amount(place: str, wording: Wording, policy: Policy) -> None:
    if wording.amount and wording.amount not in policy.amount_by_id:
        raise DataError(f"{place}.amount: there is no amount `{wording.amount}`")


def _refuse_never_shown(amount: Amount, policy: Policy) -> None:
    if amount.rule is None:
        return
    rule = policy.rule_by_id.get(amount.rule)
    place = f"amounts.toml: {amount.id}.rule"
    if rule is None:
        raise DataError(f"{place}: there is no rule `{amount.rule}`")
    then = rule.then
    if not isinstance(then, OfferSupport) or then.support != amount.support:
        raise DataError(f"{place}: this rule does not offer `{amount.support}`")
    if amount.organisation not in then.by:
        raise DataError(f"{place}: this rule offers nothing by `{amount.organisation}`")


def refuse_what_is_too_large(policy: Policy) -> None:
    """Look at every set of rules that holds together on some day."""
    for rules in {
        tuple(rule.id for rule in policy.rules_on(edition.since)) for edition in editions(policy)
    }:
        refuse_too_large(policy, [policy.rule_by_id[each] for each in rules])

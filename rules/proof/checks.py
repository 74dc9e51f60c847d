"""What the proof checks: each check yields what it looks at, and where that does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from questions import UNKNOWN, Answer, Option, Question, QuestionType, as_options
from rules.engine.compiler import Target
from rules.model import AssignRole, DescribeSituation, OfferSupport, Rule, SetCertainty, Support
from rules.proof.diagrams import Truth
from rules.proof.laws import Laws, breaches
from rules.proof.space import Outcome, Space


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
    """Rules of the same rank that hold together conclude the same, in the same words; offers of one
    help have the same terms, and no two rules set how certain it is otherwise.
    """
    space = context.space
    for one, other in combinations(space.targets.values(), 2):
        if _disagree(one, other):
            both = space.fired[one.id] & space.fired[other.id]
            yield Suspect(f"{one.id} / {other.id}", "hold together and disagree", both)


def _disagree(one: Target, other: Target) -> bool:
    """Whether the two conclude something about the same, but not the same."""
    if one.decides and other.decides and one.decides[0] == other.decides[0]:
        return (one.decides[1], _words(one)) != (other.decides[1], _words(other))
    match one.rule.then, other.rule.then:
        case OfferSupport() as first, OfferSupport() as second:
            return first.support == second.support and _terms(first) != _terms(second)
        case SetCertainty() as first, SetCertainty() as second:
            both = set(first.supports) & set(second.supports)
            return bool(both) and first.certainty != second.certainty
        case DescribeSituation() as first, DescribeSituation() as second:
            return first.situation == second.situation and first.variant != second.variant
    return False


def _terms(offer: OfferSupport) -> tuple[str, int | None, str | None]:
    return offer.certainty, offer.max_eur, offer.variant


def _words(target: Target) -> str | None:
    return target.rule.then.variant if isinstance(target.rule.then, AssignRole) else None


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
    wanted += [("amount", amount.id) for amount in policy.amounts]
    texts: list[Outcome] = [
        ("role text", organisation.id, text)
        for organisation in policy.organisations.values()
        for text in organisation.role_texts
    ]
    texts += [
        ("situation text", f"{name}.{variant}")
        for name, situation in policy.situations.items()
        for variant in situation.variants
    ]
    texts += [
        ("support text", f"{name}.{variant}")
        for name, support in policy.supports.items()
        for variant in support.variants
    ]
    for outcome in (*wanted, *texts):
        if outcome not in reached:
            yield Suspect(" ".join(outcome), "is reached by nobody", ~space.nothing)


def question_without_effect(context: Context) -> Iterator[Suspect]:
    """No question is asked whose answer can change nothing.

    What counts: situation, roles and their texts, kinds of help with givers, certainty and amount,
    their order, and next steps. An answer before the question decides; whatever may still be
    answered after it is taken into account.
    """
    space = context.space
    for question, asked in space.asked.items():
        number = space.position[question]
        later = range(number, len(space.partitions))
        effect = _order_differs(space, question)
        for truth in space.outcomes.values():
            effect = effect | _varies(truth, number)
        message = "is asked, but no answer to it can change the result"
        yield Suspect(question, message, asked & ~effect.some(later), before=question)


def _varies(truth: Truth, number: int) -> Truth:
    """For which answers to the other questions it depends on question `number`."""
    return truth.some([number]) & (~truth).some([number])


def _order_differs(space: Space, question: str) -> Truth:
    """For which answers the question about the help wanted can change the order of the help."""
    if question != space.policy.ordered_by:
        return space.nothing
    wants = space.policy.questionnaire.by_id[question].option_ids
    return space.any_of(_reorders(space, want) for want in wants)


def _reorders(space: Space, want: str) -> Truth:
    """For which answers this wish changes the order: something comes before what stood before."""
    supports = list(space.policy.supports.values())
    if want == UNKNOWN:
        return space.nothing

    def place(support: Support) -> int:
        if want in support.wanted_by:
            return 0
        return 1 if support.after_wanted else 2

    return space.any_of(
        space.outcome("support", first.id) & space.outcome("support", second.id)
        for first, second in combinations(supports, 2)
        if place(second) < place(first)
    )


def option_without_effect(context: Context) -> Iterator[Suspect]:
    """No option is without effect but those that say so (`neutral`).

    Two options that lead everybody to the same are one too many, unless one of them is neutral. Of
    several options that stand together, each one changes something beside some others, or alone.
    """
    space = context.space
    for question in space.policy.questionnaire.questions:
        for option in question.options:
            if not option.neutral:
                message = "is offered, but changes nothing for anybody"
                where = space.nothing if _has_effect(space, question, option) else space.everything
                yield Suspect(f"{question.id}={option.id}", message, where)


def _has_effect(space: Space, question: Question, option: Option) -> bool:
    if question.id == space.policy.ordered_by and _reorders(space, option.id).any():
        return True
    own = [number for number, (answer, _) in _classes(space, question) if answer == option.id]
    if question.type is QuestionType.SEVERAL and not option.exclusive:
        pairs = _with_and_without(space, question, option)
    else:
        others = [each.id for each in question.options if each != option]
        pairs = [
            (own[0], number)
            for number, (answer, _) in _classes(space, question)
            if answer in others and not _is_neutral(question, answer)
        ]
        # Every other option must differ: else one of the two would do.
        return all(_differ(space, question, *pair) for pair in pairs)
    return any(_differ(space, question, *pair) for pair in pairs)


def _classes(space: Space, question: Question) -> Iterator[tuple[int, tuple[str, Answer]]]:
    """Each answer with the number of its class; of several options, the one that stands alone."""
    for number, each in enumerate(space.partitions[space.position[question.id]].classes):
        for member in each.members:
            yield number, ("+".join(as_options(member)), member)


def _is_neutral(question: Question, name: str) -> bool:
    return any(option.id == name and option.neutral for option in question.options)


def _with_and_without(space: Space, question: Question, option: Option) -> list[tuple[int, int]]:
    """The classes of each set of answers without the option, and of the same set with it."""
    number_of = {member: number for number, (_, member) in _classes(space, question)}
    order = [each.id for each in question.options]
    nothing = [number_of[each.id,] for each in question.options if each.exclusive]
    pairs = [(number_of[option.id,], number) for number in nothing[:1]]
    for member, number in number_of.items():
        if option.id not in member and not any(
            each.exclusive and each.id in member for each in question.options
        ):
            both = tuple(sorted((*member, option.id), key=order.index))
            pairs.append((number_of[both], number))
    return pairs


def _differ(space: Space, question: Question, one: int, other: int) -> bool:
    """Whether the result, or what is asked, differs for two classes of answers to a question."""
    level = space.position[question.id]
    if one == other:
        return False
    asked = space.asked[question.id]
    return any(
        ((truth.where(level, one) ^ truth.where(level, other)) & asked).any()
        for truth in (*space.outcomes.values(), *space.asked.values())
    )


def path_too_long(context: Context) -> Iterator[Suspect]:
    """Nobody is asked more questions than agreed."""
    longest = context.laws.longest_path
    too_many = context.space.at_least(longest + 1, context.space.asked.values())
    yield Suspect("path", f"asks more than {longest} questions", too_many)


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
    option_without_effect,
    path_too_long,
    broken_law,
)
"""Every check; its name stands in a problem and in findings.toml."""

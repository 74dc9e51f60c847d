"""The proof finds every way in which a policy can be broken, with somebody for whom it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from questions import Answers, DataError
from questions.conditions import ALWAYS
from rules import Decider, Decision, Policy
from rules.model import (
    AdviseStep,
    AssignRole,
    Conclusion,
    DeriveFact,
    DescribeSituation,
    OfferSupport,
    Rule,
)
from rules.proof import Problem, prove
from rules.proof.answer_classes import partitions_of
from rules.proof.laws import Law, Pattern, breaches, load_laws
from rules.proof.space import Space
from tests.rules.deciders import ON, shipped
from tests.rules.proof.breaking import (
    POLICY,
    RULES,
    Copy,
    completed,
    concluded,
    copy_to,
)
from tests.support.vocabulary import (
    ASKED_WHEN,
    COUNTRIES,
    EU_EEA,
    MICROSTATES,
    NEUTRAL,
    OPTIONS,
    RICH,
    SEVERAL,
    Answer,
    canonical_choices,
)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of the shipped data."""
    return copy_to(tmp_path)


def roles(decision: Decision) -> dict[str, str]:
    return {each.id: each.role for each in decision.organisations}


def steps(decision: Decision) -> set[str]:
    return {each.id for each in decision.next_steps}


def example_of(problem: Problem) -> Answers:
    assert problem.example is not None
    return problem.example


# --- The policy as it is shipped


def test_the_shipped_policy_has_no_failures() -> None:
    assert prove(shipped(), ON).failures == ()


def test_an_unchanged_copy_has_no_failures(copy: Copy) -> None:
    assert copy.report() == prove(shipped(), ON)


def test_the_number_of_answer_sets_is_that_of_an_independent_count() -> None:
    assert prove(shipped(), ON).answer_sets == answer_sets(tuple(ASKED_WHEN), {})


DECIDES_WHAT_IS_ASKED = ("asylum_decision", "arranged", "return_choice")


def answer_sets(questions: tuple[str, ...], so_far: Answers) -> int:
    """How many sets of answers there are to the questions that are asked."""
    if not questions:
        return 1
    question, *rest = questions
    later = tuple(rest)
    if not ASKED_WHEN[question](so_far, {}):
        return answer_sets(later, so_far)
    if question in DECIDES_WHAT_IS_ASKED:
        return sum(answer_sets(later, {**so_far, question: each}) for each in OPTIONS[question])
    if question == "country":
        groups = {"PL": len(EU_EEA), "VA": len(MICROSTATES), "GB": len(RICH), "unknown": 2}
        groups["GH"] = COUNTRIES + 2 - sum(groups.values())
        return sum(
            size * answer_sets(later, {**so_far, question: each}) for each, size in groups.items()
        )
    count = len(canonical_choices(question) if question in SEVERAL else OPTIONS[question])
    return count * answer_sets(later, {**so_far, question: OPTIONS[question][-1]})


def all_the_same(decider: Decider, problem: Problem) -> bool:
    """Whether no answer to the question changes anything, whatever is answered after it."""
    question = problem.subject
    choices: list[Answer] = (
        canonical_choices(question) if question in SEVERAL else [*OPTIONS[question]]
    )
    before = example_of(problem)
    for other in completed(before, question, 40):
        assert question in other
        assert {**other, **before} == other
        results = {
            concluded(decider.decide({**other, question: each}, ON)) for each in choices[-12:]
        }
        if len(results) > 1:
            return False
    return True


# --- Dead rules and outcomes


def test_a_rule_that_contradicts_itself_never_fires(copy: Copy) -> None:
    old = 'when = { residence = "detention" }'
    contradiction = f'{old[:-2]}, not = {{ residence = "detention" }} }}'
    copy.change_rule("steps.toml", "detention_help", old, contradiction)
    problem = copy.failures("rule_that_never_fires")["detention_help"]
    assert problem.example is None
    assert "step detention_help" in copy.failures("outcome_never_reached")


def test_a_rule_behind_a_stronger_one_never_fires(copy: Copy) -> None:
    copy.change_rule("roles.toml", "iom_trafficking", "rank = 2", "rank = 8")
    copy.change_rule("roles.toml", "iom_supports", "rank = 8", "rank = 1")
    assert "iom_trafficking:iom" in copy.failures("rule_that_never_fires")


def test_one_of_several_organisations_of_a_rule_never_gives(copy: Copy) -> None:
    copy.change_rule("offers.toml", "reintegration_forced", '["dtv"]', '["dtv", "goedwerk"]')
    assert set(copy.failures("rule_that_never_fires")) == {"reintegration_forced:goedwerk"}


def test_a_rule_that_has_ended_leaves_its_outcome_unreachable(copy: Copy) -> None:
    ended = "valid_from = 2024-09-25\nvalid_until = 2026-11-29"
    copy.change_rule("steps.toml", "guardian", "valid_from = 2024-09-25", ended)
    assert set(copy.failures("outcome_never_reached")) == {"step guardian"}


@pytest.mark.parametrize(
    ("file", "text", "subject"),
    [
        (
            "outcomes.toml",
            '[step.rest]\ndo = "Rest."\nmore = "Sleep."\nwho = "You"',
            "step rest",
        ),
        ("outcomes.toml", '[situation.late]\ntext = "It is late."', "situation late"),
        (
            "supports.toml",
            '[land]\nlabel = "Land"\ntext = "A field."\nform = ["product"]\n'
            'certainty = "unlikely"\nwanted_by = []\nsource = "seed"',
            "support land",
        ),
    ],
)
def test_a_text_that_no_rule_shows_is_found(copy: Copy, file: str, text: str, subject: str) -> None:
    copy.append(f"{POLICY}/{file}", text)
    assert set(copy.failures("outcome_never_reached")) == {subject}


def test_a_role_that_an_organisation_never_gets_is_found(copy: Copy) -> None:
    copy.replace(f"{POLICY}/organisations.toml", "[ros.role]", '[ros.role]\nrefers = "ROS."')
    assert set(copy.failures("outcome_never_reached")) == {"role text ros refers"}


def test_a_text_that_no_rule_means_is_found(copy: Copy) -> None:
    copy.replace(f"{POLICY}/organisations.toml", "[ros.role]", '[ros.role]\n"ask.late" = "ROS."')
    assert set(copy.failures("outcome_never_reached")) == {"role text ros ask.late"}


# --- Gaps


def test_a_fact_without_a_value_is_found(copy: Copy) -> None:
    copy.change_rule("facts.toml", "stage_unclear", '{ asylum_decision = "unknown" }, ', "")
    problem = copy.failures("fact_without_value")["stage"]
    assert copy.decide(example_of(problem)).stage is None


def test_an_organisation_without_a_role_is_found(copy: Copy) -> None:
    copy.change_rule(
        "roles.toml", "iom_supports", "when = {}", 'when = { household = "no_children" }'
    )
    problem = copy.failures("organisation_without_role")["iom"]
    assert "iom" not in roles(copy.decide(example_of(problem)))


def test_a_result_with_nobody_to_turn_to_is_found(copy: Copy) -> None:
    copy.replace(
        f"{POLICY}/policy.toml",
        '[role.informs]\ntext = "Can inform you and listen"\ngives = true',
        '[role.informs]\ntext = "Can inform you and listen"\ngives = false',
    )
    for name in ("roles.toml", "offers.toml"):
        text = (copy.root / RULES / name).read_text().replace(', "informs"', "")
        (copy.root / RULES / name).write_text(text)
    [problem] = [each for each in copy.report().failures if each.check == "nobody_to_turn_to"]
    assert problem.message == "names no organisation to turn to"
    found = set(roles(copy.decide(example_of(problem))).values())
    assert found <= {"informs", "contacts_you", "not_for_you"}


def test_a_result_without_a_next_step_is_found(copy: Copy) -> None:
    copy.change_rule("steps.toml", "talk_vwn", "when = {}", 'when = { household = "no_children" }')
    problem = copy.failures("nobody_to_turn_to")["result"]
    assert problem.message == "has no next step"
    assert copy.decide(example_of(problem)).next_steps == ()


def test_a_result_that_says_nothing_about_the_situation_is_found(copy: Copy) -> None:
    copy.change_rule(
        "situation.toml",
        "your_decision",
        'when = { forced = "no" }',
        'when = { return_choice = "decided" }',
    )
    problem = copy.failures("nobody_to_turn_to")["result"]
    assert problem.message == "says nothing about the situation"
    assert copy.decide(example_of(problem)).situation == ()


# --- Contradictions


def test_two_roles_of_the_same_rank_are_found(copy: Copy) -> None:
    copy.change_rule("roles.toml", "vwn_unsafe", "rank = 3", "rank = 4")
    problem = copy.failures("contradiction")["vwn_unsafe:vwn / vwn_careful:vwn"]
    decider = Decider(copy.policy())
    fired = {
        target.id
        for target in decider.compiled(ON).fired(example_of(problem), decider.compiled(ON).plain)
    }
    assert {"vwn_unsafe:vwn", "vwn_careful:vwn"} <= fired


def test_two_values_of_a_fact_are_found(copy: Copy) -> None:
    copy.change_rule("facts.toml", "careful_not", "rank = 2", "rank = 1")
    problem = copy.failures("contradiction")["careful_dublin / careful_not"]
    assert {"careful_dublin", "careful_not"} <= {*copy.decide(example_of(problem)).fired}


# --- Questions


def test_a_question_that_nothing_depends_on_is_found(copy: Copy) -> None:
    old, new = '= ["no", "unknown"]', '= ["yes", "no", "unknown"]'
    copy.change_rule("steps.toml", "bring_documents", old, new)
    problem = copy.failures("question_without_effect")["travel_document"]
    assert all_the_same(Decider(copy.policy()), problem)


def test_an_option_that_changes_nothing_is_found(copy: Copy) -> None:
    copy.change_rule("situation.toml", "vbl_time", '"vbl"', '["vbl", "asylum_centre"]')
    found = copy.failures("option_without_effect")
    assert {"residence=vbl", "residence=asylum_centre"} <= set(found)


def test_an_option_that_may_change_nothing_says_so(copy: Copy) -> None:
    text = (copy.root / "questions/questions.toml").read_text()
    (copy.root / "questions/questions.toml").write_text(text.replace("neutral = true\n", ""))
    assert {each.split("=")[0] for each in copy.failures("option_without_effect")} == {
        each.split("=")[0] for each in NEUTRAL
    }


def test_a_path_that_is_too_long_is_found(copy: Copy) -> None:
    copy.replace("rules/laws.toml", "longest_path = 15", "longest_path = 14")
    problem = copy.failures("path_too_long")["path"]
    assert len(example_of(problem)) == 15


# --- Safety laws


def concludes(then: Conclusion, pattern: Pattern) -> bool:
    """Whether this is one of the things that the pattern is about."""
    match then:
        case AssignRole():
            named = pattern.get("role", ())
            return isinstance(named, tuple) and then.role in named
        case OfferSupport():
            named = pattern.get("support", ())
            return {"form", "amount", "euros_above"} & pattern.keys() != set() or (
                isinstance(named, tuple) and then.support in named
            )
        case DescribeSituation(situation):
            return situation in (pattern.get("situation") or ())
        case AdviseStep(step):
            return step in (pattern.get("step") or ())
        case DeriveFact("chooses", "yes"):
            return "country_fact" in pattern
    return False


def everywhere(rule: Rule, policy: Policy) -> Rule:
    """The rule for everybody; a help from everybody."""
    then = rule.then
    if isinstance(then, OfferSupport):
        then = replace(then, by=tuple(policy.organisations), in_role=None)
    return replace(rule, when=ALWAYS, then=then, rank=1)


def broken(law: Law) -> Policy:
    """A policy that breaks the law: what must be said is not, and what must not be said is."""
    policy = shipped()
    about = [rule for rule in policy.rules if concludes(rule.then, law.pattern)]
    if law.always:
        return replace(policy, rules=tuple(rule for rule in policy.rules if rule not in about))
    amounts = tuple(replace(amount, when=ALWAYS) for amount in policy.amounts)
    rules = [rule for rule in policy.rules if rule not in about]
    broken_ones = [everywhere(each, policy) for each in about]
    if {"role", "giver"} & law.pattern.keys():
        # Everybody whom the law is about has the role, or one in which help is given.
        role = names(law, "role") or ("ask",)
        who = names(law, "organisation") or names(law, "giver") or tuple(policy.organisations)
        some = next(rule for rule in policy.rules if isinstance(rule.then, AssignRole))
        assigned = replace(some, when=ALWAYS, then=AssignRole(who, role[0]), rank=1)
        rules = [rule for rule in rules if not isinstance(rule.then, AssignRole)]
        broken_ones = [each for each in broken_ones if not isinstance(each.then, AssignRole)]
        broken_ones.append(assigned)
    return replace(policy, amounts=amounts, rules=(*rules, *broken_ones))


def names(law: Law, key: str) -> tuple[str, ...]:
    found = law.pattern.get(key, ())
    return found if isinstance(found, tuple) else ()


@pytest.mark.parametrize("law", load_laws(shipped()).laws, ids=lambda law: law.id)
def test_a_law_is_kept_and_could_be_broken(law: Law) -> None:
    more = [each.when for each in load_laws(shipped()).laws]
    partitions = partitions_of([shipped()], more)
    assert not breaches(law, Space(shipped(), shipped().rules, partitions)).any()
    policy = broken(law)
    assert breaches(law, Space(policy, policy.rules, partitions)).any()


def test_a_broken_law_is_found_with_somebody_for_whom_it_is(copy: Copy) -> None:
    copy.change_rule("steps.toml", "guardian", '"minor_alone"', '"with_children"')
    problem = copy.failures("broken_law")["child_guardian"]
    assert example_of(problem)["household"] == "minor_alone"
    assert "guardian" not in steps(copy.decide(example_of(problem)))


def test_a_law_may_read_a_role(copy: Copy) -> None:
    copy.append(
        "rules/laws.toml",
        '[[law]]\nid = "new"\nstatement = "New."\nwhen = { ros_role = "informs" }\n'
        'never = { organisation = "iom", role = "not_for_you" }',
    )
    problem = copy.failures("broken_law")["new"]
    found = roles(copy.decide(example_of(problem)))
    assert (found["ros"], found["iom"]) == ("informs", "not_for_you")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("always = { step = 'dance' }", "law.new.always.step: `dance` is not one of"),
        ("always = { country_fact = 'embassy' }", "law.new.always: of most countries nothing"),
        ("never = { country_fact = 'castle' }", "law.new.never.country_fact: `castle` is not one"),
        ("never = { giver = 'iom' }", "law.new.never: a step, situation"),
        ("never = { euros_above = '5' }", "law.new.never.euros_above: a whole number"),
        ("sometimes = { step = 'guardian' }", "law.new.sometimes: unknown key"),
    ],
)
def test_a_law_that_cannot_be_read_is_named(copy: Copy, pattern: str, told: str) -> None:
    law = f'[[law]]\nid = "new"\nstatement = "New."\nwhen = {{}}\n{pattern}'
    copy.append("rules/laws.toml", law)
    with pytest.raises(DataError, match=rf"laws\.toml: {told}"):
        copy.report()


# --- Sources


@pytest.mark.parametrize(
    ("file", "old", "key"),
    [
        ("rules/offers.toml", 'source = "vwn_guidance"\n', "rule.counselling.source"),
        ("supports.toml", 'source = "vwn_guidance"\n', "counselling.source"),
        (
            "organisations.toml",
            'source = "wereldwijd_tools"\n',
            "wereldwijd.source",
        ),
        ("organisations.toml", 'source = "vwn_position"\n', "vwn.contact.source"),
        ("amounts.toml", 'source = "seed"\n', "forced_in_kind.source"),
    ],
)
def test_what_is_shown_without_a_source_is_found(copy: Copy, file: str, old: str, key: str) -> None:
    copy.replace(f"{POLICY}/{file}", old, "")
    with pytest.raises(DataError, match=rf"toml: {key}: "):
        copy.report()


def test_a_source_that_was_checked_long_ago_is_a_warning(copy: Copy) -> None:
    source = 'article/100131"\npublished = "2024-09-25"\nchecked_on = '
    copy.replace(f"{POLICY}/sources.toml", f"{source}2026-11-24", f"{source}2025-11-20")
    report = copy.report()
    assert not report.failures
    [stale] = [each for each in report.problems if each.check == "stale_source"]
    assert (stale.subject, stale.warning) == ("seed", True)
    assert "2025-11-20, 12 months ago" in stale.message


def test_a_source_that_is_said_to_be_checked_later_is_found(copy: Copy) -> None:
    source = 'article/100131"\npublished = "2024-09-25"\nchecked_on = '
    copy.replace(f"{POLICY}/sources.toml", f"{source}2026-11-24", f"{source}2026-12-01")
    assert list(copy.failures("source_checked_later")) == ["seed"]
    assert not copy.report(date(2026, 12, 1)).failures


def test_a_finding_of_a_check_that_does_not_exist_is_refused(copy: Copy) -> None:
    finding = '[[finding]]\ncheck = "broken_laws"\nsubject = "x"\nwhen = {}\nnote = "Why."'
    copy.append("rules/findings.toml", finding)
    with pytest.raises(
        DataError, match=r"^findings\.toml: finding\.3\.check: `broken_laws` is not"
    ):
        copy.report()


def test_a_finding_says_for_whom_it_is_known(copy: Copy) -> None:
    finding = '[[finding]]\ncheck = "broken_law"\nsubject = "own_decision"\nnote = "Why."'
    copy.append("rules/findings.toml", finding)
    with pytest.raises(DataError, match=r"^findings\.toml: finding\.3\.when: a condition is miss"):
        copy.report()


def test_a_law_stands_once(copy: Copy) -> None:
    copy.replace("rules/laws.toml", 'id = "court_only"', 'id = "court_often"')
    with pytest.raises(
        DataError, match=r"^laws\.toml: law\.court_often\.id: this law stands twice"
    ):
        copy.report()


def test_all_sources_become_stale_in_the_end() -> None:
    report = prove(shipped(), date(2027, 12, 2))
    stale = {each.subject for each in report.problems if each.check == "stale_source"}
    assert stale == set(shipped().sources)
    assert not report.failures


def test_how_long_a_source_stays_fresh_is_data(copy: Copy) -> None:
    copy.replace("rules/laws.toml", "stale_after_months = 12", "stale_after_months = 14")
    problems = copy.report(date(2027, 12, 24)).problems
    assert not [each for each in problems if each.check == "stale_source"]


# --- Known findings


def test_a_known_finding_that_nothing_needs_fails(copy: Copy) -> None:
    copy.append(
        "rules/findings.toml",
        '[[finding]]\ncheck = "broken_law"\nsubject = "vwn_always"\nwhen = {}\nnote = "Old."',
    )
    assert set(copy.failures("unused_finding")) == {"vwn_always"}


def test_a_known_finding_covers_only_its_own_answers(copy: Copy) -> None:
    copy.change_rule("situation.toml", "not_immediately", ', forced = "no"', "")
    copy.append(
        "rules/findings.toml",
        '[[finding]]\ncheck = "broken_law"\nsubject = "forced_immediately"\n'
        'when = { dublin = "yes" }\nnote = "Why."',
    )
    problem = copy.failures("broken_law")["forced_immediately"]
    assert example_of(problem)["dublin"] != "yes"
    known = [each for each in copy.report().problems if each.subject == "forced_immediately"]
    assert {bool(each.known) for each in known} == {True, False}


def test_a_finding_of_one_check_does_not_excuse_another(copy: Copy) -> None:
    copy.replace(
        "rules/findings.toml",
        'check = "rule_that_never_fires"\nsubject = "view_on_record"',
        'check = "contradiction"\nsubject = "view_on_record"',
    )
    assert set(copy.failures("rule_that_never_fires")) == {"view_on_record"}
    assert set(copy.failures("unused_finding")) == {"view_on_record"}


def test_a_problem_is_told_with_its_example() -> None:
    problem = Problem(
        "broken_law", "new", "is broken", {"appeal": "over", "help_wanted": ("goods", "care")}
    )
    assert str(problem) == (
        "broken_law: new: is broken Example: appeal=over, help_wanted=goods+care"
    )

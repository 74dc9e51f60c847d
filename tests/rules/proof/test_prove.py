"""The proof finds every way in which a policy can be broken, with somebody for whom it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from questions import Answers, DataError
from rules import Decider, Decision
from rules.proof import Problem, prove
from rules.proof.laws import load_laws
from tests.rules.deciders import ON, shipped
from tests.rules.proof.breaking import (
    POLICY,
    RULES,
    Copy,
    completed,
    concluded,
    copy_to,
    shipped_decider,
)
from tests.vocabulary import (
    ASKED_WHEN,
    COUNTRIES,
    OPTIONS,
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


DECIDES_WHAT_IS_ASKED = ("asylum_decision", "appeal", "return_choice")


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
    count = len(canonical_choices(question) if question in SEVERAL else OPTIONS[question])
    count += COUNTRIES if question == "country" else 0
    return count * answer_sets(later, {**so_far, question: OPTIONS[question][-1]})


@pytest.mark.parametrize(
    "problem",
    [each for each in prove(shipped(), ON).problems if each.check == "question_without_effect"],
    ids=lambda problem: problem.subject,
)
def test_a_known_question_without_effect_really_has_none(problem: Problem) -> None:
    assert problem.known
    assert all_the_same(shipped_decider(), problem)


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


def test_the_known_broken_law_is_broken_for_its_example() -> None:
    [problem] = [each for each in prove(shipped(), ON).problems if each.check == "broken_law"]
    assert problem.known
    decision = shipped_decider().decide(example_of(problem), ON)
    assert decision.stage == "in_procedure"
    assert "talk_lawyer" not in steps(decision)


# --- Dead rules and outcomes


def test_a_rule_that_contradicts_itself_never_fires(copy: Copy) -> None:
    old = 'when = { residence = "detention" }'
    copy.replace(f"{RULES}/steps.toml", old, f'{old[:-2]}, return_choice = "stay" }}')
    problem = copy.failures("rule_that_never_fires")["detention_note"]
    assert problem.example is None
    assert "step detention_note" in copy.failures("outcome_never_reached")


def test_a_rule_behind_a_stronger_one_never_fires(copy: Copy) -> None:
    copy.change_rule("roles.toml", "iom_trafficking", "rank = 2", "rank = 4")
    assert set(copy.failures("rule_that_never_fires")) == {"iom_trafficking:iom"}


def test_one_of_several_organisations_of_a_rule_never_gives(copy: Copy) -> None:
    copy.change_rule("offers.toml", "reintegration_forced", '["dtv"]', '["dtv", "ros"]')
    assert set(copy.failures("rule_that_never_fires")) == {"reintegration_forced:ros"}


def test_a_rule_that_has_ended_leaves_its_outcome_unreachable(copy: Copy) -> None:
    ended = "valid_from = 2024-09-25\nvalid_until = 2026-11-23"
    copy.change_rule("steps.toml", "guardian", "valid_from = 2024-09-25", ended)
    assert set(copy.failures("outcome_never_reached")) == {"step guardian"}


@pytest.mark.parametrize(
    ("file", "text", "subject"),
    [
        ("outcomes.toml", '[step.rest]\ntext = "Rest."', "step rest"),
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
    copy.replace(f"{POLICY}/organisations.toml", "[ros.role]", '[ros.role]\ninforms = "ROS."')
    assert set(copy.failures("outcome_never_reached")) == {"role ros informs"}


# --- Gaps


def test_a_fact_without_a_value_is_found(copy: Copy) -> None:
    copy.change_rule("facts.toml", "stage_unclear", '{ asylum_decision = "unknown" }, ', "")
    problem = copy.failures("fact_without_value")["stage"]
    assert copy.decide(example_of(problem)).stage is None


def test_an_organisation_without_a_role_is_found(copy: Copy) -> None:
    copy.change_rule("roles.toml", "iom_supports", "when = {}", 'when = { household = "alone" }')
    problem = copy.failures("organisation_without_role")["iom"]
    assert "iom" not in roles(copy.decide(example_of(problem)))


def test_a_result_with_nobody_to_turn_to_is_found(copy: Copy) -> None:
    copy.replace(
        f"{POLICY}/policy.toml",
        '[role.informs]\ntext = "Can inform you and listen"\ngives = true',
        '[role.informs]\ntext = "Can inform you and listen"\ngives = false',
    )
    [problem] = [each for each in copy.report().failures if each.check == "nobody_to_turn_to"]
    assert problem.message == "names no organisation to turn to"
    found = set(roles(copy.decide(example_of(problem))).values())
    assert found <= {"informs", "contacts_you", "not_for_you"}


def test_a_result_without_a_next_step_is_found(copy: Copy) -> None:
    copy.change_rule("steps.toml", "talk_vwn", "when = {}", 'when = { household = "alone" }')
    problem = copy.failures("nobody_to_turn_to")["result"]
    assert problem.message == "has no next step"
    assert copy.decide(example_of(problem)).next_steps == ()


def test_a_result_that_says_nothing_about_the_situation_is_found(copy: Copy) -> None:
    copy.change_rule(
        "situation.toml",
        "your_decision",
        'when = { not = { return_choice = "forced" } }',
        'when = { return_choice = "decided" }',
    )
    problem = copy.failures("nobody_to_turn_to")["result"]
    assert problem.message == "says nothing about the situation"
    assert copy.decide(example_of(problem)).situation == ()


# --- Contradictions


def test_two_roles_of_the_same_rank_are_found(copy: Copy) -> None:
    copy.change_rule("roles.toml", "vwn_unsafe", "rank = 2", "rank = 3")
    problem = copy.failures("contradiction")["vwn_unsafe:vwn / vwn_permit:vwn"]
    decider = Decider(copy.policy())
    fired = {
        target.id
        for target in decider.compiled(ON).fired(example_of(problem), decider.compiled(ON).plain)
    }
    assert {"vwn_unsafe:vwn", "vwn_permit:vwn"} <= fired


def test_two_values_of_a_fact_are_found(copy: Copy) -> None:
    copy.change_rule("facts.toml", "reintegration_open_not", "rank = 2", "rank = 1")
    problem = copy.failures("contradiction")["reintegration_open / reintegration_open_not"]
    assert {"reintegration_open", "reintegration_open_not"} <= {
        *copy.decide(example_of(problem)).fired
    }


# --- Questions


@pytest.mark.parametrize(
    ("question", "rule", "old", "new"),
    [
        ("dublin", "dublin_ask", 'dublin = "yes"', 'asylum_decision = "waiting"'),
        ("travel_document", "bring_documents", '= ["no", "unknown"]', '= ["yes", "no", "unknown"]'),
    ],
)
def test_a_question_that_nothing_depends_on_is_found(
    copy: Copy, question: str, rule: str, old: str, new: str
) -> None:
    copy.change_rule("steps.toml", rule, old, new)
    problem = copy.failures("question_without_effect")[question]
    assert all_the_same(Decider(copy.policy()), problem)


def test_a_question_is_found_where_it_has_no_effect_for_some_only(copy: Copy) -> None:
    copy.change_rule("steps.toml", "dublin_ask", '{ dublin = "yes" }', DUBLIN_FOR_REJECTED)
    problem = copy.failures("question_without_effect")["dublin"]
    assert example_of(problem)["asylum_decision"] == "waiting"
    assert all_the_same(Decider(copy.policy()), problem)


def test_a_question_has_an_effect_where_a_later_answer_can_still_give_it_one(copy: Copy) -> None:
    # The travel document is asked later, and only of who decided or is forced.
    copy.change_rule("steps.toml", "dublin_ask", '"yes"', '"yes", travel_document = "no"')
    problem = copy.failures("question_without_effect")["dublin"]
    assert example_of(problem)["return_choice"] in ("thinking", "stay")
    assert all_the_same(Decider(copy.policy()), problem)


DUBLIN_FOR_REJECTED = '{ dublin = "yes", asylum_decision = "rejected" }'


# --- Safety laws


Edit = tuple[str, str, str, str]
"""File, rule, old text, new text."""
Seen = Callable[[Decision], bool]


@dataclass(frozen=True)
class Breach:
    """How to break one law, and how a decision shows that it is broken."""

    seen: Seen
    edits: tuple[Edit, ...]


def no_step(step: str) -> Seen:
    return lambda decision: step not in steps(decision)


def no_situation(situation: str) -> Seen:
    return lambda decision: situation not in {each.id for each in decision.situation}


def gives(support: str, organisation: str | None = None) -> Seen:
    return lambda decision: any(
        offer.id == support and organisation in (None, *offer.by) for offer in decision.supports
    )


def gives_money(decision: Decision) -> bool:
    return any("money" in offer.form for offer in decision.supports)


def names_more_than_1000_euro(decision: Decision) -> bool:
    return any((offer.max_eur or 0) > 1000 for offer in decision.supports)


def vwn_supports(decision: Decision) -> bool:
    return roles(decision)["vwn"] == "supports"


def breach(seen: Seen, file: str, rule: str, *texts: str) -> Breach:
    """`texts` are old and new ones in turn."""
    pairs = zip(texts[::2], texts[1::2], strict=True)
    return Breach(seen, tuple((file, rule, old, new) for old, new in pairs))


def step_for_fewer(step: str, rule: str, fact: str) -> Breach:
    """The step only for who is alone."""
    return breach(no_step(step), "steps.toml", rule, fact, f'household = "alone", {fact}')


UNSAFE = ', not = { country_view = "unsafe" }'
OPEN = 'reintegration_open = "yes"'
LAWYER = "talk_lawyer"

BREACHES: Mapping[str, Breach] = {
    "forced_amount": breach(
        names_more_than_1000_euro,
        *("offers.toml", "reintegration_forced", '"forced_in_kind"', '"eurp_adult"'),
    ),
    "forced_cash": breach(gives_money, "offers.toml", "cash_vwn", OPEN, 'return_choice = "forced"'),
    "unsafe_vwn": breach(vwn_supports, "roles.toml", "vwn_unsafe", '"refers"', '"supports"'),
    "unsafe_vwn_reintegration": breach(
        gives("reintegration_in_kind", "vwn"), "offers.toml", "reintegration_vwn", UNSAFE, ""
    ),
    "lawyer_in_procedure": step_for_fewer(LAWYER, "lawyer_before_withdrawing", "chooses"),
    "lawyer_new_facts": breach(
        no_step(LAWYER), "steps.toml", "lawyer_new_facts", '"yes"', '"unknown"'
    ),
    "lawyer_forced": step_for_fewer(LAWYER, "lawyer_forced", "return_choice"),
    "vwn_always": breach(
        *(no_step("talk_vwn"), "steps.toml", "talk_vwn"),
        *("when = {}", 'when = { not = { return_choice = "stay" } }'),
    ),
    "court_often": breach(
        *(no_situation("wait_for_court"), "situation.toml", "wait_for_court"),
        *("stage =", 'dublin = "no", stage ='),
    ),
    "own_decision": breach(
        *(no_situation("your_decision"), "situation.toml", "your_decision"),
        *('"forced"', '["forced", "thinking"]'),
    ),
    "stay_no_travel": breach(
        *(gives("travel"), "offers.toml", "travel"),
        *('when = { chooses = "yes" }', "when = {}", '["iom"]', '["iom", "vwn"]'),
    ),
    "stay_no_money": breach(gives_money, "offers.toml", "cash_vwn", f"{OPEN}, ", ""),
    "unknown_view_ask": step_for_fewer("ask_vwn_country", "ask_vwn_country", "country_view"),
    "minor_guardian": breach(
        no_step("guardian"), "steps.toml", "guardian", '"minor_alone"', '"with_children"'
    ),
    "dublin_ask": breach(no_step("dublin_ask"), "steps.toml", "dublin_ask", '"yes"', '"unknown"'),
    "double_support": breach(
        *(gives("reintegration_in_kind"), "offers.toml", "reintegration_dtv"),
        *(OPEN, 'chooses = "yes"'),
    ),
}


def test_every_law_is_broken_here_once() -> None:
    assert set(BREACHES) == {law.id for law in load_laws(shipped()).laws}


@pytest.mark.parametrize("law", BREACHES)
def test_a_broken_law_is_found(copy: Copy, law: str) -> None:
    for edit in BREACHES[law].edits:
        copy.change_rule(*edit)
    problem = copy.failures("broken_law")[law]
    [broken] = [each for each in load_laws(shipped()).laws if each.id == law]
    assert broken.statement in problem.message
    assert BREACHES[law].seen(copy.decide(example_of(problem)))
    assert not BREACHES[law].seen(shipped_decider().decide(example_of(problem), ON))


def test_a_law_may_read_a_role(copy: Copy) -> None:
    copy.append(
        "rules/laws.toml",
        '[[law]]\nid = "new"\nstatement = "New."\nwhen = { ros_role = "supports" }\n'
        'never = { organisation = "iom", role = "not_for_you" }',
    )
    problem = copy.failures("broken_law")["new"]
    found = roles(copy.decide(example_of(problem)))
    assert (found["ros"], found["iom"]) == ("supports", "not_for_you")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("always = { step = 'dance' }", "law.new.always.step: `dance` is not one of"),
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
        ("organisations.toml", 'source = "vwn_project"\n', "vwn.source"),
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
    copy.replace(f"{POLICY}/sources.toml", f"{source}2026-11-24", f"{source}2026-11-25")
    assert list(copy.failures("source_checked_later")) == ["seed"]
    assert not copy.report(date(2026, 11, 25)).failures


def test_a_finding_of_a_check_that_does_not_exist_is_refused(copy: Copy) -> None:
    copy.replace("rules/findings.toml", '"broken_law"', '"broken_laws"')
    with pytest.raises(
        DataError, match=r"^findings\.toml: finding\.8\.check: `broken_laws` is not"
    ):
        copy.report()


def test_a_finding_says_for_whom_it_is_known(copy: Copy) -> None:
    finding = '[[finding]]\ncheck = "broken_law"\nsubject = "own_decision"\nnote = "Why."'
    copy.append("rules/findings.toml", finding)
    with pytest.raises(DataError, match=r"^findings\.toml: finding\.9\.when: a condition is miss"):
        copy.report()


def test_a_law_stands_once(copy: Copy) -> None:
    copy.replace("rules/laws.toml", 'id = "dublin_ask"', 'id = "minor_guardian"')
    with pytest.raises(
        DataError, match=r"^laws\.toml: law\.minor_guardian\.id: this law stands twice"
    ):
        copy.report()


def test_all_sources_become_stale_in_the_end() -> None:
    report = prove(shipped(), date(2027, 11, 26))
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


def test_a_known_finding_that_was_mended_fails(copy: Copy) -> None:
    stages = '["appeal_possible", "appeal_pending"]'
    mended = '["in_procedure", "appeal_possible", "appeal_pending"]'
    copy.change_rule("steps.toml", "lawyer_procedure", stages, mended)
    assert set(copy.failures("unused_finding")) == {"lawyer_in_procedure"}


def test_a_known_finding_covers_only_its_own_answers(copy: Copy) -> None:
    copy.replace(
        "rules/findings.toml",
        'subject = "country"\nwhen = { return_choice = "stay" }',
        'subject = "country"\nwhen = { return_choice = "stay", asylum_decision = "waiting" }',
    )
    problem = copy.failures("question_without_effect")["country"]
    example = example_of(problem)
    assert example["return_choice"] == "stay"
    assert example["asylum_decision"] != "waiting"
    known = [each for each in copy.report().problems if each.subject == "country" and each.known]
    assert [example_of(each)["asylum_decision"] for each in known] == ["waiting"]


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

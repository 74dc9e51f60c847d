"""Which questions a rule reads: in what is written, and in what the rules do."""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from pathlib import Path

from questions import Answer, Question, QuestionType
from questions.conditions import ALWAYS
from rules import load_policy
from rules.engine.ruleset import compile_policy
from rules.explain.dependencies import questions_read
from tests.support.conditions import named_in

ROOT = Path(__file__).parents[3]
POLICY = load_policy()
READS = questions_read(POLICY)


def test_a_rule_reads_directly_what_its_condition_names() -> None:
    lookups, questions = POLICY.questionnaire.lookups, POLICY.questionnaire.by_id
    seen = 0
    for path in (ROOT / "rules" / "policy" / "rules").glob("*.toml"):
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            named = {
                POLICY.looked_up_by if name in lookups else name
                for name in named_in(rule["when"])
                if name in lookups or name in questions
            }
            assert set(READS[rule["id"]].directly) == named
            seen += 1
    assert seen == len(READS) == len(POLICY.rules)


def test_what_is_read_stands_in_asking_order_and_once() -> None:
    order = list(POLICY.questionnaire.by_id)
    for reads in READS.values():
        for names in (reads.directly, reads.through_rules):
            assert list(names) == sorted(names, key=order.index)
        assert not set(reads.directly) & set(reads.through_rules)


def any_answer(question: Question, chance: random.Random) -> Answer:
    option = chance.choice(question.option_ids)
    return (option,) if question.type is QuestionType.SEVERAL else option


def test_another_answer_changes_only_rules_that_read_it() -> None:
    compiled, chance = compile_policy(POLICY, POLICY.rules), random.Random(5)
    questions = POLICY.questionnaire.questions
    seen: dict[str, set[str]] = defaultdict(set)
    for _ in range(4_000):
        answers = {question.id: any_answer(question, chance) for question in questions}
        if chance.random() < 1 / 2:
            answers[POLICY.looked_up_by] = "SE"
        changed = chance.choice(questions)
        others = {**answers, changed.id: any_answer(changed, chance)}
        before, after = (
            {target.id for target in compiled.fired(each, compiled.plain)}
            for each in (answers, others)
        )
        for target_id in before ^ after:
            seen[compiled.targets[target_id].rule.id].add(changed.id)
    for rule, questions_seen in seen.items():
        reads = READS[rule]
        assert questions_seen <= {*reads.directly, *reads.through_rules}, rule
    through = sum(len(names & set(READS[rule].through_rules)) for rule, names in seen.items())
    assert through > 50, "too few of the indirect readings were tried"


def test_a_rule_for_everybody_reads_what_decides_whether_it_comes_into_its_own() -> None:
    last = next(
        rule
        for rule in POLICY.rules
        if rule.when == ALWAYS and rule.rank > 1 and not READS[rule.id].directly
    )
    assert READS[last.id].through_rules

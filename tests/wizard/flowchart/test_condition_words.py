"""Conditions in plain words: every form that a condition can have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions import Condition, Questionnaire, QuestionType
from questions.conditions import ALWAYS, AllOf, AnyOf, AtLeast, Is, Not
from questions.model import Option, Question
from wizard.flowchart.condition_words import ConditionWords, Words
from wizard.flowchart.shapes import Branch
from wizard.i18n.languages import languages
from wizard.session.answers import decider

YES, NO = Option("yes", "Yes"), Option("no", "No")


def question(name: str, text: str, *, several: bool = False, when: Condition = ALWAYS) -> Question:
    kind = QuestionType.SEVERAL if several else QuestionType.ONE
    return Question(name, kind, text, "", "", (YES, NO), when)


QUESTIONS = (
    question("rain", "Does it rain?"),
    question("cold", "Is it cold?", when=Is("rain", ("yes",))),
    question("wear", "What do you wear?", several=True),
)
RAIN, DRY = Is("rain", ("yes",)), Is("rain", ("no",))
COLD = Is("cold", ("yes",))
WEAR = Is("wear", ("yes",))
EITHER = Is("rain", ("yes", "no"))
WARNED = Is("warning", ("red",))

SAYS_RAIN = "The answer to “Does it rain?” is: Yes."
SAYS_COLD = "The answer to “Is it cold?” is: Yes."


@pytest.fixture
def words() -> ConditionWords:
    """The words of a small questionnaire, in English."""
    values = {"warning": ("red", "orange")}
    policy = replace(
        decider().policy,
        questionnaire=Questionnaire(QUESTIONS, values),
        lookup_words={"warning": {"red": "A red warning.", "orange": "An orange warning."}},
    )
    return ConditionWords(policy, languages()["en"])


def flat(said: Words) -> object:
    """A sentence, or a sentence with what it counts up."""
    return [said.text, *(flat(part) for part in said.parts)] if said.parts else said.text


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (RAIN, SAYS_RAIN),
        (EITHER, "The answer to “Does it rain?” is: “Yes” or “No”."),
        (WEAR, "One of the answers to “What do you wear?” is: Yes."),
        (WARNED, "A red warning."),
        (
            Is("warning", ("red", "orange")),
            ["At least one of these is true:", "A red warning.", "An orange warning."],
        ),
        (Not(RAIN), "The answer to “Does it rain?” is not: Yes."),
        (
            Not(COLD),
            "The answer to “Is it cold?” is not: Yes. Or the question was not asked.",
        ),
        (Not(WEAR), "None of the answers to “What do you wear?” is: Yes."),
        (Not(WARNED), ["This is not true:", "A red warning."]),
        (Not(Not(RAIN)), SAYS_RAIN),
        (AllOf((RAIN, COLD)), ["All of these are true:", SAYS_RAIN, SAYS_COLD]),
        (AnyOf((RAIN, COLD)), ["At least one of these is true:", SAYS_RAIN, SAYS_COLD]),
        (Not(AnyOf((RAIN, COLD))), ["None of these is true:", SAYS_RAIN, SAYS_COLD]),
        (
            Not(AllOf((RAIN, COLD))),
            ["This is not true:", ["All of these are true:", SAYS_RAIN, SAYS_COLD]],
        ),
        (
            AtLeast(2, (RAIN, COLD, WEAR)),
            [
                "At least 2 of these are true:",
                SAYS_RAIN,
                SAYS_COLD,
                "One of the answers to “What do you wear?” is: Yes.",
            ],
        ),
        (
            AllOf((RAIN, AnyOf((COLD, WARNED)))),
            [
                "All of these are true:",
                SAYS_RAIN,
                ["At least one of these is true:", SAYS_COLD, "A red warning."],
            ],
        ),
    ],
)
def test_a_condition_is_said_in_whole_sentences(
    words: ConditionWords, condition: Condition, said: object
):
    assert flat(words.words(condition)) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (ALWAYS, "Always asked."),
        (RAIN, "Asked when the answer to “Does it rain?” is: Yes."),
        (Not(RAIN), "Asked when the answer to “Does it rain?” is not: Yes."),
        (
            Not(COLD),
            [
                "Asked when this is true:",
                "The answer to “Is it cold?” is not: Yes. Or the question was not asked.",
            ],
        ),
        (
            WEAR,
            ["Asked when this is true:", "One of the answers to “What do you wear?” is: Yes."],
        ),
        (WARNED, ["Asked when this is true:", "A red warning."]),
        (AllOf((RAIN, COLD)), ["Asked when all of these are true:", SAYS_RAIN, SAYS_COLD]),
        (
            AnyOf((RAIN, COLD)),
            ["Asked when at least one of these is true:", SAYS_RAIN, SAYS_COLD],
        ),
        (
            Not(AnyOf((RAIN, COLD))),
            ["Asked when this is true:", ["None of these is true:", SAYS_RAIN, SAYS_COLD]],
        ),
    ],
)
def test_a_question_says_when_it_is_asked(
    words: ConditionWords, condition: Condition, said: object
):
    assert flat(words.asked_when(question("x", "?", when=condition))) == said


ON_RAIN, ON_COLD = Branch("Yes", "rain"), Branch("Yes", "cold")


@pytest.mark.parametrize(
    ("condition", "branch"),
    [
        (ALWAYS, None),
        (RAIN, ON_RAIN),
        (EITHER, Branch("“Yes” or “No”", "rain")),
        (Not(RAIN), Branch("not: Yes", "rain")),
        (Not(Not(RAIN)), ON_RAIN),
        (WARNED, Branch("A red warning.", decider().policy.looked_up_by)),
        (AllOf((RAIN, COLD)), Branch("All", parts=(ON_RAIN, ON_COLD))),
        (AnyOf((RAIN, COLD)), Branch("One or more", parts=(ON_RAIN, ON_COLD))),
        (Not(AnyOf((RAIN, COLD))), Branch("None", parts=(ON_RAIN, ON_COLD))),
        (
            Not(AllOf((RAIN, COLD))),
            Branch("Not", parts=(Branch("All", parts=(ON_RAIN, ON_COLD)),)),
        ),
        (AtLeast(1, (RAIN, COLD)), Branch("At least 1", parts=(ON_RAIN, ON_COLD))),
    ],
)
def test_a_condition_is_a_branch_or_a_gate_in_the_picture(
    words: ConditionWords, condition: Condition, branch: Branch | None
):
    assert words.branch(condition) == branch


def test_every_value_that_is_looked_up_has_words():
    policy = decider().policy
    assert {name: set(said) for name, said in policy.lookup_words.items()} == {
        name: set(values) for name, values in policy.questionnaire.lookups.items()
    }

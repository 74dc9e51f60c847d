"""A mistake in the questionnaire stops the start and is named by file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions import DataError, load_questionnaire
from questions.loading import FOLDER
from questions.model import WhatIf
from rules.load.policy import load_policy
from tests.support.broken.data import (
    CODES,
    QUESTIONS,
    Mistake,
    assert_refused,
    change,
    copy_data,
    mistake,
)

APPEAL = 'asked_when = { asylum_decision = "rejected" }'
HERE = "questions.toml: question"


def in_questions(old: str, new: str, place: str, problem: str) -> Mistake:
    return mistake(QUESTIONS, old, new, f"{HERE}.{place}" if place else HERE, problem)


def in_condition(condition: str, key: str, problem: str) -> Mistake:
    """The question about the appeal gets another condition."""
    place = f"appeal.asked_when.{key}" if key else "appeal.asked_when"
    return in_questions(APPEAL, f"asked_when = {condition}", place, problem)


CONDITIONS = [
    in_condition(
        '{ asylum_decisoin = "rejected" }', "asylum_decisoin", "no question or fact has this name"
    ),
    in_condition('{ stage = "final" }', "stage", "no question or fact has this name"),
    in_condition(
        '{ asylum_decision = "refused" }', "asylum_decision", "`refused` is not one of its values"
    ),
    in_condition(
        '{ asylum_decision = ["rejected", "refused"] }', "asylum_decision", "`refused` is not"
    ),
    in_condition("{ asylum_decision = 1 }", "asylum_decision", "`1` is not one of its values"),
    in_condition("{ asylum_decision = [] }", "asylum_decision", "at least one value is needed"),
    in_condition("{ any = [] }", "any", "at least one condition is needed"),
    in_condition('{ any = { asylum_decision = "rejected" } }', "any", "a list of tables"),
    in_condition('{ not = "rejected" }', "not", "a table is needed"),
    in_condition(
        '{ not = { asylum_decision = "refused" } }', "not.asylum_decision", "`refused` is not"
    ),
    in_condition(
        '{ any = [{ asylum_decision = "refused" }] }', "any.1.asylum_decision", "`refused` is not"
    ),
    in_condition(
        '{ at_least = 0, of = [{ asylum_decision = "rejected" }] }', "at_least", "a whole number"
    ),
    in_condition(
        '{ at_least = true, of = [{ asylum_decision = "rejected" }] }', "at_least", "a whole number"
    ),
    in_condition('{ of = [{ asylum_decision = "rejected" }] }', "at_least", "a whole number"),
    in_condition(
        '{ at_least = 2, of = [{ asylum_decision = "rejected" }] }',
        "at_least",
        "is more than the number of parts, 1",
    ),
    in_condition("{ not = {} }", "not", "a condition is missing"),
    in_condition("{ any = [{}] }", "any.1", "a condition is missing"),
    in_condition("{}", "", "a condition is missing"),
    in_condition(
        '{ asylum_decision = ["rejected", "rejected"] }', "asylum_decision", "a value stands twice"
    ),
    in_condition("{ at_least = 1 }", "of", "at least one condition is needed"),
    in_condition('"rejected"', "", "a table is needed"),
    in_condition('{ dublin = "yes" }', "", "reads `dublin`, which is asked later"),
    in_questions(
        APPEAL,
        'asked_when = { appeal = "over" }',
        "appeal",
        "the conditions go in a circle: appeal → appeal",
    ),
]

LAST_BEFORE = '\ntext = "I do not know, or I would rather not say"\n\n[[question]]\nid = '
"""From the last option of a question to the id of the next one."""

QUESTION_ROWS = [
    in_questions('id = "new_facts"', 'id = "appeal"', "appeal.id", "this question stands twice"),
    in_questions('id = "new_facts"', "id = 7", "5.id", "a text is missing"),
    in_questions('id = "new_facts"', "", "5.id", "a text is missing"),
    in_questions(
        'id = "permit"',
        'id = "rejected"',
        "asylum_decision.option.rejected.id",
        "this option stands twice",
    ),
    in_questions('id = "permit"', 'id = ""', "asylum_decision.option.4.id", "a text is missing"),
    in_questions('type = "one"', 'type = "two"', "asylum_decision.type", "`two` is not one of one"),
    in_questions('type = "one"', "", "asylum_decision.type", "a text is missing"),
    in_questions('what_if = "unknown"', 'what_if = "no"', "asylum_decision.what_if", "`no` is not"),
    in_questions(
        'text = "I am waiting for a decision of the IND"',
        'text = "  "',
        "asylum_decision.option.waiting.text",
        "a text is missing",
    ),
    in_questions(
        "\nexclusive = true",
        '\nexclusive = "yes"',
        "new_facts.option.none.exclusive",
        "true or false is needed",
    ),
    in_questions(
        "\nexclusive = true",
        "\nexclusiv = true",
        "new_facts.option.none.exclusiv",
        "unknown key",
    ),
    in_questions("\nhelp = ", "\nhelpp = ", "asylum_decision.helpp", "unknown key"),
    in_questions(APPEAL, f"asked_wen{APPEAL[10:]}", "appeal.asked_wen", "unknown key"),
    in_questions('id = "dublin"', 'id = "not"', "not.id", "another meaning"),
    in_questions('id = "dublin"', 'id = "recorded_view"', "recorded_view.id", "another meaning"),
    in_questions('id = "dublin"', 'id = "Dublin?"', "Dublin?.id", "an id of small letters"),
    in_questions('id = "country"', 'id = "land"', "country", "is missing; the policy needs it"),
    in_questions(
        'id = "help_wanted"', 'id = "wishes"', "help_wanted", "is missing; the policy needs it"
    ),
    in_questions(
        'why = "Rules and help are not the same for every country."\nwhat_if = "unknown"',
        'why = "Rules and help are not the same for every country."\nwhat_if = "always"',
        "country.what_if",
        "only a question of type `one`",
    ),
    in_questions(
        'a lawyer should look first."\nwhat_if = "unknown"',
        'a lawyer should look first."\nwhat_if = "always"',
        "new_facts.what_if",
        "only a question of type `one`",
    ),
    in_questions(
        f'id = "unknown"{LAST_BEFORE}"country"',
        f'id = "unsaid"{LAST_BEFORE}"country"',
        "return_choice.option",
        "a question with a condition needs the option `unknown`",
    ),
    in_questions(
        f'id = "unknown"{LAST_BEFORE}"appeal"',
        f'id = "unsaid"{LAST_BEFORE}"appeal"',
        "asylum_decision.what_if",
        "there is no option `unknown`",
    ),
    in_questions(
        'text = "I am waiting for a decision of the IND"',
        'text = "I am waiting for a decision of the IND"\nexclusive = true',
        "asylum_decision.option.waiting.exclusive",
        "means nothing where only one option can be chosen",
    ),
    in_questions(
        'rather not say"\nexclusive = true',
        'rather not say"',
        "new_facts.option.unknown.exclusive",
        "write `exclusive = true`",
    ),
    mistake(
        QUESTIONS, "# The questionnaire.", "extra = 1\n#", "questions.toml: extra", "unknown key"
    ),
    *(
        in_questions(
            f"\n{key} = ", f"\n{key} = '' # ", f"asylum_decision.{key}", "a text is missing"
        )
        for key in ("text", "help", "why")
    ),
]

FILES = [
    mistake(QUESTIONS, "[[question]]", "[[question]", "questions.toml", "is not TOML"),
    mistake(QUESTIONS, 'id = "appeal"', "id = appeal", "questions.toml", "is not TOML"),
    mistake(CODES, "codes = [", "codes = ", "countries.toml", "is not TOML"),
]

COUNTRY_CODES = [
    mistake(CODES, '"AF"', '"af"', "countries.toml: codes", "`af` is no ISO 3166-1 alpha-2 code"),
    mistake(CODES, '"AF"', '"AFG"', "countries.toml: codes", "`AFG` is no ISO 3166-1"),
    mistake(CODES, '"AF"', '"AE"', "countries.toml: codes", "an entry stands twice"),
    mistake(CODES, "codes = [", "code = []\ncodes = [", "countries.toml: code", "unknown key"),
    mistake(CODES, '"AF"', "4", "countries.toml: codes", "a list of texts is needed"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_data(tmp_path)


@pytest.mark.parametrize("broken", [*CONDITIONS, *QUESTION_ROWS, *FILES, *COUNTRY_CODES], ids=str)
def test_a_mistake_is_named_by_file_and_key(root: Path, broken: Mistake) -> None:
    assert_refused(root, broken)


def test_a_circle_of_two_questions_is_named_whole(root: Path) -> None:
    change(root, QUESTIONS, APPEAL, 'asked_when = { dublin = "yes" }')
    both = 'asked_when = { asylum_decision = ["waiting", "intention", "rejected"] }'
    change(root, QUESTIONS, both, 'asked_when = { appeal = "over" }')
    with pytest.raises(DataError) as caught:
        load_policy(root)
    # Which of the two comes first is nobody's concern.
    assert str(caught.value) in {
        f"{HERE}.{first}: the conditions go in a circle: {first} → {second} → {first}"
        for first, second in (("appeal", "dublin"), ("dublin", "appeal"))
    }


def test_without_a_mistake_the_copy_loads_as_the_original(root: Path) -> None:
    assert load_policy(root) == load_policy()


@pytest.mark.parametrize("name", ["questions.toml", "countries.toml"])
def test_a_missing_file_is_named(root: Path, name: str) -> None:
    (root / "questions" / name).unlink()
    with pytest.raises(DataError, match=f"^{name}: cannot be read: No such file"):
        load_policy(root)


@pytest.mark.parametrize("name", ["questions.toml", "countries.toml"])
def test_a_file_that_is_no_utf_8_is_named(root: Path, name: str) -> None:
    (root / "questions" / name).write_bytes(b'text = "\xff"')
    # Not through `load_policy`, which may read another file first.
    with pytest.raises(DataError, match=f"^{name}: is not UTF-8 in line 1"):
        load_questionnaire({"recorded_view": ("none",)}, root / "questions")


ONE_QUESTION = """
[[question]]
id = "ready"
type = "one"
text = "Are you ready?"
help = "Take your time."
why = "Then we can start."
option = [{ id = "yes", text = "Yes" }, { id = "no", text = "No" }]
"""


class TestSmallQuestionnaires:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "countries.toml").write_text('codes = ["NL"]')
        return tmp_path

    def load(self, folder: Path, text: str) -> tuple[str, ...]:
        (folder / "questions.toml").write_text(text)
        return tuple(load_questionnaire({}, folder).by_id)

    def test_one_question_is_enough(self, folder: Path) -> None:
        assert self.load(folder, ONE_QUESTION) == ("ready",)

    @pytest.mark.parametrize("text", ["", "question = []"])
    def test_no_question_is_too_few(self, folder: Path, text: str) -> None:
        with pytest.raises(DataError, match=r"^questions\.toml: question: there are no questions"):
            self.load(folder, text)

    def test_a_question_needs_two_options(self, folder: Path) -> None:
        text = ONE_QUESTION.replace(', { id = "no", text = "No" }', "")
        assert text != ONE_QUESTION
        place = "questions.toml: question.ready.option: "
        with pytest.raises(DataError, match=f"^{place}a question needs at least two options"):
            self.load(folder, text)

    @pytest.mark.parametrize("text", ["question = 1", "question = [1]", "[question]"])
    def test_questions_are_a_list_of_tables(self, folder: Path, text: str) -> None:
        with pytest.raises(DataError, match=r"^questions\.toml: question: a list of tables"):
            self.load(folder, text)


def test_what_if_is_only_said_where_the_data_say_so() -> None:
    questions = load_policy().questionnaire.by_id
    assert questions["asylum_decision"].what_if is WhatIf.UNKNOWN
    assert questions["return_choice"].what_if is WhatIf.ALWAYS
    assert questions["dublin"].what_if is WhatIf.NO_MORE


def test_the_questionnaire_stands_beside_its_code() -> None:
    assert (FOLDER / "questions.toml").is_file()

"""The command line, as somebody types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rules import default_decider
from rules.load.policy import ROOT
from tests.support.broken.data import changed_copy
from wizard.commands import main

WAITING_AND_STAYING = {
    "asylum_decision": "waiting",
    "return_choice": "stay",
    "country": "SY",
    "dublin": "no",
    "household": "no_children",
    "circumstances": ["none"],
    "residence": "asylum_centre",
}


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given, catch_exceptions=False)


def test_explain_prints_roles_with_the_rules_behind_them() -> None:
    result = run("explain", "-", given=json.dumps(WAITING_AND_STAYING))
    assert result.exit_code == 0
    assert "vwn: informs  ← vwn_not_choosing" in result.output
    assert (
        f"Policy {default_decider().policy.version}, sha256 {default_decider().policy.sha256}"
        in result.output
    )


def test_explain_takes_the_body_of_an_api_request() -> None:
    body = json.dumps({"answers": WAITING_AND_STAYING, "lang": "nl"})
    assert (
        run("explain", "-", given=body).output
        == run("explain", "-", given=json.dumps(WAITING_AND_STAYING)).output
    )


def test_explain_says_what_is_asked_next() -> None:
    result = run("explain", "-", given=json.dumps({"asylum_decision": "rejected"}))
    assert "Next question: appeal" in result.output


def test_explain_names_answers_that_are_not_asked() -> None:
    given = {**WAITING_AND_STAYING, "appeal": "over"}
    assert "ignored: appeal" in run("explain", "-", given=json.dumps(given)).output


@pytest.mark.parametrize(
    ("given", "told"),
    [("{", "is not JSON"), ('{"appeal": "maybe"}', "appeal"), ("[]", "answers")],
)
def test_explain_names_a_mistake_without_repeating_it(given: str, told: str) -> None:
    result = run("explain", "-", given=given)
    assert result.exit_code == 2
    assert told in result.output
    assert "maybe" not in result.output


def test_explain_uses_the_policy_of_a_folder(tmp_path: Path) -> None:
    changed_copy(tmp_path, "rules/policy/policy.toml", default_decider().policy.version, "another")
    result = run("explain", "-", "--policy", str(tmp_path), given=json.dumps(WAITING_AND_STAYING))
    assert "Policy another, sha256" in result.output


def test_explain_uses_the_rules_of_a_day() -> None:
    given = json.dumps(WAITING_AND_STAYING)
    assert "vwn: informs" not in run("explain", "-", "--on", "2020-01-01", given=given).output


def test_diff_of_a_policy_with_itself_is_empty_and_strict_passes() -> None:
    result = run("diff", str(ROOT), str(ROOT), "--strict")
    assert result.exit_code == 0
    assert result.output.startswith("0 of ")


def test_diff_strict_fails_where_somebody_gets_another_result(tmp_path: Path) -> None:
    changed_copy(
        tmp_path,
        "rules/policy/rules/steps.toml",
        'when = { residence = "detention" }',
        'when = { residence = ["detention", "vbl"] }',
    )
    result = run("diff", str(ROOT), str(tmp_path), "--strict")
    assert result.exit_code == 1
    assert "step detention_help: added" in result.output
    assert "residence=vbl" in result.output
    assert run("diff", str(ROOT), str(tmp_path)).exit_code == 0


def test_a_broken_policy_is_one_line_with_file_and_key(tmp_path: Path) -> None:
    changed_copy(
        tmp_path,
        "rules/policy/rules/steps.toml",
        'when = { residence = "detention" }',
        'when = { residence = "prison" }',
    )
    result = run("diff", str(ROOT), str(tmp_path))
    assert result.exit_code == 2
    assert "steps.toml: rule.detention_help.when.residence" in result.output
    assert "Traceback" not in result.output


def test_check_proves_the_shipped_policy() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "durable_rules and the proof agree on" in result.output
    assert result.output.endswith("Nothing fails.\n")

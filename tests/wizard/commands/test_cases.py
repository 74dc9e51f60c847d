"""``cases`` on the command line."""

from pathlib import Path

from click.testing import CliRunner, Result

from rules.load.policy import ROOT
from wizard.commands.cases import cases

FILE = ROOT / "tests" / "cases.csv"
IN_DETENTION = "DZ,assists,no_children,none,detention,yes,no,no,unknown,vwn=ask iom=ask"
"""Of one case: what its last answers are, and its first roles."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cases, arguments, catch_exceptions=False)


def changed(folder: Path, old: str, new: str) -> str:
    """A copy of the cases with one text replaced."""
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = folder / "changed.csv"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return str(file)


def test_the_shipped_cases_pass() -> None:
    result = run(str(FILE))
    assert result.exit_code == 0
    assert result.output.endswith(" cases, 0 fail.\n")


def test_a_case_that_fails_is_named_with_the_rule_and_the_exit_code_is_1(tmp_path: Path) -> None:
    result = run(changed(tmp_path, IN_DETENTION, IN_DETENTION.replace("iom=ask", "iom=refers")))
    assert result.exit_code == 1
    assert "FAIL changed.csv: line " in result.output
    assert ": Decided, in detention: iom: refers is expected" in result.output
    assert "but it is ask [iom_careful]" in result.output
    assert result.output.endswith(" cases, 1 fail.\n")


def test_the_rules_of_another_day_can_be_checked() -> None:
    result = run(str(FILE), "--on", "2020-01-01")
    assert result.exit_code == 1
    assert "has no role" in result.output


def test_the_policy_of_a_folder_can_be_checked() -> None:
    assert run(str(FILE), "--policy", str(ROOT)).exit_code == 0

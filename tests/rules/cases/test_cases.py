"""The spreadsheet of cases: how it is read, what it must cover, and what a failure says."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from questions import DataError
from rules import Decider, Policy
from rules.cases.checking import check_cases
from rules.cases.reading import (
    Case,
    Expectation,
    RoleExpected,
    SituationExpected,
    StepExpected,
    SupportExpected,
    read_cases,
)
from rules.engine.compiler import compile_rules, targets_of
from rules.engine.plain import PlainEngine
from rules.engine.ruleset import Ruleset
from rules.load.policy import ROOT
from rules.model import DeriveFact
from tests.rules.deciders import ON, shipped, without_rule
from tests.rules.policy_md import Agreed, agreed
from tests.support.broken.leftovers import SAVED, UTF_16, Saved
from tests.support.vocabulary import OPTIONS

FILE = ROOT / "tests" / "cases.csv"
HELPS = "These organisations can support you: "

SEED_STATEMENTS = (
    "You decide whether or not you want to return to your country of origin.",
    "If you decide to return to your country of origin yourself, you can get support.",
    "You can get money or support to build your life in your country of origin.",
    "If the Immigration and Naturalisation Service (IND) rejects your asylum application, the "
    "government agency Repatriation and Departure Service (DT&V) will contact you about "
    "departure to your country of origin.",
    "This does not mean that you have to leave the Netherlands immediately.",
    "If your lawyer appeals the IND's ruling, you may often wait for the decision of the court "
    "in the Netherlands.",
    "If the IND has definitively rejected your asylum application, you will receive a letter "
    "about this.",
    "This is called the 'beschikking'.",
    "This means that the Dutch government requires you to return to your country of origin.",
    "If you choose to return, you can get support from different organisations.",
    "This support can include a product, service or financial contribution.",
    "For example, an initial amount to start your own store and/or to help with writing a "
    "business plan.",
    f"{HELPS}VluchtelingenWerk Nederland (VWN)",
    f"{HELPS}International Organization for Migration (IOM)",
    f"{HELPS}Repatriation and Departure Service (DT&V)",
    f"{HELPS}Solid Road",
    f"{HELPS}Stichting ROS",
    f"{HELPS}GoedWerk Foundation",
    f"{HELPS}Stichting WereldWijd",
    "Whether you receive support and what you are entitled to depends on your personal situation.",
    "Your contact person at VWN or your social worker can assist you with this.",
    "VWN considers some countries unsafe to return to and does not offer assistance with your "
    "return.",
    "However, VWN can refer you to organisations that do offer assistance in returning to those "
    "countries.",
    "Little to no support for forced returns",
    "Opportunities for reintegration support are limited if you are forced to return to your "
    "country of origin.",
    "In some situations, you can receive reintegration support.",
    "This support consists of items and/or assistance with a maximum value of €1,000.",
)
"""What the seed page says about return. What it says about itself (its picture, its video, its
date, its links, who made it) is left out."""


class QuickDecider(Decider):
    """Decides by the reference interpreter: compiling takes long for every rule left out."""

    def _compile(self, rule_ids: tuple[str, ...]) -> Ruleset:
        rules = [self.policy.rule_by_id[each] for each in rule_ids]
        productions = {each.id: each for each in compile_rules(self.policy, rules)}
        plain = PlainEngine(tuple(productions.values()))
        targets = {target.id: target for target in targets_of(rules)}
        return Ruleset(self.policy, targets, productions, engine=plain, plain=plain)


@cache
def shipped_cases() -> tuple[Case, ...]:
    return read_cases(FILE, shipped())


# --- The cases of the policy


def test_every_case_gets_what_it_expects() -> None:
    assert not check_cases(shipped_cases(), Decider(shipped()), ON)


def test_every_case_expects_what_was_agreed() -> None:
    # The other way round: the expectations are right, whatever the program decides.
    wrong = [
        (case.name, expectation)
        for case in shipped_cases()
        for expectation in case.expected
        if not _is_agreed(expectation, agreed(case.answers))
    ]
    assert not wrong


def _is_agreed(expectation: Expectation, what: Agreed) -> bool:
    match expectation:
        case RoleExpected(organisation, role):
            return (organisation, role) in what.roles
        case StepExpected(step, advised):
            return (step in what.next_steps) == advised
        case SituationExpected(situation, said):
            return (situation in what.situation) == said
        case SupportExpected(support, offered, by, at_most):
            offer = dict(what.supports).get(support)
            return (
                (offer is not None) == offered
                and (not by or by == set(offer.by))
                and (at_most is None or (offer.max_eur or 0) <= at_most)
            )


def test_there_are_at_least_sixty_cases() -> None:
    assert len(shipped_cases()) >= 60


def test_every_statement_of_the_seed_page_is_covered_by_a_case() -> None:
    covered = {case.seed for case in shipped_cases()}
    assert covered - {""} == set(SEED_STATEMENTS)


def test_no_two_cases_are_the_same_person() -> None:
    people = [tuple(case.answers.items()) for case in shipped_cases()]
    assert len(set(people)) == len(people)


@pytest.mark.thorough
def test_every_rule_with_an_outcome_is_needed_by_a_case() -> None:
    needless = [
        rule.id
        for rule in shipped().rules
        if not isinstance(rule.then, DeriveFact)
        and rule.id not in NOT_IN_A_CASE
        and not _somebody_notices(without_rule(shipped(), rule.id))
    ]
    assert not needless


NOT_IN_A_CASE = {
    "vwn_excluded": "only beside a view of VWN on record, and none is",
    "lawyer_dublin": "whom it sends to a lawyer, others send there too",
    "new_start_unlikely": "a case cannot say how certain a help is",
}


def _somebody_notices(policy: Policy) -> bool:
    decider = QuickDecider(policy)
    return any(check_cases([case], decider, ON) for case in shipped_cases())


# --- What a failure says


def told(**cells: str) -> list[str]:
    """The failures of one person, finally rejected and decided, lines and names left out."""
    [case] = read(row_of({**DECIDED, "name": "Somebody", **cells}))
    return [
        str(failure).removeprefix("line 2: Somebody: ")
        for failure in check_cases([case], Decider(shipped()), ON)
    ]


def test_a_failure_names_the_line_and_the_case() -> None:
    [case] = read(row_of({**DECIDED, "name": "Somebody in Rotterdam", "roles": "vwn=refers"}))
    [failure] = check_cases([case], Decider(shipped()), ON)
    assert str(failure).startswith("line 2: Somebody in Rotterdam: vwn: ")


def test_another_role_is_told_with_the_rule_behind_it() -> None:
    assert told(roles="ros=fits") == [
        "ros: fits is expected, but it is not_for_you [ros_elsewhere]"
    ]


def test_a_role_that_nobody_gives_is_told_with_the_rules_that_would() -> None:
    [case] = read(row_of({**DECIDED, "name": "Somebody", "roles": "iom=ask"}))
    policy = without_rule(shipped(), "iom_supports")
    [failure] = check_cases([case], QuickDecider(policy), ON)
    assert failure.problem == "iom: ask is expected, but it has no role"
    assert failure.rules == ("iom_trafficking", "iom_forced", "iom_careful")


def test_a_support_too_many_is_told_with_the_rules_that_offer_it() -> None:
    assert told(supports="!cash travel") == ["support cash: is not expected [cash]"]


def test_a_missing_support_is_told_with_the_rules_that_would_offer_it() -> None:
    assert told(promised_by="ros", supports="care !cash") == [
        "support care: is expected [care, care_promised]"
    ]


def test_other_givers_are_told_one_way_and_the_other() -> None:
    assert told(supports="goods=iom+vwn") == [
        "support goods: is not expected by wereldwijd [goods]",
        "support goods: is expected by vwn",
    ]
    assert told(supports="cash=iom+goedwerk+vwn goods=iom+wereldwijd") == []


def test_a_giver_that_is_lacking_is_told_with_the_rules_that_would_name_it() -> None:
    assert told(vwn_view="unsafe", supports="cash=vwn+iom+goedwerk") == [
        "support cash: is expected by vwn [cash, cash_promised]"
    ]


def test_a_limit_that_is_not_kept_is_told() -> None:
    not_asked = dict.fromkeys(
        (
            *("return_choice", "vwn_view", "travel_document", "returned_before", "promised_by"),
            "help_wanted",
        ),
        "",
    )
    forced = {**not_asked, "arranged": "yes"}
    assert told(**forced, supports="reintegration_in_kind<=1000") == []
    assert told(**forced, supports="reintegration_in_kind<=999") == [
        "support reintegration_in_kind: at most 999 euro is expected, but it names 1000 euro "
        "[reintegration_forced]"
    ]
    assert told(supports="cash<=1000") == [
        "support cash: at most 1000 euro is expected, but it names no limit [cash]"
    ]


def test_steps_and_situation_are_told_with_their_rules() -> None:
    assert told(steps="!contact_iom guardian talk_vwn", situation="!must_return fear") == [
        "step contact_iom: is not expected [contact_iom]",
        "step guardian: is expected [guardian]",
        "situation must_return: is not expected [must_return]",
        "situation fear: is expected [fear]",
    ]


def test_a_case_that_does_not_follow_the_questions_fails() -> None:
    assert told(roles="vwn=supports", travel_document="") == [
        "travel_document: is asked, but has no answer"
    ]
    assert told(roles="vwn=ask", country="PL", vwn_view="assists", **NOT_FOR_POLES) == [
        "vwn_view: has an answer, but is not asked"
    ]


NOT_FOR_POLES = dict.fromkeys(("returned_before", "promised_by", "help_wanted"), "")


def test_only_rules_that_hold_on_the_day_count() -> None:
    [case] = read(row_of({**DECIDED, "name": "Somebody", "supports": "cash"}))
    [failure] = check_cases([case], Decider(shipped()), date(2020, 1, 1))
    assert failure.rules == ()


# --- How the file is read

COLUMNS = ("name", "seed", *OPTIONS, "roles", "supports", "steps", "situation")

DECIDED: Mapping[str, str] = {
    "asylum_decision": "rejected",
    "appeal": "over",
    "dublin": "no",
    "arranged": "no",
    "new_facts": "none",
    "return_choice": "decided",
    "country": "GE",
    "vwn_view": "assists",
    "household": "no_children",
    "circumstances": "none",
    "residence": "elsewhere",
    "travel_document": "yes",
    "returned_before": "no",
    "promised_by": "no",
    "help_wanted": "unknown",
}
GOOD: Mapping[str, str] = {**DECIDED, "name": "Good", "roles": "vwn=supports"}


def row_of(cells: Mapping[str, str], delimiter: str = ",") -> str:
    row = io.StringIO()
    csv.writer(row, delimiter=delimiter).writerow([cells.get(name, "") for name in COLUMNS])
    return row.getvalue()


def read(
    *rows: str, columns: Sequence[str] = COLUMNS, delimiter: str = ",", encoding: str = "utf-8"
) -> tuple[Case, ...]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        file.write_bytes("".join([delimiter.join(columns) + "\n", *rows]).encode(encoding))
        return read_cases(file, shipped())


def test_several_answers_stand_with_a_space_or_a_plus() -> None:
    cells = {**GOOD, "circumstances": "trafficking health", "help_wanted": "goods+money"}
    [case] = read(row_of(cells))
    assert case.answers["circumstances"] == ("health", "trafficking")
    assert case.answers["help_wanted"] == ("money", "goods")


def test_an_empty_cell_is_no_answer() -> None:
    [case] = read(row_of({**GOOD, "dublin": " "}))
    assert "dublin" not in case.answers


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_of_any_spreadsheet_is_read(delimiter: str, encoding: str) -> None:
    cells = {**GOOD, "name": "Élise, 2; nothing\tclear"}
    [case] = read(row_of(cells, delimiter), delimiter=delimiter, encoding=encoding)
    assert case.name == cells["name"]
    assert case.answers["country"] == "GE"


def test_a_line_counts_from_the_top_also_after_empty_rows_and_long_cells() -> None:
    long = row_of({**GOOD, "seed": "A sentence\nover two lines"})
    cases = read(row_of({}), long, row_of({**GOOD, "name": "Second"}))
    assert [case.line for case in cases] == [3, 5]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"appeal": "maybe"}, "column `appeal`: this option does not exist"),
        ({"appeal": "over pending"}, "column `appeal`: this option does not exist"),
        ({"circumstances": "health health"}, "column `circumstances`: an option stands twice"),
        ({"name": ""}, "column `name`: a name is missing"),
        ({"roles": ""}, "column `roles`: nothing is expected"),
        ({"roles": "coa=supports"}, "column `roles`: `coa` is not one of vwn, iom"),
        ({"roles": "vwn=helps"}, "column `roles`: `helps` is not one of continues"),
        ({"roles": "vwn"}, "column `roles`: `` is not one of continues"),
        ({"supports": "gold"}, "column `supports`: `gold` is not one of"),
        ({"supports": "cash=coa"}, "column `supports`: `coa` is not one of vwn"),
        ({"supports": "cash>5"}, "column `supports`: `cash>5` is none of"),
        ({"supports": "!cash=iom"}, "column `supports`: `!cash=iom` is none of"),
        ({"supports": "cash cash"}, "column `supports`: `cash` stands twice"),
        ({"steps": "walk"}, "column `steps`: `walk` is not one of guardian"),
        ({"situation": "!happy"}, "column `situation`: `happy` is not one of minor_alone"),
    ],
)
def test_a_mistake_in_a_cell_names_file_line_and_column(
    cells: Mapping[str, str], problem: str
) -> None:
    with pytest.raises(DataError) as error:
        read(row_of({**GOOD, "name": "Other"}), row_of({**GOOD, **cells}))
    assert str(error.value).startswith(f"people.csv: line 3, {problem}")


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(DataError, match="line 3, column `name`: this name also stands in line 2"):
        read(row_of(GOOD), row_of({**GOOD, "country": "MA"}))


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (COLUMNS[:-1], "column `situation` is missing"),
        ((*COLUMNS, "help"), "column `help` is not known"),
        ((*COLUMNS, "appeal"), "column `appeal` stands twice"),
    ],
)
def test_every_column_is_there_once(columns: Sequence[str], problem: str) -> None:
    with pytest.raises(DataError, match=f"people.csv: line 1: {problem}"):
        read(row_of(GOOD), columns=columns)


def test_a_cell_in_a_column_without_a_name_is_refused() -> None:
    problem = r"people\.csv: line 2: `more` stands in a column without a name"
    with pytest.raises(DataError, match=problem):
        read(row_of(GOOD).strip() + ",more\n")


def test_a_row_that_is_cut_off_before_its_expectations_is_refused() -> None:
    with pytest.raises(DataError, match="line 2, column `roles`: nothing is expected"):
        read("Short,,rejected\n")


def test_what_is_no_csv_is_named_with_its_line() -> None:
    with pytest.raises(DataError, match=r"people\.csv: line 3: is not CSV"):
        read(row_of(GOOD), '"never closed')


def test_a_file_without_cases_is_refused() -> None:
    with pytest.raises(DataError, match=r"people\.csv: there are no cases"):
        read()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"people\.csv: cannot be read"):
        read_cases(tmp_path / "people.csv", shipped())


def test_a_file_in_another_encoding_is_named() -> None:
    with pytest.raises(DataError, match=r"people\.csv: is not UTF-8 in line 2; save it as UTF-8"):
        read(row_of({**GOOD, "name": "Élise"}), encoding="cp1252")


# --- What a spreadsheet writes around the same cells

Table = list[list[str]]
SHEET: Table = [list(COLUMNS), [GOOD.get(each, "") for each in COLUMNS]]


def written(table: Table, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(table)
    return text.getvalue()


def with_columns(*at: int) -> Table:
    """The table with empty columns at these places."""
    table = [list(row) for row in SHEET]
    for row in table:
        for place in at:
            row.insert(place, "")
    return table


BLANK = [[""] * len(COLUMNS)]
PADDED = [[f"\u00a0 {cell}\u00a0" if cell else "\u00a0" for cell in row] for row in SHEET]
UNSEEN = [[f"\u200b{cell}\ufeff" for cell in row] for row in SHEET]
UNEVEN = [SHEET[0], SHEET[1][: COLUMNS.index("situation")]]

SHEETS = {
    "empty columns at the end": written(with_columns(21, 21, 21)),
    "empty columns at the start and between": written(with_columns(0, 5)),
    "spaces in columns without a name": written(with_columns(21)).replace(",\n", ", \n"),
    "empty rows at the end": written([*SHEET, *BLANK, *BLANK]),
    "empty rows at the start": written([*BLANK, *SHEET]),
    "an empty line at the start": "\n" + written(SHEET, ";"),
    "quotes around all": written(SHEET, quoting=csv.QUOTE_ALL),
    "semicolons, quotes around all": written(SHEET, ";", csv.QUOTE_ALL),
    "sep=;": "sep=;\n" + written(SHEET, ";"),
    "SEP=,": "SEP=,\n" + written(SHEET),
    '"sep=;"': '"sep=;"\n' + written(SHEET, ";"),
    "sep=; saved once more": "sep=;" + ";" * 20 + "\n" + written(SHEET, ";"),
    "sep=tab": "sep=\t\n" + written(SHEET, "\t"),
    "sep=|": "sep=|\n" + written(SHEET, "|"),
    "non-breaking spaces around cells": written(PADDED),
    "marks that nobody sees": written(UNSEEN),
    "rows without their empty cells at the end": written(UNEVEN),
    "no newline at the end": written(SHEET).rstrip("\n"),
}


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
@pytest.mark.parametrize("text", SHEETS.values(), ids=SHEETS)
def test_what_a_spreadsheet_writes_around_the_cells_changes_nothing(
    tmp_path: Path, text: str, saved: Saved
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(saved(text.encode()))
    [case] = read_cases(file, shipped())
    [expected] = read(row_of(GOOD))
    assert (case.name, case.answers, case.expected) == (
        expected.name,
        expected.answers,
        expected.expected,
    )


def test_the_shipped_cases_are_the_same_in_every_form(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    with FILE.open(encoding="utf-8", newline="") as shipped_file:
        rows = [[*row, "", ""] for row in csv.reader(shipped_file)]
    text = "sep=;\n" + written([*rows, *[[""] * 23] * 3], ";", csv.QUOTE_ALL)
    file.write_bytes(SAVED["a byte order mark and CRLF"](text.encode()))
    assert [replace(case, line=0) for case in read_cases(file, shipped())] == [
        replace(case, line=0) for case in shipped_cases()
    ]


@pytest.mark.parametrize("saved", UTF_16.values(), ids=UTF_16)
def test_a_file_in_utf_16_is_named(tmp_path: Path, saved: Saved) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(saved(written(SHEET, "\t").encode()))
    with pytest.raises(DataError, match=r"^people\.csv: is UTF-16 or no text; save it as UTF-8$"):
        read_cases(file, shipped())


def test_a_line_counts_from_the_top_also_after_a_line_for_the_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("sep=;\n\n" + written([*SHEET, *BLANK, ["x", "", "maybe"]], ";"))
    with pytest.raises(DataError, match="line 6, column"):
        read_cases(file, shipped())

"""The spreadsheet of a review says what is to be read and where, and runs nothing."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from questions import DataError
from tests.wizard.i18n.sheets import row, rows_of, small_catalogue
from wizard.i18n.check import catalogue_path
from wizard.i18n.po_file import read_catalogue
from wizard.i18n.review_sheet import COLUMNS, language_of_sheet, write_sheet


@pytest.fixture
def catalogue() -> Catalog:
    return small_catalogue()


def test_what_can_do_harm_comes_first(catalogue: Catalog) -> None:
    rows = rows_of(write_sheet("nl", catalogue))
    assert [each["safety"] for each in rows] == ["yes", "yes", "yes", "", "", "", ""]
    assert rows[0]["number"] == "1"
    assert {each["language"] for each in rows} == {"nl"}


def test_a_row_says_where_the_text_is_seen() -> None:
    rows = rows_of(write_sheet("nl", read_catalogue(catalogue_path("nl"))))
    question = row(rows, "What does the IND say now about your asylum application?")
    assert "/nl/check" in question["pages"].split()
    assert "question.asylum_decision.text" in question["place"]
    assert "question-asylum_decision" in question["pictures"].split()


def test_a_spreadsheet_runs_nothing_of_what_it_opens(catalogue: Catalog) -> None:
    for cells in rows_of(write_sheet("nl", catalogue)):
        assert not [cell for cell in cells.values() if cell.startswith(("=", "+", "-", "@"))]
    assert row(rows_of(write_sheet("nl", catalogue)), "=SUM")["current"] == "'=SOM"


FILES = {
    "another encoding": ("é".encode("latin-1"), "is not UTF-8: save it as “CSV UTF-8”"),
    "columns that are gone": (b"number,language\r\n1,nl\r\n", "row 1: these columns are missing"),
    "nothing": (b"", "row 1: these columns are missing"),
    "a quote that does not end": (
        (",".join(COLUMNS) + '\r\n1,nl,"').encode(),
        "is no CSV",
    ),
    "no row": ((",".join(COLUMNS) + "\r\n").encode(), "holds no row"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_no_sheet_is_named(what: str) -> None:
    content, told = FILES[what]
    with pytest.raises(DataError, match=f"^nl.csv: .*{told}"):
        language_of_sheet(content, "nl.csv")

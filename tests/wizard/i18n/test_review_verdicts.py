"""The spreadsheet of a review comes back whole, or with every mistake named."""

from __future__ import annotations

from datetime import date

import pytest
from babel.messages.catalog import Catalog

from questions import DataError
from tests.wizard.i18n.sheets import (
    COUNTED,
    EXIT,
    MARKED,
    PLURAL,
    SIGNED,
    Edit,
    Rows,
    edited,
    put,
    saved,
    small_catalogue,
)
from wizard.i18n.check import rules_of
from wizard.i18n.review import is_reviewed, state_of
from wizard.i18n.review_sheet import language_of_sheet, write_sheet
from wizard.i18n.review_verdicts import Taken, take_sheet

TODAY = date(2026, 12, 24)


@pytest.fixture
def catalogue() -> Catalog:
    return small_catalogue()


def take(catalogue: Catalog, content: bytes) -> Taken:
    return take_sheet(content, "nl.csv", catalogue, rules_of("nl"), TODAY)


def test_a_sheet_that_nobody_filled_in_changes_nothing(catalogue: Catalog) -> None:
    before = write_sheet("nl", catalogue)
    assert take(catalogue, before.encode()) == Taken(0, 0, ())
    assert write_sheet("nl", catalogue) == before


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_sheet_is_read_as_any_spreadsheet_saves_it(
    catalogue: Catalog, separator: str, end: str
) -> None:
    rows = edited(catalogue, put(EXIT, verdict="OK", initials="ab", date="3-12-2026"))
    assert language_of_sheet(saved(rows, separator, end), "nl.csv") == "nl"
    assert take(catalogue, saved(rows, separator, end)).reviewed == 1
    assert catalogue[EXIT].user_comments[0].startswith("reviewed: AB 2026-12-03 ")
    assert is_reviewed(catalogue[EXIT])


def test_a_first_line_that_names_the_separator_is_passed_over(catalogue: Catalog) -> None:
    rows = edited(catalogue, put(EXIT, verdict="ok"))
    content = saved(rows, ";").decode("utf-8-sig")
    assert take(catalogue, f"\ufeffsep=;\r\n{content}".encode()).reviewed == 1


def test_a_better_text_is_taken_over_and_counts_as_reviewed(catalogue: Catalog) -> None:
    edit = put(EXIT, verdict="better", better="Sluit snel", remark="shorter")
    taken = take(catalogue, saved(edited(catalogue, edit)))
    assert (taken.reviewed, taken.changed) == (1, 1)
    assert taken.notes == ("better: 'Quick exit': shorter",)
    assert catalogue[EXIT].string == "Sluit snel"
    assert state_of(catalogue).reviewed == 1


def test_a_text_like_a_formula_comes_back_as_it_was(catalogue: Catalog) -> None:
    edit = put("=SUM", verdict="better", better="'=TOTAAL")
    take(catalogue, saved(edited(catalogue, edit)))
    assert catalogue["=SUM"].string == "=TOTAAL"


def test_who_is_unsure_reviews_nothing_and_is_heard(catalogue: Catalog) -> None:
    edit = put(EXIT, verdict="unsure", remark="is this the button?")
    taken = take(catalogue, saved(edited(catalogue, edit)))
    assert taken == Taken(0, 0, ("unsure: 'Quick exit': is this the button?",))


def test_a_text_with_plurals_is_reviewed_when_all_of_them_are(catalogue: Catalog) -> None:
    def both(rows: Rows) -> None:
        for each in rows:
            if "At most" in each["English"]:
                each.update(SIGNED, verdict="ok")

    assert take(catalogue, saved(edited(catalogue, both))).reviewed == 1
    assert is_reviewed(catalogue[PLURAL])


MISTAKES: dict[str, tuple[Edit, str]] = {
    "an unknown text": (put(EXIT, key="000-0"), "row 2, key: there is no such text"),
    "another English": (put(EXIT, English="Quick"), "row 2, English: is not the English text"),
    "another translation since": (put(EXIT, current="Weg"), "row 2, current: the translation is"),
    "another language": (put(EXIT, language="fr"), "row 2, language: `fr` is not nl"),
    "a text twice": (
        lambda rows: rows.append(dict(rows[0])),
        "row 9, key: this text stands in row 2 already",
    ),
    "a lost placeholder": (
        put(COUNTED, verdict="better", better="Een vraag"),
        "row 4, better: placeholder lost or added",
    ),
    "an invented placeholder": (
        put(EXIT, verdict="better", better="Sluit %(name)s"),
        "row 2, better: placeholder lost or added",
    ),
    "a number": (
        put(EXIT, verdict="better", better="Sluit in 3 tellen"),
        "row 2, better: number lost or added",
    ),
    "broken markup": (
        put(MARKED, verdict="better", better="<b>Geen antwoord is fout."),
        "better: markup lost or added",
    ),
    "a right that becomes certain": (
        put("You may wait.", verdict="better", better="Je wacht."),
        "row 3, better: no rendering of `may`",
    ),
    "an unknown verdict": (put(EXIT, verdict="goed"), "row 2, verdict: `goed` is not one of ok"),
    "no verdict beside a text": (
        put(EXIT, better="Sluit snel"),
        "row 2, verdict: one of ok, better, unsure is needed",
    ),
    "better without a text": (put(EXIT, verdict="better"), "row 2, better: the better text is"),
    "better and the same": (
        put(EXIT, verdict="better", better="Snel sluiten"),
        "row 2, better: is the same",
    ),
    "ok beside a text": (put(EXIT, verdict="ok", better="Weg"), "row 2, better: holds a text"),
    "no initials": (put(EXIT, verdict="ok", initials=""), "row 2, initials: two to four letters"),
    "a name": (put(EXIT, verdict="ok", initials="Abdullah"), "row 2, initials: two to four"),
    "no date": (put(EXIT, verdict="ok", date=""), "row 2, date: a day such as"),
    "a day that is none": (put(EXIT, verdict="ok", date="2026-02-30"), "row 2, date: a day such"),
    "a day to come": (put(EXIT, verdict="ok", date="2026-12-25"), "row 2, date: 2026-12-25 is"),
    "a formula": (
        put(EXIT, verdict="better", better='=HYPERLINK("x")'),
        "row 2, better: begins like a formula",
    ),
    "one plural of two": (put(PLURAL, verdict="ok"), "verdict: the other forms of this text"),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_named_by_row_and_column_and_nothing_is_taken(
    catalogue: Catalog, what: str
) -> None:
    edit, told = MISTAKES[what]
    rows = edited(catalogue, put("You may wait.", verdict="ok"))
    edit(rows)
    before = write_sheet("nl", catalogue)
    with pytest.raises(DataError) as error:
        take(catalogue, saved(rows))
    [line] = str(error.value).splitlines()
    assert line.startswith("nl.csv: row ")
    assert told in line
    assert write_sheet("nl", catalogue) == before


def test_every_mistake_is_named_at_once(catalogue: Catalog) -> None:
    rows = edited(catalogue, put(EXIT, verdict="ok", initials="", date="soon"))
    put("You may wait.", verdict="good")(rows)
    with pytest.raises(DataError) as error:
        take(catalogue, saved(rows))
    assert [line.split(": ")[1] for line in str(error.value).splitlines()] == [
        "row 2, initials",
        "row 2, date",
        "row 3, verdict",
    ]


def test_cells_beside_the_columns_are_named(catalogue: Catalog) -> None:
    content = write_sheet("nl", catalogue).replace("-0\r\n", "-0,more\r\n", 1)
    with pytest.raises(DataError, match=r"row 2, after the last column: there are more cells"):
        take(catalogue, content.encode())

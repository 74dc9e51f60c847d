"""The spreadsheet of a review comes back whole, or with every mistake named."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from babel.messages.catalog import Catalog

from questions import DataError
from wizard.i18n.check import catalogue_path, rules_of
from wizard.i18n.po_file import read_catalogue
from wizard.i18n.review import is_reviewed, state_of
from wizard.i18n.review_sheet import COLUMNS, Taken, language_of_sheet, take_sheet, write_sheet

TODAY = date(2026, 12, 24)
EXIT = "Quick exit"
PLURAL = "At most %(count)s question left"
COUNTED = "%(num)s questions"
MARKED = "<b>No</b> answer is wrong."
SIGNED = {"initials": "AB", "date": "2026-12-03"}

Rows = list[dict[str, str]]
Edit = Callable[[Rows], object]


@pytest.fixture
def catalogue() -> Catalog:
    """A small Dutch catalogue."""
    made = Catalog(locale="nl", charset="utf-8")
    made.add(EXIT, "Snel sluiten", locations=[("templates/frame/header.html", 1)])
    made.add("You may wait.", "Je mag wachten.", locations=[("rules/policy/outcomes.toml", 1)])
    made.add(COUNTED, "%(num)s vragen", locations=[("rules/policy/amounts.toml", 1)])
    made.add("=SUM", "=SOM", locations=[("templates/reading/flow.html", 1)])
    made.add(
        MARKED, "<b>Geen</b> antwoord is fout.", locations=[("templates/reading/flow.html", 1)]
    )
    forms = ("Nog hoogstens %(count)s vraag", "Nog hoogstens %(count)s vragen")
    ids = (PLURAL, "At most %(count)s questions left")
    made.add(ids, forms, locations=[("templates/question/form.html", 1)])
    return made


def rows_of(sheet: str) -> Rows:
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"), newline="")))


def row(rows: Rows, english: str) -> dict[str, str]:
    [found] = [each for each in rows if each["English"].lstrip("'") == english]
    return found


def saved(rows: Rows, separator: str = ",", end: str = "\r\n") -> bytes:
    content = io.StringIO(newline="")
    writer = csv.DictWriter(content, COLUMNS, delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return content.getvalue().encode("utf-8-sig")


def take(catalogue: Catalog, content: bytes) -> Taken:
    return take_sheet(content, "nl.csv", catalogue, rules_of("nl"), TODAY)


def edited(catalogue: Catalog, edit: Edit) -> Rows:
    rows = rows_of(write_sheet("nl", catalogue))
    edit(rows)
    return rows


def put(english: str, **cells: str) -> Edit:
    return lambda rows: row(rows, english).update({**SIGNED, **cells})


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


def test_cells_beside_the_columns_are_named(catalogue: Catalog) -> None:
    content = write_sheet("nl", catalogue).replace("-0\r\n", "-0,more\r\n", 1)
    with pytest.raises(DataError, match=r"row 2, after the last column: there are more cells"):
        take(catalogue, content.encode())

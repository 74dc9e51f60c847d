"""A small catalogue, and its sheet as a reader fills it in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from babel.messages.catalog import Catalog

from wizard.i18n.review_sheet import COLUMNS, write_sheet

EXIT = "Quick exit"
PLURAL = "At most %(count)s question left"
COUNTED = "%(num)s questions"
MARKED = "<b>No</b> answer is wrong."
SIGNED = {"initials": "AB", "date": "2026-12-03"}

Rows = list[dict[str, str]]
Edit = Callable[[Rows], object]


def small_catalogue() -> Catalog:
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
    """The rows of a sheet."""
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"), newline="")))


def row(rows: Rows, english: str) -> dict[str, str]:
    """The row of this English text."""
    [found] = [each for each in rows if each["English"].lstrip("'") == english]
    return found


def saved(rows: Rows, separator: str = ",", end: str = "\r\n") -> bytes:
    """The sheet as a spreadsheet saves it."""
    content = io.StringIO(newline="")
    writer = csv.DictWriter(content, COLUMNS, delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return content.getvalue().encode("utf-8-sig")


def edited(catalogue: Catalog, edit: Edit) -> Rows:
    """The rows of the catalogue's sheet after a reader was there."""
    rows = rows_of(write_sheet("nl", catalogue))
    edit(rows)
    return rows


def put(english: str, **cells: str) -> Edit:
    """A reader who signs, and puts this into the row of the English text."""
    return lambda rows: row(rows, english).update({**SIGNED, **cells})

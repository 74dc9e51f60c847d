"""Load what is on record about countries."""

from __future__ import annotations

from collections.abc import Mapping

from questions.toml_reader import Table
from rules.load.sources import Sources, source_of
from rules.model import FLAGS, LOOKED_UP, NO_VIEW, Countries, CountryView


def load_countries(
    file: Table, sources: Sources, codes: tuple[str, ...], lookups: Mapping[str, tuple[str, ...]]
) -> Countries:
    """What is on record about countries."""
    file.only("view", "group", "flag")
    views = {
        code: _country_view(code, table, sources, codes, lookups["recorded_view"])
        for code, table in file.table("view").tables()
    }
    groups: dict[str, str] = {}
    for group, table in file.table("group").tables():
        table.only("source", "countries")
        source_of(table, sources)
        if group not in lookups["country_group"]:
            table.fail("this group is not a value of lookup.country_group in policy.toml")
        for code in table.at_least_one_of("countries", codes):
            if code in groups:
                table.fail(f"`{code}` already stands in group `{groups[code]}`", "countries")
            groups[code] = group
    for group in lookups["country_group"]:
        if group not in (*groups.values(), *LOOKED_UP["country_group"]):
            file.fail("no country belongs to this group", f"group.{group}")
    return Countries(views, groups, _flags(file.table("flag"), sources, codes, lookups))


def _flags(
    tables: Table, sources: Sources, codes: tuple[str, ...], lookups: Mapping[str, tuple[str, ...]]
) -> Mapping[str, frozenset[str]]:
    """The countries of each flag that the policy looks up."""
    wanted = [name for name in FLAGS if name in lookups]
    tables.only(*wanted)
    flags = {}
    for name in wanted:
        table = tables.table(name)
        table.only("source", "countries")
        source_of(table, sources)
        flags[name] = frozenset(table.at_least_one_of("countries", codes))
    return flags


def _country_view(
    code: str, table: Table, sources: Sources, codes: tuple[str, ...], views: tuple[str, ...]
) -> CountryView:
    if code not in codes:
        table.fail("no country has this code")
    table.only("view", "source", "stated_on")
    view = table.one_of("view", tuple(each for each in views if each != NO_VIEW))
    source, stated_on = source_of(table, sources), table.day("stated_on")
    if stated_on > source.checked_on:
        table.fail(
            f"is after the day on which we checked its source, {source.checked_on}", "stated_on"
        )
    return CountryView(view, source, stated_on)

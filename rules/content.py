"""Load what the rules speak of: sources, organisations, kinds of help, amounts, countries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from questions.toml_data import Table
from rules.model import (
    Amount,
    Contact,
    Countries,
    CountryView,
    Organisation,
    Outcome,
    Role,
    Source,
    Support,
)

_SHOWN_CONFIDENCES = ("H", "M")
Sources = Mapping[str, Source]


def day(table: Table, key: str) -> date:
    """The TOML date under `key`."""
    value = table.values.get(key)
    if type(value) is not date:
        table.fail("a date such as 2026-01-31, without quotes, is needed", key)
    return value


def source_of(table: Table, sources: Sources) -> Source:
    """The source that the table names: nothing is shown without one."""
    return sources[table.one_of("source", tuple(sources))]


def load_sources(file: Table) -> Sources:
    """The sources by id. A confidence below "M" is refused: it may not be shown."""
    return {name: _source(name, table) for name, table in file.tables()}


def _source(name: str, table: Table) -> Source:
    table.only("title", "url", "published", "checked_on", "confidence")
    return Source(
        id=name,
        title=table.text("title"),
        url=_web_address(table, "url"),
        published=table.optional_text("published"),
        checked_on=day(table, "checked_on"),
        confidence=table.one_of("confidence", _SHOWN_CONFIDENCES),
    )


def _web_address(table: Table, key: str) -> str:
    value = table.text(key)
    if not value.startswith(("https://", "http://")):
        table.fail("a web address is needed", key)
    return value


def load_roles(file: Table) -> Mapping[str, Role]:
    """The roles by id, best first."""
    roles = {}
    for name, table in file.tables():
        table.only("text", "gives", "excludes")
        roles[name] = Role(name, table.text("text"), table.flag("gives"), table.flag("excludes"))
    return roles


def load_organisations(
    file: Table, sources: Sources, roles: Mapping[str, Role]
) -> Mapping[str, Organisation]:
    """The organisations by id, in the order shown."""
    return {name: _organisation(name, table, sources, roles) for name, table in file.tables()}


def _organisation(
    name: str, table: Table, sources: Sources, roles: Mapping[str, Role]
) -> Organisation:
    table.only("name", "full_name", "what", "whom", "source", "contact", "role")
    texts = table.table("role")
    for role in texts.values:
        if role not in roles:
            texts.fail("no role has this name", role)
    return Organisation(
        id=name,
        name=table.text("name"),
        full_name=table.optional_text("full_name"),
        what=table.text("what"),
        whom=table.text("whom"),
        source=source_of(table, sources),
        contact=_contact(table.table("contact"), sources) if "contact" in table.values else None,
        role_texts={role: texts.text(role) for role in texts.values},
    )


def _contact(table: Table, sources: Sources) -> Contact:
    table.only("website", "phone", "email", "source")
    return Contact(
        website=_web_address(table, "website") if "website" in table.values else None,
        phone=table.optional_text("phone"),
        email=table.optional_text("email"),
        source=source_of(table, sources),
    )


def load_words(file: Table) -> Mapping[str, str]:
    """The words for each value of a fixed list, by value."""
    words = {}
    for name, table in file.tables():
        table.only("text")
        words[name] = table.text("text")
    return words


def load_supports(
    file: Table, sources: Sources, forms: tuple[str, ...], certainties: tuple[str, ...]
) -> Mapping[str, Support]:
    """The kinds of help by id, in the order shown."""
    return {
        name: _support(name, table, sources, forms, certainties) for name, table in file.tables()
    }


def _support(
    name: str,
    table: Table,
    sources: Sources,
    forms: tuple[str, ...],
    certainties: tuple[str, ...],
) -> Support:
    table.only("label", "text", "form", "certainty", "wanted_by", "source")
    return Support(
        id=name,
        label=table.text("label"),
        text=table.text("text"),
        form=table.some_of("form", forms),
        certainty=table.one_of("certainty", certainties),
        wanted_by=table.texts("wanted_by"),
        source=source_of(table, sources),
    )


def load_amounts(
    file: Table, sources: Sources, organisations: tuple[str, ...], supports: tuple[str, ...]
) -> tuple[Amount, ...]:
    """The amounts. Only a source of confidence "H" may carry a figure."""
    return tuple(
        _amount(name, table, sources, organisations, supports) for name, table in file.tables()
    )


def _amount(
    name: str,
    table: Table,
    sources: Sources,
    organisations: tuple[str, ...],
    supports: tuple[str, ...],
) -> Amount:
    table.only("support", "organisation", "rule", "scheme", "up_to_eur", "text", "source")
    source = source_of(table, sources)
    if source.confidence != "H":
        table.fail("a figure needs a source of confidence H", "source")
    text = table.text("text")
    if text.count("{amount}") != 1:
        table.fail("the text needs {amount} once", "text")
    return Amount(
        id=name,
        support=table.one_of("support", supports),
        organisation=table.one_of("organisation", organisations),
        rule=table.text("rule"),
        scheme=table.text("scheme"),
        up_to_eur=table.whole_number("up_to_eur"),
        text=text,
        source=source,
    )


def load_outcomes(file: Table, kind: str, organisations: tuple[str, ...]) -> Mapping[str, Outcome]:
    """The texts about the situation, or the next steps, in the order shown."""
    file.only("situation", "step")
    outcomes = {}
    for name, table in file.table(kind).tables():
        table.only("text", "contact")
        named = "contact" in table.values
        contact = table.one_of("contact", organisations) if named else None
        outcomes[name] = Outcome(name, table.text("text"), contact)
    return outcomes


def load_countries(
    file: Table, sources: Sources, codes: tuple[str, ...], lookups: Mapping[str, tuple[str, ...]]
) -> Countries:
    """What is on record about countries."""
    file.only("view", "group")
    views = {}
    for code, table in file.table("view").tables():
        if code not in codes:
            table.fail("no country has this code")
        table.only("view", "source", "stated_on")
        view = table.one_of("view", tuple(v for v in lookups["recorded_view"] if v != "none"))
        views[code] = CountryView(view, source_of(table, sources), day(table, "stated_on"))
    groups: dict[str, str] = {}
    for group, table in file.table("group").tables():
        table.only("source", "countries")
        source_of(table, sources)
        if group not in lookups["country_group"]:
            table.fail("this group is not a value of lookup.country_group in policy.toml")
        groups |= dict.fromkeys(table.some_of("countries", codes), group)
    return Countries(views, groups)

"""Load what the rules speak of: sources, organisations, kinds of help, amounts, countries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from questions.conditions import Vocabulary, parse
from questions.toml_reader import Table, read
from rules.model import (
    CARDS,
    FLAGS,
    LOOKED_UP,
    NO_VIEW,
    Amount,
    Contact,
    ContactPoint,
    Countries,
    CountryView,
    Organisation,
    Outcome,
    OwnTitle,
    Role,
    Source,
    Support,
    Wording,
)

_SHOWN_CONFIDENCES = ("H", "M")
_WEB_ADDRESS = r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?"
_EMAIL = r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"
_LANGUAGE = "[a-z]{2,3}"
_PHONE = r"\+?\d[\d -]+\d"
_DAY_MONTH_OR_YEAR = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
Sources = Mapping[str, Source]


def source_of(table: Table, sources: Sources) -> Source:
    """The source that the table names: nothing is shown without one."""
    return sources[table.one_of("source", tuple(sources))]


def load_sources(file: Table) -> Sources:
    """The sources by id. A confidence below "M" is refused: it may not be shown."""
    return {name: _source(name, table) for name, table in file.tables_by_id()}


def _source(name: str, table: Table) -> Source:
    table.only("title", "original", "url", "published", "checked_on", "confidence")
    return load_source(name, table, table.day("checked_on"))


def load_source(name: str, table: Table, checked_on: date, title_in: str | None = None) -> Source:
    """The source that this table describes; checked on that day where it names no other one.

    `title_in` is the language of a title that is never translated.
    """
    source = Source(
        id=name,
        title=table.text("title"),
        url=web_address(table, "url"),
        published=_published(table) if "published" in table.values else None,
        checked_on=table.optional_day("checked_on") or checked_on,
        confidence=table.one_of("confidence", _SHOWN_CONFIDENCES),
        original=_own_title(table.table("original")) if "original" in table.values else None,
        title_in=title_in,
    )
    # A year, or a month, compares with the same part of the day.
    if source.published and source.checked_on.isoformat() < source.published:
        table.fail(f"is before the day of publication, {source.published}", "checked_on")
    return source


def _own_title(table: Table) -> OwnTitle:
    if len(table.values) != 1:
        table.fail('one title in one language is needed, such as nl = "Het terugkeerproces"')
    (language,) = table.values
    if not re.fullmatch(_LANGUAGE, language):
        table.fail("the language of the page is needed, such as nl", language)
    return OwnTitle(language, table.text(language))


def _published(table: Table) -> str:
    return table.text_like(
        "published", _DAY_MONTH_OR_YEAR, "a year, month or day such as 2026-01-31"
    )


def web_address(table: Table, key: str) -> str:
    """The address of a page under the key."""
    return table.text_like(key, _WEB_ADDRESS, "a web address")


def phone_of(table: Table, key: str = "phone") -> str | None:
    """The number under the key, or None where it is left out."""
    return table.text_like(key, _PHONE, "a number") if key in table.values else None


def email_of(table: Table) -> str | None:
    """The address under `email`, or None where it is left out."""
    return table.text_like("email", _EMAIL, "an address") if "email" in table.values else None


def load_roles(file: Table) -> Mapping[str, Role]:
    """The roles by id, best first."""
    roles = {}
    for name, table in file.tables_by_id():
        table.only("text", "gives", "excludes", "no_help", "card")
        role = Role(
            id=name,
            text=table.text("text"),
            gives=table.flag("gives"),
            excludes=table.flag("excludes"),
            no_help=table.flag("no_help"),
            card=table.one_of("card", CARDS) if "card" in table.values else CARDS[0],
        )
        if role.gives and role.excludes:
            table.fail("a role that excludes cannot give", "excludes")
        roles[name] = role
    return roles


def load_organisations(
    file: Table, sources: Sources, roles: Mapping[str, Role]
) -> Mapping[str, Organisation]:
    """The organisations by id, in the order shown."""
    return {name: _organisation(name, table, sources, roles) for name, table in file.tables_by_id()}


def _organisation(
    name: str, table: Table, sources: Sources, roles: Mapping[str, Role]
) -> Organisation:
    table.only(
        *("name", "full_name", "first", "what", "whom", "source", "contact", "role"),
        "private_roles",
    )
    texts = table.table("role")
    for role in texts.values:
        if role.partition(".")[0] not in roles:
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
        first=table.flag("first"),
        private_roles=frozenset(table.some_of("private_roles", tuple(texts.values))),
    )


def load_contacts(path: Path, sources: Sources) -> Mapping[str, ContactPoint]:
    """Whom a step can name beside the organisations, by id.

    None where the file does not exist: a policy of before there were contacts can still be asked
    for. Raises `DataError` for a detail that is none, and for an unknown source.
    """
    if not path.exists():
        return {}
    points = {}
    for name, table in read(path).tables_by_id():
        own = ("name", "for", "private")
        table.only(*own, *_DETAILS, *_MORE_DETAILS, "source", "source_of")
        details = Table(
            table.file,
            table.key,
            {key: value for key, value in table.values.items() if key not in own},
        )
        contact = _contact(details, sources)
        points[name] = ContactPoint(
            name, table.text("name"), table.text("for"), contact, table.flag("private")
        )
    return points


_DETAILS = ("website", "phone", "email")
_MORE_DETAILS = ("hours", "phone_outside")
"""What says nothing without one of the others."""


def _contact(table: Table, sources: Sources) -> Contact:
    table.only(*_DETAILS, *_MORE_DETAILS, "source", "source_of")
    if not any(key in table.values for key in _DETAILS):
        table.fail(f"one of {', '.join(_DETAILS)} is needed; leave a contact without any out")
    others = table.table("source_of")
    others.only(*(key for key in (*_DETAILS, *_MORE_DETAILS) if key in table.values))
    if "phone_outside" in table.values and "phone" not in table.values:
        table.fail("a number for callers from elsewhere stands beside one for the others", "phone")
    return Contact(
        hours=table.optional_text("hours"),
        source_of={name: sources[others.one_of(name, tuple(sources))] for name in others.values},
        website=web_address(table, "website") if "website" in table.values else None,
        phone=phone_of(table),
        phone_outside=phone_of(table, "phone_outside"),
        email=email_of(table),
        source=source_of(table, sources),
    )


def load_words(file: Table) -> Mapping[str, str]:
    """The words for each value of a fixed list, by value."""
    words = {}
    for name, table in file.tables_by_id():
        table.only("text")
        words[name] = table.text("text")
    return words


def load_supports(
    file: Table,
    sources: Sources,
    forms: tuple[str, ...],
    certainties: tuple[str, ...],
    wants: tuple[str, ...],
) -> Mapping[str, Support]:
    """The kinds of help by id, in the order shown; `wants` are the answers that can order them."""
    return {
        name: _support(name, table, sources, forms=forms, certainties=certainties, wants=wants)
        for name, table in file.tables_by_id()
    }


def _support(
    name: str,
    table: Table,
    sources: Sources,
    *,
    forms: tuple[str, ...],
    certainties: tuple[str, ...],
    wants: tuple[str, ...],
) -> Support:
    table.only(
        *("label", "text", "form", "certainty", "wanted_by", "after_wanted", "source", "variant"),
        *("private", "amounts_note"),
    )
    return Support(
        id=name,
        label=table.text("label"),
        text=table.text("text"),
        form=table.at_least_one_of("form", forms),
        certainty=table.one_of("certainty", certainties),
        wanted_by=table.some_of("wanted_by", wants),
        source=source_of(table, sources),
        after_wanted=table.flag("after_wanted"),
        variants=_variants(table, "label"),
        private=table.flag("private"),
        amounts_note=table.optional_text("amounts_note"),
    )


def _variants(table: Table, more: str) -> Mapping[str, Wording]:
    """The texts among which a rule chooses; each may have one more key, a text too."""
    variants = {}
    for name, each in table.table("variant").tables():
        each.only("text", more, "amount", "private")
        variants[name] = Wording(
            text=each.text("text"),
            label=each.text("label") if more == "label" else None,
            short=each.optional_text("short"),
            amount=_amount_id(each, each.text("text")),
            private=each.flag("private"),
        )
    return variants


def _amount_id(table: Table, text: str) -> str | None:
    """The id of the figure in a text: one where the text has {amount}, else none."""
    wanted = text.count("{amount}")
    named = "amount" in table.values
    if wanted != named:
        key = "text" if named else "amount"
        table.fail("an amount is named where the text has {amount} once, and only there", key)
    return table.id("amount") if wanted else None


def load_amounts(
    file: Table,
    sources: Sources,
    organisations: tuple[str, ...],
    supports: tuple[str, ...],
    vocabulary: Vocabulary,
) -> tuple[Amount, ...]:
    """The amounts. Only a source of confidence "H" may carry a figure."""
    return tuple(
        _amount(name, table, sources, organisations, supports, vocabulary=vocabulary)
        for name, table in file.tables_by_id()
    )


def _amount(
    name: str,
    table: Table,
    sources: Sources,
    organisations: tuple[str, ...],
    supports: tuple[str, ...],
    *,
    vocabulary: Vocabulary,
) -> Amount:
    table.only("support", "organisation", "rule", "when", "scheme", "up_to_eur", "text", "source")
    if ("rule" in table.values) == ("when" in table.values):
        table.fail("either `when` or `rule` is needed, and not both")
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
        rule=table.id("rule") if "rule" in table.values else None,
        when=parse(table.table("when"), vocabulary),
        scheme=table.text("scheme"),
        up_to_eur=table.whole_number("up_to_eur"),
        text=text,
        source=source,
    )


_SITUATION_FLAGS = ("few_cards", "with_stop")


def load_situations(file: Table, sources: Sources) -> Mapping[str, Outcome]:
    """The texts about the situation, in the order shown."""
    file.only("situation", "step", "bring", "check")
    situations = {}
    for name, table in file.table("situation").tables_by_id():
        table.only("text", "short", "amount", "sources", "variant", "private", *_SITUATION_FLAGS)
        variants = _variants(table, "short")
        text = "" if variants and "text" not in table.values else table.text("text")
        situations[name] = Outcome(
            id=name,
            private=table.flag("private"),
            text=text,
            short=table.optional_text("short"),
            amount=_amount_id(table, text),
            sources=_sources(table, sources),
            variants=variants,
            few_cards=table.flag("few_cards"),
            with_stop=table.flag("with_stop"),
        )
    return situations


def load_steps(
    file: Table, sources: Sources, reachable: tuple[str, ...], roles: Mapping[str, Role]
) -> Mapping[str, Outcome]:
    """The next steps, in the order shown; `reachable` are those that a step can name as contact."""
    return {
        name: _step(name, table, sources, reachable, roles)
        for name, table in file.table("step").tables_by_id()
    }


def _step(
    name: str,
    table: Table,
    sources: Sources,
    reachable: tuple[str, ...],
    roles: Mapping[str, Role],
) -> Outcome:
    # `text` and `contact` are how a step was written before it had parts: a former policy has them.
    former = "text" in table.values
    if former:
        table.only("text", "contact")
        named = "contact" in table.values
        contacts = (table.one_of("contact", reachable),) if named else ()
        return Outcome(name, table.text("text"), contacts)
    table.only("do", "more", "who", "fold", "contacts", "contacts_in_role", "sources", "private")
    in_role = "contacts_in_role" in table.values
    return Outcome(
        id=name,
        private=table.flag("private"),
        text=table.text("do"),
        more=table.text("more"),
        who=table.text("who"),
        fold=table.optional_text("fold"),
        contacts=table.some_of("contacts", reachable),
        contacts_in_role=table.one_of("contacts_in_role", tuple(roles)) if in_role else None,
        sources=_sources(table, sources),
    )


def _sources(table: Table, sources: Sources) -> tuple[Source, ...]:
    return tuple(sources[each] for each in table.some_of("sources", tuple(sources)))


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

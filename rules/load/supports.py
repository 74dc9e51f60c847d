"""Load the kinds of help, and the amounts that are said beside them."""

from __future__ import annotations

from collections.abc import Mapping

from questions.conditions import Vocabulary, parse
from questions.toml_reader import Table
from rules.load.sources import Sources, source_of, sure_source_of
from rules.load.wordings import variants_of
from rules.model import Amount, Support


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
        variants=variants_of(table, "label"),
        private=table.flag("private"),
        amounts_note=table.optional_text("amounts_note"),
    )


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
        source=sure_source_of(table, sources, "a figure"),
    )

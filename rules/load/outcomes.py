"""Load what a result says: the situations and the next steps."""

from __future__ import annotations

from collections.abc import Mapping

from questions.toml_reader import Table
from rules.load.sources import Sources, sources_of
from rules.load.wordings import amount_id_of, variants_of
from rules.model import Outcome, Role

_SITUATION_FLAGS = ("few_cards", "with_stop")


def load_situations(file: Table, sources: Sources) -> Mapping[str, Outcome]:
    """The texts about the situation, in the order shown."""
    file.only("situation", "step", "bring", "check")
    situations = {}
    for name, table in file.table("situation").tables_by_id():
        table.only("text", "short", "amount", "sources", "variant", "private", *_SITUATION_FLAGS)
        variants = variants_of(table, "short")
        text = "" if variants and "text" not in table.values else table.text("text")
        situations[name] = Outcome(
            id=name,
            private=table.flag("private"),
            text=text,
            short=table.optional_text("short"),
            amount=amount_id_of(table, text),
            sources=sources_of(table, sources),
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
        sources=sources_of(table, sources),
    )

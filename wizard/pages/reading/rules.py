"""Every rule, on a page for each kind, with its source and the questions that it reads.

On one page, all of it weighed more than somebody on a slow line can wait for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from rules.model import (
    AdviseStep,
    AssignRole,
    Conclusion,
    DeriveFact,
    DescribeSituation,
    OfferSupport,
    Rule,
    SetCertainty,
)
from wizard.flowchart.chart import rule_reads
from wizard.i18n.languages import current
from wizard.i18n.texts import N_
from wizard.pages.blueprint import pages
from wizard.policy_in_force import decider
from wizard.presenters.result import Reason, presenter
from wizard.templating.page_cache import cached_page

_KEPT = 32
"""How many pages the cache holds, the last that were asked for."""


@dataclass(frozen=True)
class Kind:
    """The rules that conclude the same kind of thing."""

    id: str
    label: str
    """In English, to be translated."""
    of: tuple[type[Conclusion], ...]


KINDS: Mapping[str, Kind] = {
    each.id: each
    for each in (
        Kind("situation", N_("What this means"), (DescribeSituation,)),
        Kind("steps", N_("Do this now"), (AdviseStep,)),
        Kind("organisations", N_("Who can help"), (AssignRole,)),
        Kind("help", N_("Possible help"), (OfferSupport, SetCertainty)),
        Kind("facts", N_("What the rules find out first"), (DeriveFact,)),
    )
}
"""In the order of a result."""


@pages.get("/<lang>/rules")
@cached_page(most=_KEPT)
def rule_book() -> str:
    """Which kinds of rules there are."""
    groups = [(kind, _reasons(kind)) for kind in KINDS.values()]
    return render_template("reading/rules.html", policy=decider().policy, groups=groups)


@pages.get("/<lang>/rules/<kind>")
def rules_of_kind(kind: str) -> ResponseReturnValue:
    """The rules of one kind, each with its source and the questions that it reads."""
    if kind not in KINDS:
        abort(404)
    return _kind_page(kind)


@cached_page(most=_KEPT)
def _kind_page(name: str) -> str:
    kind = KINDS[name]
    return render_template(
        "reading/rules_of_kind.html",
        kind=kind,
        reasons=_reasons(kind),
        reads=rule_reads(current()),
    )


def rule_addresses() -> Mapping[str, str]:
    """Where each rule stands with its source, by its id."""
    return {
        rule.id: url_for("pages.rules_of_kind", kind=kind.id, _anchor=f"rule-{rule.id}")
        for kind in KINDS.values()
        for rule in decider().policy.rules
        if _is_of(rule, kind)
    }


def _reasons(kind: Kind) -> tuple[Reason, ...]:
    rules = (rule for rule in decider().policy.rules if _is_of(rule, kind))
    return presenter(current()).reasons(rule.id for rule in rules)


def _is_of(rule: Rule, kind: Kind) -> bool:
    return isinstance(rule.then, kind.of)

"""``stale``: what must be checked again, and whom to ask."""

from __future__ import annotations

from datetime import date, datetime

import click

from rules import Policy, load_policy
from rules.country_facts import may_be_over
from rules.history.revisions import policy_at
from rules.stale import Due, stale
from wizard.i18n.cldr import long_date
from wizard.i18n.countries import country_name
from wizard.i18n.languages import languages
from wizard.presenters.country import DUTCH


@click.command("stale")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to look at (today).")
@click.option("--policy", "revision", help="A folder or git revision (the policy of this code).")
@click.option("--due", "only_due", is_flag=True, help="Only what is due on that day.")
@click.option("--letter", is_flag=True, help="The questions that only VWN can answer, in Dutch.")
def stale_command(on: datetime | None, revision: str | None, only_due: bool, letter: bool) -> None:
    """List every source, contact, dated fact and place by the day on which to check it again.

    With --letter: a letter with the questions to VWN.
    """
    policy = policy_at(revision) if revision else load_policy()
    day = on.date() if on else date.today()
    click.echo("\n".join(_letter(policy, day) if letter else _table(policy, day, only_due)))


def _table(policy: Policy, on: date, only_due: bool) -> list[str]:
    every = stale(policy)
    due = [each for each in every if each.is_due(on)]
    return [
        f"{len(every)} things to check again, {len(due)} of them due on {on}.",
        "",
        f"{'due':<10}  {'days old':>8}  what",
        *(line for each in (due if only_due else every) for line in _row(each, on)),
    ]


def _row(each: Due, on: date) -> list[str]:
    mark = "DUE" if each.is_due(on) else ""
    lines = [
        f"{each.due}  {each.age(on):>8}  {each.what} {mark}".rstrip(),
        f"{'':<20}  check: {each.check}",
        f"{'':<20}  ask: {each.ask}",
        f"{'':<20}  {each.url}",
    ]
    return [*lines, f"{'':<20}  note: {each.note}"] if each.note else lines


_OPENING = """\
Aan: VluchtelingenWerk Nederland (VWN)
Datum: {today}

Onderwerp: vragen over de Terugkeerwijzer

Beste collega,

De Terugkeerwijzer is een vragenlijst voor mensen van wie de asielaanvraag is afgewezen, of die
over terugkeer nadenken. Alles wat er staat komt uit openbare bronnen. Op deze vragen kan alleen
VWN antwoord geven. Tot we het weten, sturen we mensen voor een antwoord naar VWN.

1. De lijst van landen
   - Welke landen vindt VWN nu niet veilig om naar terug te gaan?
   - Van welke dag is die lijst, mogen we hem tonen, en hoe vaak verandert hij?
   - Wie helpt mensen dan wel, als VWN niet helpt?
   Nu staan er {views} landen met een standpunt van VWN in de Terugkeerwijzer.

2. Het loket voor terugkeer
   - Op welk telefoonnummer en e-mailadres kunnen mensen vragen stellen over terugkeer?
   - Waar en wanneer kunnen ze langskomen, ook zonder vergunning?
   - Welk project loopt nu, tot wanneer, en voor wie?

3. De landenpagina's van RefugeeHelp
   - Van welke landen is er een pagina over terugkeer, en op welk adres?
   - Wij zagen alleen die over Oeganda. Klopt die nog, ook de bedragen?

4. De video
   - Op welk adres staat de video over hoe VWN helpt bij terugkeer?
   - In welke talen is hij er, en mogen we ernaar verwijzen?
"""
_CLOSING = """\
Een kort antwoord per vraag is genoeg. Zet er graag bij van welke dag het is.

Met vriendelijke groet,
"""


def _letter(policy: Policy, on: date) -> list[str]:
    opening = _OPENING.format(today=long_date(on, DUTCH), views=len(policy.countries.views))
    return [
        *opening.splitlines(),
        "",
        "5. Partners van VWN",
        "   Werkt VWN nog met een partner in deze landen? Wij zagen dat alleen in oudere bronnen:",
        *(f"   - {line}" for line in _partners(policy)),
        "",
        "6. Een stop op besluiten of terugkeer",
        "   Weet VWN of deze maatregelen verlengd of gestopt zijn?",
        *(f"   - {line}" for line in _stops(policy, on)),
        "",
        "7. Loketten van VWN",
        "   Zijn deze er nog, voor wie, en wanneer zijn ze open?",
        *(f"   - {line}" for line in _desks(policy)),
        "",
        *_CLOSING.splitlines(),
    ]


def _name(code: str) -> str:
    return country_name(code, languages()[DUTCH])


def _partners(policy: Policy) -> list[str]:
    """Every country for which VWN itself is named."""
    known = policy.country_facts.items()
    return [
        f"{_name(code)} ({fact.source.published or 'zonder datum'})"
        for code, country in known
        for fact in country.facts
        if fact.organisation == _vwn(policy)
    ]


def _vwn(policy: Policy) -> str:
    """The first of the organisations: they stand in the order in which people are sent to them."""
    return next(iter(policy.organisations))


def _stops(policy: Policy, on: date) -> list[str]:
    return sorted(
        {
            f"{_name(code)}: van {long_date(fact.from_, DUTCH)} tot {long_date(fact.until, DUTCH)}"
            for code, country in policy.country_facts.items()
            for fact in country.facts
            if fact.from_ and fact.until and may_be_over(fact, on)
        }
    )


def _desks(policy: Policy) -> list[str]:
    """The desks that carry VWN's name."""
    name = policy.organisations[_vwn(policy)].name
    return [
        f"{place.name}, {place.town} ({place.year or 'zonder jaar'})"
        for place in policy.reading.places
        if place.town and f"({name})" in place.name
    ]

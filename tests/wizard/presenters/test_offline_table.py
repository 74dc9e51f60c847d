"""Without a network the browser decides what the server decides."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from rules import Decision, default_decider
from tests.support.answers.answer_sets import random_answers
from tests.support.answers.situations import SITUATIONS
from wizard.i18n.languages import languages
from wizard.presenters.country import FactLine
from wizard.presenters.letter import Letter, LetterStep, LetterWriter
from wizard.presenters.offline_table import offline_bundle
from wizard.presenters.result import Presenter
from wizard.web.static_files import STATIC

TODAY = date(2026, 11, 30)
COMPARED = [
    pytest.param(1_500, id="short"),
    pytest.param(10_000, id="long", marks=pytest.mark.slow),
]
SCRIPT = Path(__file__).with_name("decide_all.mjs")
LETTERS = Path(__file__).with_name("letters.mjs")


@pytest.fixture(scope="module")
def table(app: Flask) -> dict[str, Any]:
    with app.test_request_context("/"):
        return json.loads(offline_bundle(default_decider(), languages()["en"], TODAY))


def test_what_is_no_reason_for_a_result_is_none_without_a_network_either(
    table: dict[str, Any],
) -> None:
    silent = [rule.id for rule in default_decider().policy.rules if rule.silent]
    assert "urgent_not" in silent
    assert table["silent"] == silent


def in_the_browser(table: dict[str, Any], sets: list[Any]) -> list[dict[str, Any]]:
    """What the page's own script decides, run by Node."""
    return by_node([str(SCRIPT), str(STATIC / "offline" / "decide.js")], table, sets)


def by_node(script: list[str], table: dict[str, Any], sets: list[Any]) -> list[dict[str, Any]]:
    """What the script makes of each set of answers."""
    node = shutil.which("node")
    assert node, "Node is needed to run the page's script"
    given = json.dumps({"table": table, "sets": sets})
    made = subprocess.run(
        [node, *script],
        input=given,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in made.stdout.splitlines()]


def on_the_server(decision: Decision) -> dict[str, Any]:
    """The server's decision in the same form."""
    if decision.next_question:
        return {"next": decision.next_question}
    return {
        "stage": decision.stage,
        "country_view": decision.country_view,
        "nationality_group": decision.nationality_group,
        "situation": [
            {"id": e.id, "because": list(e.because), "variant": e.variant}
            for e in decision.situation
        ],
        "organisations": [
            {"id": e.id, "role": e.role, "because": list(e.because), "variant": e.variant}
            for e in decision.organisations
        ],
        "supports": [
            {
                "id": e.id,
                "form": list(e.form),
                "certainty": e.certainty,
                "by": list(e.by),
                "max_eur": e.max_eur,
                "because": list(e.because),
                "variant": e.variant,
                "amounts": list(e.amounts),
            }
            for e in decision.supports
        ],
        "next_steps": [
            {"id": e.id, "because": list(e.because), "contacts": list(e.contacts)}
            for e in decision.next_steps
        ],
        "places": list(decision.places),
        "rules": list(decision.fired),
    }


@pytest.mark.parametrize("people", COMPARED)
def test_thousands_of_people_get_the_same_without_a_network(
    table: dict[str, Any], people: int
) -> None:
    rng = random.Random(50)
    sets = [random_answers(rng) for _ in range(people)]
    browser = in_the_browser(table, sets)
    # The reference interpreter is quick; the proof shows that it fires as durable_rules does.
    decider = default_decider()
    compiled = decider.compiled(TODAY)
    assert len(browser) == people
    for given, decided in zip(sets, browser, strict=True):
        answers = decider.path(given).answers
        assert decided == on_the_server(compiled.conclude(answers, compiled.plain)), given


def test_an_unfinished_path_asks_the_same_question(table: dict[str, Any]) -> None:
    rng = random.Random(51)
    sets = []
    for _ in range(2000):
        given = random_answers(rng)
        cut = rng.randrange(len(given))
        sets.append(dict(list(given.items())[:cut]))
    browser = in_the_browser(table, sets)
    decider = default_decider()
    for given, decided in zip(sets, browser, strict=True):
        assert decided == on_the_server(decider.decide(given, TODAY)), given
    assert sum("next" in decided for decided in browser) > 1000


def test_a_table_with_another_rule_gives_another_result(table: dict[str, Any]) -> None:
    """The comparison would find a difference."""
    broken = json.loads(json.dumps(table))
    (production,) = [each for each in broken["productions"] if each["rule"] == "dtv_forced"]
    production["when"] = ["any"]
    rng = random.Random(52)
    sets = [random_answers(rng) for _ in range(200)]
    assert in_the_browser(broken, sets) != in_the_browser(table, sets)


def step_lines(steps: Iterable[LetterStep]) -> list[list[Any]]:
    return [[each.step.id, each.who or "", [one.id for one in each.reach]] for each in steps]


def written(letter: Letter) -> dict[str, Any]:
    """The server's letter in the form of the browser's."""
    return {
        "meaning": {
            "first": letter.meaning,
            "short": list(letter.short_meanings),
            "more": list(letter.more_meanings),
        },
        "steps": step_lines(letter.steps),
        "later": step_lines(letter.later_steps),
        "cards": [[each.card.id, each.reach.id if each.reach else None] for each in letter.cards],
        "supports": [each.id for each in letter.supports],
        "country": letter.country
        and {
            "name": letter.country.name,
            "stop": [line_of(each) for each in letter.country.stop],
            "lines": [line_of(each) for each in letter.country.brief],
        },
        "bring": list(letter.bring),
        "moreToBring": list(letter.more_to_bring),
        "dutch": {name: line.dutch for name, line in letter.dutch_at.items()},
    }


def line_of(line: FactLine) -> list[str]:
    readable = [each.text for each in line.wordings if not each.is_foreign]
    if not readable:
        return [line.around[0].striptags(), ""]
    return [readable[0], line.source.published[:4] if line.source.published else "Year unknown"]


@pytest.mark.parametrize("people", [pytest.param(300, id="short")])
def test_without_a_network_everybody_gets_the_same_letter_in_the_same_order(
    table: dict[str, Any], people: int
) -> None:
    rng, decider, language = random.Random(53), default_decider(), languages()["en"]
    given = [*SITUATIONS.values(), *(random_answers(rng) for _ in range(people))]
    sets = [dict(decider.path(each).answers) for each in given]
    read = by_node([str(LETTERS), str(STATIC)], table, sets)
    compiled, says = decider.compiled(TODAY), Presenter(decider.policy, language)
    write = LetterWriter(decider.policy, language).letter
    for answers, letter in zip(sets, read, strict=True):
        decision = compiled.conclude(answers, compiled.plain)
        if decision.next_question is None:
            expected = write(says.result(decision), answers, decision, TODAY)
            assert letter == written(expected), answers

"""Without a network the browser decides what the server decides."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from rules import Decision, default_decider
from tests.support.answers.answer_sets import random_answers
from wizard.i18n.languages import languages
from wizard.presenters.offline_table import offline_bundle
from wizard.web.static_files import STATIC

TODAY = date(2026, 11, 30)
COMPARED = [
    pytest.param(1_500, id="short"),
    pytest.param(10_000, id="long", marks=pytest.mark.slow),
]
SCRIPT = Path(__file__).with_name("decide_all.mjs")


@pytest.fixture(scope="module")
def table(app: Flask) -> dict[str, Any]:
    with app.test_request_context("/"):
        return json.loads(offline_bundle(default_decider(), languages()["en"], TODAY))


def in_the_browser(table: dict[str, Any], sets: list[Any]) -> list[dict[str, Any]]:
    """What the page's own script decides, run by Node."""
    node = shutil.which("node")
    assert node, "Node is needed to run the page's script"
    given = json.dumps({"table": table, "sets": sets})
    made = subprocess.run(
        [node, str(SCRIPT), str(STATIC / "offline" / "decide.js")],
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

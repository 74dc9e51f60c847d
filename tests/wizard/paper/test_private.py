"""Paper, message and the page of a code tell nothing of a person that they did not tick."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from flask import Flask

from rules import Decision, default_decider
from rules.load.policy import load_policy
from tests.support.answers.answer_sets import random_answers
from tests.support.journeys import DECIDED, FORCED, ROUTES, THINKING, Route, as_list
from tests.support.page_client import PageClient
from tests.wizard.paper.test_paper import LONGEST, NewClient, printed_page, tool, with_answers
from wizard.i18n.languages import Language, languages
from wizard.i18n.texts import texts_of
from wizard.paper.private import PrivateLine, private_keys, private_lines
from wizard.presenters.result import presenter

POLICY = load_policy()
VICTIM: Route = {**DECIDED, "country": "RO", "circumstances": ["trafficking"]}
"""From the EU: only the help for victims is left."""
ROTTERDAM: Route = {**DECIDED, "residence": "rotterdam", "circumstances": ["none"]}
FORCED_AT_HOME: Route = {**FORCED, "residence": "elsewhere", "new_facts": ["new"]}
AFRAID: Route = {**DECIDED, "new_facts": ["afraid"]}
SENSITIVE: tuple[Route, ...] = (
    *(FORCED, THINKING, LONGEST, DECIDED),
    *(VICTIM, ROTTERDAM, FORCED_AT_HOME, AFRAID),
)
LANGUAGES = tuple(languages())
DRAWN = [
    lang if lang in ("nl", "ar", "ti") else pytest.param(lang, marks=pytest.mark.slow)
    for lang in LANGUAGES
]
"""Drawing takes long. What is drawn is looked at in every language, before it is drawn."""


@cache
def flagged() -> frozenset[str]:
    """The id of everything that the policy marks, with the variant where only that is marked."""
    found = {f"situation.{name}" for name, each in POLICY.situations.items() if each.private}
    found |= {f"step.{name}" for name, each in POLICY.steps.items() if each.private}
    found |= {f"support.{name}" for name, each in POLICY.supports.items() if each.private}
    for kind, known in (("situation", POLICY.situations), ("support", POLICY.supports)):
        for name, each in known.items():
            found |= {f"{kind}.{name}:{v}" for v, said in each.variants.items() if said.private}
    for name, organisation in POLICY.organisations.items():
        found |= {f"organisation.{name}:{role}" for role in organisation.private_roles}
    return frozenset(found)


def met(decision: Decision) -> Iterator[str]:
    """What of it a decision has."""
    for finding in decision.situation:
        yield from (f"situation.{finding.id}", f"situation.{finding.id}:{finding.variant}")
    yield from (f"step.{finding.id}" for finding in decision.next_steps)
    for each in decision.organisations:
        role = f"{each.role}.{each.variant}" if each.variant else each.role
        yield f"organisation.{each.id}:{role}"
    for offer in decision.supports:
        yield from (f"support.{offer.id}", f"support.{offer.id}:{offer.variant}")


@cache
def decided(number: int) -> Decision:
    return default_decider().decide(SENSITIVE[number], date.today())


def told_by(number: int) -> tuple[str, ...]:
    return tuple(private_keys(POLICY, decided(number)))


def lines_in(app: Flask, number: int, lang: str) -> tuple[PrivateLine, ...]:
    """The private lines in the words of a language, as short as a paper says them."""
    language = languages()[lang]
    with app.test_request_context(f"/{lang}/"):
        lines = private_lines(POLICY, decided(number), presenter(language))
    return tuple(PrivateLine(line.key, _least(line, language)) for line in lines)


def _least(line: PrivateLine, language: Language) -> str:
    kind, _, name = line.key.partition(".")
    if kind == "step":
        return texts_of(language).gettext(POLICY.steps[name].text)
    label, _, text = line.text.partition(": ")
    return {"support": label, "organisation": text}.get(kind, line.text)


@dataclass(frozen=True)
class Carried:
    """What somebody takes along, as others can read it."""

    message: str
    paper: str

    def holds(self, text: str) -> bool:
        return readable(text) in self.paper or readable(text) in self.message


def readable(text: str) -> str:
    """What a text says, whatever stands between its words and letters."""
    letters = unicodedata.normalize("NFKC", text)
    return "".join(each for each in letters if each.isalnum())


def carried(client: PageClient, monkeypatch: pytest.MonkeyPatch, *private: str) -> Carried:
    """What is taken along with these lines ticked."""
    data = {"second": "", "private": list(private)}
    for_message = {**data, "message": "1"}
    assert client.redirect_of_post(client.url("paper"), for_message) == client.url("paper")
    text = client.get(client.url("paper")).document.one("textarea").text
    client.redirect_of_post(client.url("paper"), data)
    return Carried(readable(text), readable(printed_page(client, monkeypatch)))


def test_every_id_that_tells_something_is_met_by_the_answers_below() -> None:
    found = {name for number in range(len(SENSITIVE)) for name in met(decided(number))}
    assert flagged() - found == set()


@pytest.mark.parametrize("number", range(len(SENSITIVE)))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_that_tells_something_is_carried_unless_it_was_ticked(
    new_client: NewClient, app: Flask, lang: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = with_answers(new_client(lang), SENSITIVE[number])
    lines = lines_in(app, number, lang)
    assert lines
    found = carried(client, monkeypatch)
    assert [line.key for line in lines if found.holds(line.text)] == []
    client.redirect_of_post(client.url("case/code"))
    code = readable(client.get(client.url("case/code")).document.text)
    assert [line.key for line in lines if readable(line.text) in code] == []
    for name, point in POLICY.contacts.items():
        details = (point.name, point.contact.phone, point.contact.email)
        assert not point.private or not any(d and found.holds(d) for d in details), name


@pytest.mark.parametrize("number", range(len(SENSITIVE)))
@pytest.mark.parametrize("lang", ["en", "nl", "ar"])
def test_a_ticked_line_is_carried_and_no_other_one(
    new_client: NewClient, app: Flask, lang: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = with_answers(new_client(lang), SENSITIVE[number])
    lines = lines_in(app, number, lang)
    for ticked in lines:
        found = carried(client, monkeypatch, ticked.key)
        assert readable(ticked.text) in found.paper, ticked.key
        assert readable(ticked.text) in found.message, ticked.key
        # The name of a help is two words, which a step says too.
        others = [line for line in lines if not line.key.startswith("support.")]
        assert [o.key for o in others if o != ticked and found.holds(o.text)] == [], ticked.key


@pytest.mark.parametrize("lang", DRAWN)
def test_the_drawn_paper_holds_a_line_that_tells_something_only_if_it_was_ticked(
    new_client: NewClient, lang: str
) -> None:
    client = with_answers(new_client(lang), FORCED)
    number = POLICY.contacts["comensha"].contact.phone
    assert number
    plain = drawn(client)
    assert number not in plain
    assert POLICY.contacts["detention_line"].name not in plain
    ticked = drawn(client, "step.tell_trafficking")
    assert number in ticked
    assert POLICY.contacts["detention_line"].name not in ticked


def test_who_calls_the_help_line_from_outside_detention_finds_its_other_number(
    new_client: NewClient,
) -> None:
    client = with_answers(new_client("en"), FORCED)
    number = POLICY.contacts["detention_line"].contact.phone_outside
    assert number
    assert client.get(client.url("result")).main.text.count(number) == 1
    paper = drawn(client, "step.detention_help")
    assert f"{number} (Phone from outside, Last known: 2020)" in paper


def drawn(client: PageClient, *private: str) -> str:
    """The text of the PDF: numbers and names, which every tool reads in every language."""
    client.redirect_of_post(client.url("paper"), {"second": "", "private": list(private)})
    made = client.http.get(client.url("paper/pdf"))
    assert made.mimetype == "application/pdf"
    return " ".join(tool("pdftotext", made.get_data(), "-raw", "-", "-").split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_is_left_out_is_not_named_as_giving_help_either(
    new_client: NewClient, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = with_answers(new_client(lang), ROTTERDAM)
    only_there = POLICY.organisations["ros"].name
    assert not carried(client, monkeypatch).holds(only_there)
    assert carried(client, monkeypatch, "organisation.ros").holds(only_there)


OFTEN_MET = 60
"""Of 600 random sets of answers: what is rarer can miss the few without a sensitive one."""
SENSITIVE_ANSWERS = frozenset(
    {
        ("new_facts", "afraid"),
        ("household", "minor_alone"),
        ("circumstances", "health"),
        ("circumstances", "trafficking"),
        ("residence", "detention"),
        ("arranged", "yes"),
    }
)


def test_what_only_a_sensitive_answer_brings_is_marked_in_the_policy() -> None:
    dice, met_with, met_without = random.Random(17), Counter[str](), set[str]()
    for _ in range(600):
        answers = random_answers(dice)
        decision = default_decider().decide(answers, date.today())
        given = {
            (name, option)
            for name, answer in answers.items()
            if name not in decision.ignored
            for option in as_list(answer)
        }
        shown = set(met(decision)) - flagged()
        if given & SENSITIVE_ANSWERS:
            met_with.update(shown)
        else:
            met_without |= shown
    only = {name for name, times in met_with.items() if times >= OFTEN_MET} - met_without
    marked = {name.partition(":")[0] for name in flagged() if ":" not in name}
    assert {name for name in only if name.partition(":")[0] not in marked} == set()


@pytest.mark.parametrize("circumstance", ["trafficking", "health"])
def test_a_step_that_others_get_too_stays_without_its_reason(
    new_client: NewClient, circumstance: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = {**DECIDED, "new_facts": ["new"]}
    said = {
        carried(with_answers(new_client(), {**route, "circumstances": [each]}), monkeypatch)
        for each in ("none", circumstance)
    }
    assert len(said) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_message_has_at_most_five_lines(new_client: NewClient, lang: str) -> None:
    for route in ROUTES.values():
        page = with_answers(new_client(lang), route).get(f"/{lang}/paper")
        for text in page.document.all("textarea"):
            assert len(text.text.strip().splitlines()) <= 5


def test_the_page_says_what_can_be_guessed_and_never_that_there_is_nothing(
    client: PageClient,
) -> None:
    text = with_answers(client, FORCED).get(client.url("paper")).main.text
    assert "somebody can still guess something about you" in text
    assert "none of your answers" not in text


def test_what_was_ticked_is_shown_once(client: PageClient) -> None:
    with_answers(client, FORCED)
    data = {"second": "", "private": ["step.tell_trafficking"], "message": "1"}
    client.redirect_of_post(client.url("paper"), data)
    assert "step.tell_trafficking" in client.get(client.url("paper")).chosen()
    assert "step.tell_trafficking" not in client.get(client.url("paper")).chosen()

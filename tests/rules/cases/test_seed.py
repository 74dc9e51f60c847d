"""Each sentence of the seed reaches the people whom it is for, or it is said why not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from rules import default_decider
from rules.model import AdviseStep, Conclusion, DescribeSituation, OfferSupport
from rules.model import AssignRole as Assign

POLICY = default_decider().policy
SENTENCES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("seed.toml").read_text(encoding="utf-8")
)["sentence"]


def texts_of(place: str) -> str:
    """What stands there, as one text. Raises `KeyError` for a place that there is not."""
    kind, _, name = place.partition(".")
    name, _, part = name.partition(".")
    match kind:
        case "situation":
            return POLICY.situations[name].wording(part or None).text
        case "step":
            step = POLICY.steps[name]
            texts = {"": step.text, "more": step.more, "who": step.who, "fold": step.fold}
            return texts[part] or ""
        case "support":
            return POLICY.supports[name].wording(part or None).text
        case "organisation":
            known = POLICY.organisations[name]
            names = (known.name, known.full_name or "", known.what)
            return known.role_texts[part] if part else " ".join(names)
        case "rule":
            return POLICY.rule_by_id[name].statement
        case "amount":
            return POLICY.amount_by_id[name].text
        case "bring":
            return {each.id: each.text for each in POLICY.checklist}[name]
        case "asked":
            return " ".join({each.id: each.answer for each in POLICY.reading.asked}[name])
        case "source":
            return POLICY.sources[name].published or ""
    raise KeyError(place)


def concluded(conclusion: Conclusion) -> Iterator[str]:
    """The places that somebody comes to by this conclusion."""
    match conclusion:
        case DescribeSituation(name, variant):
            yield f"situation.{name}" + (f".{variant}" if variant else "")
        case AdviseStep(name):
            yield f"step.{name}"
        case OfferSupport() as offer:
            yield f"support.{offer.support}" + (f".{offer.variant}" if offer.variant else "")
        case Assign() as given:
            for name in given.organisations:
                yield from (f"organisation.{name}", f"organisation.{name}.{given.role}")


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda each: each["says"][:50])
def test_a_sentence_of_the_seed_stands_where_it_is_said_to_stand(
    app: Flask, sentence: dict[str, Any]
):
    assert sentence["in"] or sentence["why"]
    pages = {rule.endpoint for rule in app.url_map.iter_rules()}
    for place in sentence["in"]:
        kind, _, name = place.partition(".")
        if kind == "page":
            assert f"pages.{name}" in pages
            continue
        text = texts_of(place)
        # Where the words differ from text to text, `why` says what stands there.
        assert text if "has" not in sentence else sentence["has"] in text, place


def test_every_text_that_carries_the_seed_is_concluded_by_some_rule():
    reached = {place for rule in POLICY.rules for place in concluded(rule.then)}
    for sentence in SENTENCES:
        for place in sentence["in"]:
            kind, name = place.split(".")[:2]
            if kind in ("situation", "support", "organisation"):
                assert place in reached, place
            if kind == "step":
                assert f"step.{name}" in reached, place


def test_no_sentence_stands_twice_and_none_is_left_out():
    said = [each["says"] for each in SENTENCES]
    assert len(set(said)) == len(said) == 32

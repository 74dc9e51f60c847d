"""A sum is written as the language writes it, wherever it stands."""

from __future__ import annotations

import pytest
from flask import Flask

from rules import default_decider
from tests.support.journeys import DECIDED
from tests.support.page_client import PageClient
from wizard.i18n.cldr import euros
from wizard.i18n.languages import languages


@pytest.mark.parametrize("place", ["result", "result/why", "compare"])
@pytest.mark.parametrize("tag", list(languages()))
def test_no_page_writes_a_sum_in_another_way_than_its_language(app: Flask, tag: str, place: str):
    client = PageClient(app, tag)
    client.answer_all(DECIDED)
    text = client.get(f"/{tag}/{place}").html
    for amount in default_decider().policy.amounts:
        text = text.replace(euros(amount.up_to_eur, tag), "")
    assert "\u20ac" not in text

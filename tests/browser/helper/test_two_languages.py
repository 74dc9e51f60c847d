"""Two languages at once: the social worker reads Dutch, the client their own language."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import VisitorMaker
from tests.support.journeys import DECIDED
from wizard.i18n.languages import languages


@pytest.mark.parametrize("second", ["ar", "ti"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_question_and_the_result_stand_in_both(
    new_visitor: VisitorMaker, second: str, width: int
) -> None:
    visitor = new_visitor("nl", width=width)
    visitor.go("")
    visitor.page.locator(".languages summary").click()
    visitor.page.locator("#second").select_option(second)
    with visitor.page.expect_navigation():
        visitor.page.locator(".languages form button").click()
    assert visitor.path == "/nl/"
    visitor.go("check/asylum_decision")
    for question, answer in DECIDED.items():
        beside = visitor.page.locator(f"main h1 .second[lang={second}]")
        expect(beside).to_have_attribute("dir", languages()[second].direction)
        visitor.look()
        visitor.answer(question, answer)
    visitor.look()
    expect(visitor.page.locator(f".steps > li > .two > [lang={second}]")).not_to_have_count(0)


def test_the_language_is_changed_half_way_and_nothing_is_lost(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor("nl")
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go("check/residence")
    visitor.page.locator(".languages summary").click()
    with visitor.page.expect_navigation():
        visitor.page.locator(".languages a[hreflang=fa]").click()
    visitor.lang = "fa"
    assert visitor.path == "/fa/check/residence"
    expect(visitor.page.locator("input:checked")).to_have_value(str(DECIDED["residence"]))
    visitor.look()

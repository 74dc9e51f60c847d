"""The page to take along, with a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Response, expect

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.support.http_visitor import ask
from tests.support.journeys import DECIDED
from tests.support.servers import running

NO_ICON = 404
"""A PDF names no icon, so the browser looks for one at the address where these once stood."""


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_paper_is_made_with_and_without_javascript(
    new_visitor: VisitorMaker, lang: str, javascript: bool
) -> None:
    visitor = new_visitor(lang, javascript=javascript, width=320)
    visitor.allow(NO_ICON)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.page.goto(visitor.place("result"))
    taken = visitor.page.locator("main details", has=visitor.page.locator("a[href$='/paper']"))
    taken.locator("summary").click()
    taken.locator(f"a[href='{visitor.place('paper')}']").click()
    visitor.page.wait_for_url(f"**{visitor.place('paper')}")
    assert visitor.path == visitor.place("paper")
    if javascript:
        visitor.look()
    assert visitor.page.locator("main input:checked").count() == 0
    visitor.page.locator("#paper-second").select_option("nl")
    with visitor.page.expect_response(
        lambda response: response.url.endswith("/pdf"), timeout=60_000
    ) as made:
        visitor.page.locator("main form .button").click(no_wait_after=True)
    response = made.value
    assert response.status == 200
    assert response.headers["content-type"] == "application/pdf"
    assert response.url == f"{visitor.origin}{visitor.place('paper/pdf')}"
    leave(visitor, response)


def leave(visitor: Visitor, paper: Response) -> None:
    """Go on from a paper that was shown: a window that is closed while it loads may never close."""
    paper.finished()
    visitor.page.goto(visitor.place(""))


def test_one_press_copies_the_text(new_visitor: VisitorMaker) -> None:
    visitor = new_visitor("en", permissions=["clipboard-read", "clipboard-write"])
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.go("paper")
    visitor.page.locator("[data-copy]").click()
    expect(visitor.page.get_by_text("Copied", exact=True)).to_be_visible()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied == visitor.page.locator("textarea").input_value()
    assert "088 746 44 66" in copied


def test_without_javascript_there_is_no_button_that_does_nothing(
    new_visitor: VisitorMaker,
) -> None:
    visitor = new_visitor("en", javascript=False)
    visitor.answer_behind_the_scenes(DECIDED)
    visitor.page.goto(visitor.place("paper"))
    expect(visitor.page.locator("[data-copy]")).to_be_hidden()
    expect(visitor.page.locator("textarea")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_who_has_to_wait_gets_the_paper_without_doing_anything(
    new_visitor: VisitorMaker, tmp_path: Path, javascript: bool
) -> None:
    with running(tmp_path, "tests.support.broken.busy_app:make()", WEB_CONCURRENCY="1") as busy:
        assert ask(busy.port, "/healthz").status == 200
        visitor = new_visitor("nl", origin=busy.origin, javascript=javascript, width=320)
        visitor.allow(NO_ICON)
        visitor.answer_behind_the_scenes(DECIDED)
        visitor.page.goto(visitor.place("paper"))
        visitor.page.locator("main form .button").click()
        visitor.page.wait_for_url("**/paper/pdf")
        expect(visitor.page.locator("progress")).to_be_visible()
        if javascript:
            visitor.look()
        with visitor.page.expect_response(
            lambda response: response.headers["content-type"] == "application/pdf", timeout=60_000
        ) as made:
            pass
        assert made.value.status == 200
        # The window stays open for longer than this server.
        leave(visitor, made.value)

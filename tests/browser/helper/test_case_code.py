"""A case goes to another device by its code: typed in or scanned, with and without scripts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import zxingcpp
from PIL import Image

from tests.browser.conftest import VisitorMaker
from tests.browser.visitor import Visitor
from tests.support.answers.case_codes import code_shown, pieces
from tests.support.journeys import DECIDED, DISTINCTIVE
from tests.support.servers import Service, running, written_below

STORES = "() => ({...localStorage, ...sessionStorage, name: window.name, cookie: document.cookie})"
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Service]]:
    """A service that logs every request, and the folder of all that it writes."""
    folder = tmp_path_factory.mktemp("logging")
    with running(folder, ACCESS_LOG="-") as server:
        yield folder, server


def made(visitor: Visitor) -> str:
    """The code of the case of this visitor, as the page shows it."""
    visitor.go("result")
    # The link is folded away: whoever wants it opens what it is in.
    visitor.page.locator("main details:has(a[href$='/case/code']) > summary").click()
    visitor.follow("case/code")
    with visitor.page.expect_navigation():
        visitor.page.locator("main form .button").click()
    visitor.look()
    return code_shown(visitor.page.content())


def scanned(visitor: Visitor) -> str:
    """What a camera reads in the picture on the page."""
    picture = visitor.page.locator("[role=img] svg").screenshot()
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return str(found.text)


def dashed(code: str) -> str:
    return "-".join(code[place : place + 4] for place in range(0, 32, 4))


def press_open(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator("main form .button").click()


def result_of(visitor: Visitor) -> str:
    visitor.go("result")
    return visitor.page.locator("main").inner_text()


def expect_no_trace(visitor: Visitor, code: str, *, typed_address: str = "") -> None:
    """Neither an answer nor the code is in an address, a title, a cookie or a store."""
    forbidden = [*DISTINCTIVE, *pieces(code)]
    session = visitor.context.new_cdp_session(visitor.page)
    entries = session.send("Page.getNavigationHistory")["entries"]
    kept = [each[part] for each in entries for part in ("url", "title")]
    kept += [unquote(url) for url in visitor.urls if url != typed_address]
    kept.append(json.dumps(visitor.context.storage_state(indexed_db=True)))
    if visitor.javascript:
        kept.append(json.dumps(visitor.page.evaluate(STORES)))
    assert [word for word in forbidden for text in kept if word in text] == []


@SCRIPTS
def test_a_code_that_is_typed_in_brings_the_same_result(
    new_visitor: VisitorMaker, written: tuple[Path, Service], javascript: bool
) -> None:
    origin = written[1].origin
    one = new_visitor(origin=origin, javascript=javascript)
    one.answer_behind_the_scenes(DECIDED)
    code = made(one)
    two = new_visitor(origin=origin, javascript=javascript, width=360, height=700)
    two.go("")
    two.follow("case")
    two.page.get_by_label("Open a case with a code").fill(code.lower().replace("-", " "))
    press_open(two)
    assert two.path == two.place("result")
    assert result_of(two) == result_of(one)
    for visitor in (one, two):
        expect_no_trace(visitor, code)
    assert [piece for piece in pieces(code) if piece in written_below(written[0])] == []


def test_a_code_that_is_scanned_brings_the_same_result_and_leaves_no_address(
    new_visitor: VisitorMaker, written: tuple[Path, Service]
) -> None:
    origin = written[1].origin
    one = new_visitor(origin=origin)
    one.answer_behind_the_scenes(DECIDED)
    code = made(one)
    address = scanned(one)
    start, _, soon_over = address.partition("#")
    assert start == f"{origin}/en/case"
    assert soon_over not in ("", code.replace("-", ""))
    two = new_visitor(origin=origin, width=360, height=700)
    two.page.goto("/en/")
    two.page.goto(address)
    two.page.wait_for_url(f"{origin}/en/case")
    two.look()
    assert two.page.get_by_role("textbox").input_value() == soon_over
    assert two.page.evaluate("document.activeElement.textContent") == "Open"
    press_open(two)
    assert two.path == two.place("result")
    assert result_of(two) == result_of(one)
    for each in (code, dashed(soon_over)):
        expect_no_trace(two, each, typed_address=address)
    log = written_below(written[0])
    assert "/<lang>/case" in log
    assert [
        word for word in (*DISTINCTIVE, *pieces(code), *pieces(dashed(soon_over))) if word in log
    ] == []


def test_a_code_that_is_scanned_while_the_page_is_open_is_taken_in_too(
    new_visitor: VisitorMaker, written: tuple[Path, Service]
) -> None:
    visitor = new_visitor(origin=written[1].origin)
    visitor.go("case")
    visitor.page.goto(f"{visitor.origin}/en/case#ABCD")
    visitor.page.wait_for_url(f"{visitor.origin}/en/case")
    assert visitor.page.get_by_role("textbox").input_value() == "ABCD"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_picture_can_be_scanned_on_any_screen(
    new_visitor: VisitorMaker, written: tuple[Path, Service], scheme: str, width: int
) -> None:
    visitor = new_visitor(origin=written[1].origin, scheme=scheme, width=width, lang="ar")
    visitor.answer_behind_the_scenes(DECIDED)
    made(visitor)
    assert re.fullmatch(rf"{visitor.origin}/ar/case#\w{{32}}", scanned(visitor))


@SCRIPTS
def test_a_wrong_code_is_explained_where_it_was_typed(
    new_visitor: VisitorMaker, javascript: bool
) -> None:
    visitor = new_visitor(javascript=javascript, width=360, height=700)
    visitor.allow(422)
    visitor.go("case")
    visitor.page.get_by_role("textbox").fill("0000-1111")
    press_open(visitor)
    visitor.look()
    visitor.page.locator("#error-summary a").click()
    assert visitor.page.get_by_role("textbox").input_value() == "0000-1111"
    if javascript:
        assert visitor.page.evaluate("document.activeElement.id") == "code"


def test_the_page_with_the_code_is_not_there_after_going_back(
    new_visitor: VisitorMaker, written: tuple[Path, Service]
) -> None:
    visitor = new_visitor(origin=written[1].origin)
    visitor.answer_behind_the_scenes(DECIDED)
    code = made(visitor)
    visitor.go("privacy")
    visitor.page.go_back(wait_until="commit")
    assert [piece for piece in pieces(code) if piece in visitor.page.content()] == []

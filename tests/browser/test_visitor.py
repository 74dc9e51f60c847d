"""The visitor of the browser tests must itself notice what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.visitor import Visitor, goes_elsewhere
from tests.support.servers import Service

GOOD = """<!doctype html><html lang="en" dir="ltr"><head><title>Good</title></head>
<body><main><form><fieldset><legend>Choose</legend>
<input type="radio" id="a" style="width:24px;height:24px"><label for="a">A</label>
</fieldset></form><p><a href="/x">a link in a line</a></p></main></body></html>"""

SEEN = {
    "sideways": ("<p>", "<p style='width:3000px'>"),
    "two ids": ("<p>", "<p id='a'>"),
    "no label": ('for="a"', 'for="b"'),
    "no legend": ("<legend>Choose</legend>", ""),
    "no fieldset": ("fieldset>", "div>"),
    "another language": ('lang="en"', 'lang="nl"'),
    "no direction": ('dir="ltr"', ""),
    "wrong direction": ('dir="ltr"', 'dir="rtl"'),
    "small target": ("width:24px", "width:20px"),
    "cut off": ("<main>", "<main style='overflow:hidden'><p style='width:3000px'>x</p>"),
}
HEARD = {
    "request to elsewhere": "<script src='https://elsewhere.example/x.js'></script>",
    "console": "<script>console.error('no')</script>",
    "script error": "<script>nonsense()</script>",
    "status 404": "<img src='/nothing.png' alt=''>",
    "answer in the address": "<img src='/?x=trafficking' alt=''>",
}


@pytest.fixture
def watched(browser: Browser, server: Service) -> Iterator[Visitor]:
    """A visitor whose problems are looked at by the test itself."""
    visitor = Visitor(browser, server.origin)
    yield visitor
    visitor.context.close()


def show(visitor: Visitor, html: str, path: str = "/en/shown") -> None:
    """Let the visitor open a page with this content."""

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    visitor.page.route(f"**{path}", answer)
    visitor.page.goto(path)


def test_a_good_page_is_good(watched: Visitor):
    show(watched, GOOD)
    watched.look()
    assert watched.problems == []


@pytest.mark.parametrize("name", SEEN)
def test_the_visitor_sees_what_is_wrong(watched: Visitor, name: str):
    broken = GOOD.replace(*SEEN[name])
    assert broken != GOOD
    show(watched, broken)
    with pytest.raises(AssertionError):
        watched.look()


@pytest.mark.parametrize("problem", HEARD)
def test_the_visitor_hears_what_is_wrong(watched: Visitor, problem: str):
    show(watched, GOOD.replace("<p>", HEARD[problem] + "<p>"))
    watched.page.wait_for_load_state("networkidle")
    assert any(problem in each for each in watched.problems), watched.problems


@pytest.mark.parametrize(
    ("url", "elsewhere"),
    [
        ("http://127.0.0.1:80/en/", False),
        ("chrome://resources/css/text_defaults_md.css", False),
        ("chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html", False),
        ("blob:http://127.0.0.1:80/5e1f", False),
        ("http://127.0.0.1:8000/en/", True),
        ("https://elsewhere.example/x.js", True),
        ("wss://elsewhere.example/", True),
        ("file:///etc/passwd", True),
    ],
)
def test_only_another_website_is_elsewhere(url: str, elsewhere: bool):
    assert goes_elsewhere(url, "http://127.0.0.1:80") == elsewhere


def test_the_visitor_notices_a_title_that_does_not_change(watched: Visitor):
    show(watched, GOOD)
    watched.look()
    show(watched, GOOD, "/en/other")
    with pytest.raises(AssertionError):
        watched.look()


def test_an_expected_status_is_no_problem(watched: Visitor):
    watched.go("nonsense", status=404)
    assert watched.problems == []

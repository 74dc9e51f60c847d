"""The helper that checks every page must itself see what is wrong with one."""

from __future__ import annotations

import base64
import hashlib

import pytest

from tests.support.pages.documents import parse
from tests.support.pages.page_checks import (
    Page,
    header_problems,
    holds_answer,
    is_about_a_country,
    problems_of,
)

STYLE = "p{margin:0}"
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
OPTIONS = frozenset({"stay", "SO"})

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; base-uri 'none'; "
    f"style-src 'sha256-{DIGEST}'; frame-ancestors 'none'",
}

HTML = f"""<!doctype html>
<html lang="en" dir="ltr">
<head><title>Where? – Terugkeerwijzer</title><style>{STYLE}</style>
<script src="/static/enhance.js"></script></head>
<body><main><h1>Where?</h1>
<form method="post" action="/en/check/x">
<fieldset><legend>Choose</legend>
<input type="radio" name="answer" id="a" value="stay"><label for="a">A</label>
<input type="radio" name="answer" id="b" value="SO"><label for="b">B</label>
</fieldset>
<label for="c">Search</label><select id="c" name="c"><option value="SO">S</option></select>
<input aria-label="Find" aria-describedby="hint" type="search" name="find">
<label>Note <textarea name="note"></textarea></label>
<p id="hint">Hint</p>
<button>Continue</button>
</form>
<a href="https://elsewhere.example/stay">Source</a>
</main></body>
</html>"""

BREAKAGES = {
    "empty title": ("Where? – Terugkeerwijzer</title>", " – Terugkeerwijzer</title>", "title"),
    "no title": ("<title>Where? – Terugkeerwijzer</title>", "", "title"),
    "no h1": ("<h1>Where?</h1>", "", "h1"),
    "empty h1": ("<h1>Where?</h1>", "<h1> </h1>", "h1"),
    "two h1": ("<h1>", "<h1>One</h1><h1>", "h1"),
    "no lang": (' lang="en"', "", "lang"),
    "unknown lang": ('lang="en"', 'lang="xx"', "lang"),
    "lang of another address": ('lang="en"', 'lang="nl"', "lang"),
    "no dir": (' dir="ltr"', "", "dir"),
    "wrong dir": ('dir="ltr"', 'dir="rtl"', "dir"),
    "duplicate id": ('id="hint"', 'id="a"', "stands 2 times"),
    "label for nothing": ('for="a"', 'for="z"', "names nothing"),
    "description of nothing": ('aria-describedby="hint"', 'aria-describedby="x"', "names nothing"),
    "radio without label": ('<label for="a">A</label>', "", "has no label"),
    "empty label": ('<label for="a">A</label>', '<label for="a"></label>', "has no label"),
    "select without label": ('<label for="c">Search</label>', "", "has no label"),
    "search without label": ('aria-label="Find" ', "", "has no label"),
    "textarea without label": ("<label>Note <text", "<label><text", "has no label"),
    "empty button": ("<button>Continue</button>", "<button></button>", "has no label"),
    "no fieldset": ("fieldset>", "div>", "fieldset"),
    "no legend": ("<legend>Choose</legend>", "", "legend"),
    "empty legend": ("<legend>Choose</legend>", "<legend></legend>", "legend"),
    "group half outside": ("<h1>", '<input type="radio" name="answer"><h1>', "one fieldset"),
    "changed style sheet": (STYLE, STYLE + "b{}", "inline style sheet"),
    "no style sheet": (f"<style>{STYLE}</style>", "", "no style sheet"),
    "linked style sheet": (
        "<style>",
        '<link rel="stylesheet" href="/static/style.css"><style>',
        "linked style sheet",
    ),
    "inline script": ("<h1>", "<script>1</script><h1>", "inline script"),
    "style attribute": ("<h1>", "<h1 style='color:red'>", "attribute style"),
    "handler attribute": ("<h1>", "<h1 onclick='x()'>", "attribute onclick"),
    "script from elsewhere": ('src="/static', 'src="https://cdn.example', "from elsewhere"),
    "script from elsewhere, same scheme": ('src="/static', 'src="//cdn.example', "from elsewhere"),
    "image in the address": ("<h1>", "<img src='data:x'><h1>", "from elsewhere"),
    "style sheet from elsewhere": ("<h1>", "<link href='http://x.example/s'><h1>", "elsewhere"),
    "form to elsewhere": ('action="/en', 'action="https://x.example/en', "sends elsewhere"),
    "form that gets": ('method="post" ', "", "into the address"),
    "answer in a link": ("<h1>", "<a href='/en/x?answer=stay'>x</a><h1>", "answer in"),
    "answer in the form's address": ('action="/en/check/x"', 'action="/en/check/SO"', "answer in"),
}


def page(html: str = HTML, path: str = "/en/check/x", **headers: str) -> Page:
    """A page with other headers: `Cache_Control="private"`."""
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(path, 200, {**HEADERS, **changed}, html)


def test_a_good_page_has_no_problems():
    assert problems_of(page(), 200, OPTIONS) == []


@pytest.mark.parametrize("name", BREAKAGES)
def test_each_breakage_of_a_page_is_seen(name: str):
    old, new, problem = BREAKAGES[name]
    broken = HTML.replace(old, new)
    assert broken != HTML
    assert problem in " ".join(problems_of(page(broken), 200, OPTIONS))


def test_another_status_is_seen():
    assert problems_of(page(), 404, OPTIONS) == ["status 200, wanted 404"]


def test_an_answer_in_the_address_of_the_page_itself_is_seen():
    assert problems_of(page(path="/en/check/x?was=stay"), 200, OPTIONS)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "origin"),
        ("Cache-Control", "private"),
        ("Content-Security-Policy", ""),
    ],
)
def test_each_weakened_header_is_seen(header: str, value: str):
    assert list(header_problems({**HEADERS, header: value}))
    assert list(header_problems({name: text for name, text in HEADERS.items() if name != header}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("default-src 'none'", "default-src 'self'"),
        ("frame-ancestors 'none'", "frame-ancestors 'self'"),
        ("base-uri 'none'", "x 'none'"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("script-src 'self'", "script-src 'unsafe-eval'"),
        ("script-src 'self'", "script-src https:"),
        ("script-src 'self'", "script-src *"),
        ("script-src 'self'", "script-src cdn.example"),
        ("style-src ", "style-src 'unsafe-inline' "),
        ("script-src 'self'", "script-src https://cdn.example.org"),
        ("script-src 'self'", "form-action https://example.org"),
    ],
)
def test_each_weakened_directive_is_seen(old: str, new: str):
    policy = HEADERS["Content-Security-Policy"].replace(old, new)
    assert list(header_problems({**HEADERS, "Content-Security-Policy": policy}))


@pytest.mark.parametrize(
    "url", ["/en/stay", "/en/x?a=stay", "/en/x?stay", "/en/x?a=1&stay=2", "/en/x#SO", "/stay/x"]
)
def test_an_answer_is_found_in_every_part_of_an_address(url: str):
    assert holds_answer(url, OPTIONS)


@pytest.mark.parametrize("url", ["/en/check/country", "/en/staying", "/so/x", "?v=1"])
def test_an_address_without_an_answer_is_left_alone(url: str):
    assert not holds_answer(url, OPTIONS)


@pytest.mark.parametrize(
    ("url", "about"),
    [
        *(("/en/countries/SO", True), ("countries/so", True), ("/en/countries/SO?v=1", True)),
        *(("/en/check/SO", False), ("/en/countries/SO/stay", False), ("/en/stay", False)),
    ],
)
def test_an_address_about_a_country_is_told_from_one_with_an_answer(url: str, about: bool):
    assert is_about_a_country(url) == about


def test_only_the_list_of_countries_may_lead_to_a_country():
    link = '<main><a href="/en/countries/SO">Somalia</a>'
    html = HTML.replace("<main>", link)
    assert html != HTML
    wrong = [each for path in ("/en/result", "/en/countries") for each in led(path, html)]
    assert wrong == ["answer in '/en/countries/SO'"]


def led(path: str, html: str) -> list[str]:
    """What is said of the answers in the addresses of this page."""
    problems = problems_of(Page(path, 200, HEADERS, html), 200, OPTIONS)
    return [problem for problem in problems if problem.startswith("answer in")]


def test_the_tree_keeps_texts_attributes_and_nesting():
    root = parse("<ul id=x><li>A <b>bold</b> <br>text</li><li hidden>&amp;</li></ul><p>after</p>")
    first, second = root.all("li")
    assert first.text == "A bold text"
    assert second.text == "&"
    assert "hidden" in second
    assert first.parent is root.one(id="x")
    assert root.one("p").parent is root

"""The style sheets stand in the pages, and the policy of a page allows these and no other."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.support.page_client import PageClient
from tests.support.pages.page_checks import directives
from wizard.web.static_files import STATIC
from wizard.web.style_sheets import EVERYWHERE, ONLY_SOME, STYLES, style_elements, style_sources


def sheets(html: str) -> list[str]:
    return re.findall(r"<style>(.*?)</style>", html, re.DOTALL)


def test_every_style_sheet_of_ours_can_stand_in_a_page():
    assert {EVERYWHERE, *ONLY_SOME} == {path.name for path in STATIC.rglob("*.css")}


def test_a_page_holds_the_style_sheets_that_it_names_and_no_other():
    assert sheets(style_elements("start.css")) == [
        *sheets(style_elements())[:1],
        *sheets(style_elements())[1 + ONLY_SOME.index("start.css") :][:1],
    ]
    assert len(sheets(style_elements())) == 1 + len(ONLY_SOME)


@pytest.mark.parametrize("name", [EVERYWHERE, *ONLY_SOME])
def test_a_style_sheet_is_sent_without_comments_and_line_breaks_and_with_all_else(name: str):
    [sheet] = [
        each
        for each, file in zip(sheets(style_elements()), (EVERYWHERE, *ONLY_SOME), strict=True)
        if file == name
    ]
    source = re.sub(r"/\*.*?\*/", "", (STYLES / name).read_text(), flags=re.DOTALL)
    assert "/*" not in sheet
    assert "\n" not in sheet
    for separator in "{:":
        assert sheet.count(separator) == source.count(separator)


def test_the_policy_of_every_page_is_the_same_and_allows_no_other_style(client: PageClient):
    first = directives(client.get("/en/").headers)
    assert first["style-src"] == style_sources().split()
    client.answer("asylum_decision", "rejected")
    for place in ("check/appeal", "form", "embed"):
        assert directives(client.get(client.url(place)).headers)["style-src"] == first["style-src"]


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_wherever_somebody_comes_from_a_page_needs_no_second_file_to_be_read(
    app: Flask, headers: dict[str, str]
):
    client = PageClient(app)
    client.answer("asylum_decision", "rejected")
    for place in ("", "check/appeal", "check/asylum_decision", "form"):
        page = client.get(client.url(place), headers=headers)
        assert page.document.all("style")
        assert not page.document.all("link", rel="stylesheet")
        assert not page.document.all("link", rel="prefetch")

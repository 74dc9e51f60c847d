"""axe-core finds nothing on any page, in light and dark, and the Nu Html Checker neither."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Response, Route

from tests.browser.conftest import VisitorMaker
from tests.browser.states import every_broken_state, every_state
from tests.browser.visitor import Visitor
from tests.support.servers import ROOT, Service

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

pytestmark = pytest.mark.timeout(1200)
"""All states are gone through at once, before the first test."""

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome hangs on colours: all that dark can change."""

OF_PAGES = frozenset({"pages", "leaving", "embedding", "offline"})
NO_PAGES = {
    *("pages.pick_language", "pages.countries", "pages.check"),
    *("offline.table", "offline.service_worker", "leaving.left", "pages.logo"),
}
"""The first three lead to another page, and `leaving.left` is one for a moment, on the way out. The
others are data for a page, or a file.
"""

RUN = """async ([type, values]) => {
  const options = { runOnly: { type, values }, resultTypes: ["violations"] };
  if (type === "tag") options.rules = { "target-size": { enabled: true } };
  const found = await axe.run(document, options);
  return found.violations.map((violation) =>
    `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}"""


@dataclass(frozen=True)
class Seen:
    """What was found on one page, and the page as it came over the wire."""

    violations: list[str]
    html: bytes
    path: str


def violations(visitor: Visitor, dark: bool = True) -> list[str]:
    """What axe finds on the page shown, with everything unfolded, in light and in other colours."""
    visitor.open_all_details()
    visitor.page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = [f"light: {each}" for each in visitor.page.evaluate(RUN, ["tag", TAGS])]
    if dark:
        visitor.page.emulate_media(color_scheme="dark")
        found += [f"dark: {each}" for each in visitor.page.evaluate(RUN, ["rule", COLOURS])]
        visitor.page.emulate_media(color_scheme="light", forced_colors="active")
        found += [f"forced: {each}" for each in visitor.page.evaluate(RUN, ["rule", COLOURS])]
        visitor.page.emulate_media(forced_colors="none")
    return found


def walk(visitor: Visitor, states: Iterator[str], dark: bool = True) -> dict[str, Seen]:
    """Go to each state in turn and keep what was found there."""
    pages: list[Response] = []

    def keep(response: Response) -> None:
        is_page = response.headers.get("content-type", "").startswith("text/html")
        if is_page and response.request.is_navigation_request():
            pages.append(response)

    visitor.page.on("response", keep)
    return {
        name: Seen(violations(visitor, dark), pages[-1].body(), urlsplit(pages[-1].url).path)
        for name in states
    }


WIDE, NARROW, AT_400_PERCENT = (1280, 1), (320, 1), (320, 4)
"""Width in CSS pixels, and zoom: 1280 pixels at 400 % are 320."""
LOOKS = {
    "both directions": {"en": WIDE, "ar": AT_400_PERCENT},
    # As the first, but for the width: what it alone finds can wait for the long form.
    "narrow": {"nl": NARROW},
}


@pytest.fixture(
    scope="module",
    params=["both directions", pytest.param("narrow", marks=pytest.mark.slow)],
)
def seen(
    request: pytest.FixtureRequest, browser: Browser, server: Service, broken_server: Service
) -> Mapping[str, Seen]:
    """Every state, in these languages and windows."""
    found: dict[str, Seen] = {}
    for lang, (width, zoom) in LOOKS[request.param].items():
        look = {"width": width, "device_scale_factor": zoom}
        visitor = Visitor(browser, server.origin, lang, bypass_csp=True, **look)
        # The colours are the same in every language.
        states = walk(visitor, every_state(visitor), dark=lang == "en")
        found |= {f"{lang}-{name}": each for name, each in states.items()}
        visitor.close()
    visitor = Visitor(browser, broken_server.origin, bypass_csp=True)
    found |= walk(visitor, every_broken_state(visitor))
    visitor.close()
    return found


def test_every_state_was_seen(seen: Mapping[str, Seen]):
    assert len(seen) > 70
    assert len({each.html for each in seen.values()}) > 70


def test_no_page_was_forgotten(seen: Mapping[str, Seen], app: Flask):
    """Each address of ours that somebody can open is among those seen, by the kind of page."""
    adapter = app.url_map.bind("localhost")
    found = {adapter.match(each.path)[0] for each in seen.values() if "nonsense" not in each.path}
    opened = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in OF_PAGES
    }
    assert opened - found == NO_PAGES


def test_axe_finds_nothing_on_any_page(seen: Mapping[str, Seen]):
    assert {name: each.violations for name, each in seen.items() if each.violations} == {}


def test_every_page_is_valid_html(seen: Mapping[str, Seen], tmp_path: Path):
    for name, each in seen.items():
        (tmp_path / f"{name}.html").write_bytes(each.html)
    assert faults(tmp_path) == []


def faults(folder: Path) -> list[str]:
    """What the validator says of all pages in the folder: errors and warnings."""
    command = ["java", "-jar", str(VNU), "--format", "json", "--exit-zero-always", str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [
        f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']}"
        for each in json.loads(done.stderr)["messages"]
    ]


GOOD = (
    '<!doctype html><html lang="en"><head><title>T</title></head>'
    "<body><main><h1>H</h1><p>Text</p></main></body></html>"
)
BROKEN = {
    "color-contrast": ("<p>", "<p style='color:#999;background:#fff'>"),
    "html-has-lang": (' lang="en"', ""),
    "region": ("<main>", "<div>"),
    "link-name": ("<p>", "<a href='/'></a><p>"),
    "heading-order": ("<p>", "<h4>Deep</h4><p>"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_axe_would_find_a_fault(new_visitor: VisitorMaker, rule: str):
    def answer(route: Route) -> None:
        route.fulfill(body=GOOD.replace(*BROKEN[rule]), content_type="text/html")

    visitor = new_visitor(bypass_csp=True)
    visitor.page.route("**/en/shown", answer)
    visitor.page.goto("/en/shown")
    assert any(f" {rule}: " in each for each in violations(visitor))


def test_the_validator_would_find_a_fault(tmp_path: Path):
    (tmp_path / "good.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.html").write_text(GOOD.replace("</p>", "<div></p>"), encoding="utf-8")
    assert {fault.split(":")[0] for fault in faults(tmp_path)} == {"bad.html"}

"""Pictures of every page: ``python -m tests.screenshots --languages nl ar ti``.

They go to `test-results/screenshots/`, named by language, width, colours, size of
letters and page.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.states import OPERATOR, every_broken_state, every_state
from tests.browser.visitor import Scheme, Visitor, launch_chromium
from tests.support.servers import ROOT, running
from wizard.i18n.languages import languages

FOLDER = ROOT / "test-results" / "screenshots"
WIDTHS = (320, 360, 768, 1440)
SCHEMES: tuple[Scheme, ...] = ("light", "dark", "forced")


def main() -> None:
    """Read the command line and take the pictures."""
    wanted = _arguments()
    with (
        tempfile.TemporaryDirectory() as good,
        tempfile.TemporaryDirectory() as bad,
        running(Path(good)) as server,
        running(Path(bad), "tests.support.broken.failing_app:make()", **OPERATOR) as broken,
        sync_playwright() as playwright,
    ):
        browser = launch_chromium(playwright, wanted.text)
        for lang, width, scheme in product(wanted.languages, wanted.widths, wanted.schemes):
            folder = wanted.out / lang / f"{width}-{scheme}-{wanted.text}"
            folder.mkdir(parents=True, exist_ok=True)
            look = {"lang": lang, "width": width, "scheme": scheme}
            pictures = take(Visitor(browser, server.origin, **look), every_state, folder)
            pictures += take(Visitor(browser, broken.origin, **look), every_broken_state, folder)
            print(f"{folder}: {pictures} pictures", flush=True)
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--languages", nargs="+", default=["nl", "ar", "ti"], choices=list(languages())
    )
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--schemes", nargs="+", default=SCHEMES[:2], choices=SCHEMES)
    parser.add_argument("--text", type=int, default=100, help="size of the letters, in percent")
    parser.add_argument("--out", type=Path, default=FOLDER)
    return parser.parse_args()


def take(visitor: Visitor, states: Callable[[Visitor], Iterator[str]], folder: Path) -> int:
    """Take a picture of each state; how many."""
    names = []
    for name in states(visitor):
        visitor.page.screenshot(path=folder / f"{name}.png", full_page=True)
        names.append(name)
    visitor.context.close()
    return len(names)


if __name__ == "__main__":
    main()

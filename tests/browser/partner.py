"""A partner's website at another origin, and a browser that blocks the cookies of frames."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Page, Playwright

from tests.browser.own_website import QuietHandler, served
from tests.browser.visitor import ARGUMENTS, PATIENCE
from tests.support.servers import ROOT

EXAMPLE = "https://terugkeerwijzer.example"
"""How the service is called in the document for partners."""

BLOCKING = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}
"""What Chromium writes down when somebody blocks third-party cookies."""

ISOLATED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def snippets() -> list[str]:
    """What we tell partners to put on their pages: without a script, and with one."""
    text = (ROOT / "docs" / "embed.md").read_text(encoding="utf-8")
    found = re.findall(r"```html\n(.*?)```", text, flags=re.DOTALL)
    assert len(found) == 2
    return found


class Partner:
    """The website: its pages by address, each with its own headers."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://localhost:{port}"
        self.elsewhere = f"http://127.0.0.1:{port}"
        """The same website by a name that nobody allowed."""
        self.pages: dict[str, tuple[str, Mapping[str, str]]] = {}

    def show(self, path: str, body: str, headers: Mapping[str, str] | None = None) -> None:
        """Put a page there. It writes down every message that it is sent."""
        listen = "addEventListener('message', (event) => (window.told ??= []).push(event))"
        html = f"<script>{listen}</script><h1>Partner</h1>{body}<p>Below</p>"
        head = "<!doctype html><html lang=en><title>Partner</title><link rel=icon href=data:,>"
        self.pages[path] = (f"{head}<body>{html}</body></html>", headers or {})


@contextmanager
def partner_website() -> Iterator[Partner]:
    """Serve it until the block ends."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            body, headers = partner.pages.get(self.path, ("nothing", {}))
            self.send_response(200)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

    with served(Handler) as port:
        partner = Partner(port)
        yield partner


@contextmanager
def blocking_browser(
    playwright: Playwright, folder: Path, **options: Any
) -> Iterator[BrowserContext]:
    """A Chromium that blocks third-party cookies and keeps pages for Back and Forward."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is missing: make test-setup"
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(BLOCKING), encoding="utf-8")
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=path,
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
        **options,
    )
    # A server that has just started, on a busy machine, is slow at its first page.
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        context.close()


def framed(page: Page) -> Frame:
    """The one frame of the page."""
    (frame,) = page.frames[1:]
    return frame

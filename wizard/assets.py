"""The style sheet, which stands in every page, and the addresses of static files."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import url_for
from markupsafe import Markup

STATIC = Path(__file__).parent / "static"


@cache
def stylesheet() -> Markup:
    """The style sheet: inline, so that a page can be read after one round trip."""
    return Markup((STATIC / "style.css").read_text(encoding="utf-8"))


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:16]


def asset_url(name: str) -> str:
    """The address of a static file; it changes with the file, so it may be cached for ever."""
    return url_for("static", filename=name, v=_fingerprint(name))

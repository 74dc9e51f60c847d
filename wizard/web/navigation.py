"""Whether somebody comes from outside or from one of our pages."""

from __future__ import annotations

from flask import request


def follows_ours() -> bool:
    """Whether this page follows one of ours, by what the browser says. Who comes back by a
    bookmark, or opens the browser again, may have lost what it had kept.
    """
    return request.headers.get("Sec-Fetch-Site") == "same-origin"

"""Helper mode: a social worker goes through the questions with a client.

It is chosen on the start page and kept in a cookie of its own until the browser is closed. It says
nothing of any answer; without it, the pages speak to the person themselves.
"""

from __future__ import annotations

from flask import request

COOKIE_NAME = "helping"
ON = "1"


def helping() -> bool:
    """Whether the pages speak to somebody who helps a client."""
    return request.cookies.get(COOKIE_NAME) == ON

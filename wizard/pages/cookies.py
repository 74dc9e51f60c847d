"""What is said where a browser keeps no cookie: the answers would have no place."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from wizard.pages.blueprint import pages

_MARK = "cookie"
_CHECK = "check"


def marked(endpoint: str, **values: Any) -> str:
    """The address of the page after an answer, which tells whether a cookie came back.

    Only where none came with the answer: somebody who has one does not see the mark.
    """
    address = url_for(endpoint, **values)
    return address if request.cookies else f"{address}?{_MARK}={_CHECK}"


@pages.before_request
def say_that_cookies_are_off() -> ResponseReturnValue | None:
    """A page that was told to look for a cookie says so where none came."""
    if request.args.get(_MARK) == _CHECK and not request.cookies:
        return render_template("no_cookies.html")
    return None

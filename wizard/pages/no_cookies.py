"""What is said where a browser keeps no cookie: the answers would have no place."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wizard.pages.blueprint import pages
from wizard.session import answers

_MARK = "cookie"
_CHECK = "check"


def cookies_work() -> bool:
    """Whether this browser is known to keep a cookie of ours."""
    return bool(request.cookies)


def marked(endpoint: str, **values: Any) -> str:
    """The address of a page that is to look whether the answers' cookie came back.

    Without it, a browser that keeps none would be sent from one new address to the next for ever.
    """
    return f"{url_for(endpoint, **values)}?{_MARK}={_CHECK}"


@pages.before_request
def say_that_cookies_are_off() -> ResponseReturnValue | None:
    """A page that was told to look for the cookie says so where none came.

    Where it came, the mark goes: a bookmark with it would tell somebody later that cookies are off.
    """
    if request.args.get(_MARK) != _CHECK:
        return None
    if answers.is_open():
        return redirect(request.script_root + request.path, 303)
    return render_template("no_cookies.html")

"""Leads from an address that somebody wrote nearly right to the page that was meant."""

from __future__ import annotations

from http import HTTPStatus
from typing import NoReturn

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from wizard.i18n.languages import languages

_ASKING = frozenset({"GET", "HEAD"})


def lead_to_pages(app: Flask) -> None:
    """Answer what matches no address; with one redirect where a page is near."""

    @app.before_request
    def lead() -> ResponseReturnValue | None:
        wrong = request.routing_exception
        if not isinstance(wrong, NotFound | RequestRedirect) or request.method not in _ASKING:
            return None
        near = _near_page()
        if near:
            return redirect(near, HTTPStatus.PERMANENT_REDIRECT)
        # With a slash added it would be no page either: that is said at once.
        return abort(404) if isinstance(wrong, RequestRedirect) else None


def lead_or_404() -> NoReturn:
    """What is answered where the language in the address is none of ours."""
    near = _near_page() if request.method in _ASKING else None
    abort(redirect(near, HTTPStatus.PERMANENT_REDIRECT) if near else 404)


def page_at(path: str) -> str | None:
    """The address of the page that a path leads to, made anew; None where it leads to no page."""
    try:
        endpoint, values = current_app.url_map.bind("").match(path, "GET")
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return None
    return url_for(endpoint, **values) if values.get("lang") in languages() else None


def _near_page() -> str | None:
    """The page whose address differs by slashes or by the capitals of the language."""
    tag, *rest = [part for part in request.path.split("/") if part] or [""]
    known = {each.lower(): each for each in languages()}
    path = "/".join(["", known.get(tag.lower(), tag), *rest])
    address = page_at(path) or page_at(f"{path}/")
    query = request.query_string.decode("latin-1")
    return f"{address}?{query}" if address and query else address

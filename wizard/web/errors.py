"""Errors: a problem document (RFC 9457) for the API, a page in the reader's language elsewhere."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from serving.environment import SECONDS_COUNTED
from serving.tracebacks import where
from wizard.i18n.languages import current
from wizard.i18n.texts import texts_of

API_PREFIX = "/api/"
PROBLEM = "application/problem+json"

TOLD_BY_GET = frozenset({400, 405, 413, 429, 500})
"""Errors that the form of a visitor can meet. What another site sends (403) is nobody's answer."""

_log = logging.getLogger(__name__)


class Problem(Exception):
    """An error of the API. `field` names where it is; what was sent is never repeated."""

    def __init__(self, status: int, title: str, detail: str, field: str | None = None) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.detail = detail
        self.field = field


def problem_response(problem: Problem) -> Response:
    """The problem as `application/problem+json`."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.field is not None:
        body["field"] = problem.field
    return Response(json.dumps(body), problem.status, mimetype=PROBLEM)


def handle_errors(app: Flask) -> None:
    """Register what is answered to every error."""
    app.register_error_handler(Problem, problem_response)
    app.register_error_handler(HTTPException, _http_error)
    app.log_exception = _log_where  # type: ignore[method-assign]


def _log_where(exc_info: Any) -> None:
    """Only the kind of an error and the lines of code: its message could hold an answer."""
    _log.error("Unexpected error: %s", where(exc_info))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    """Any HTTP error, keeping its headers (`Allow`, `Retry-After`)."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return Response(error.get_response().get_data(), status, error.get_headers())
    if status in TOLD_BY_GET and _is_a_form_in_a_window():
        return redirect(url_for("pages.sorry", status=status), 303)
    if request.path.startswith(API_PREFIX):
        field = "body" if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else None
        detail = error.description or error.name
        response = problem_response(Problem(status, error.name, detail, field))
    else:
        response = Response(_error_page(status), status, mimetype="text/html")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        # Nothing is counted for longer than a minute.
        response.headers["Retry-After"] = str(SECONDS_COUNTED)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _is_a_form_in_a_window() -> bool:
    """Whether a browser sent this to show what comes back. It would keep the body with the page,
    in a file on disk, so that it can bring the page back: see `wizard.pages.refusing`.
    """
    asks_for_a_page = "text/html" in request.headers.get("Accept", "")
    return request.method == "POST" and asks_for_a_page and not request.path.startswith(API_PREFIX)


def _error_page(status: int) -> str:
    return render_template("error.html", title=_title(status), status=status)


def _title(status: int) -> str:
    gettext = texts_of(current()).gettext
    if status == HTTPStatus.NOT_FOUND:
        return gettext("We cannot find this page")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return gettext("Too many people are using this at once")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return gettext("Something went wrong on our side")
    return gettext("We could not read what was sent")

"""One line for each request, for whoever runs the service.

It names the route, not the address that was asked for: an address holds the language, and can hold
whatever somebody typed. Nothing of who asked, and no cookie, form or answer, is in it.
"""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

_log = logging.getLogger("wizard.requests")


def log_requests(app: Flask) -> None:
    """Log every request of the app. Registered early, so that it times what is refused too."""

    # Before any `before_request`: a page without such a language is refused earlier than those.
    @app.url_value_preprocessor
    def start(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
        g.started = perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "unmatched"
        milliseconds = round(1000 * (perf_counter() - g.started), 1)
        told = {"route": route, "status": response.status_code, "milliseconds": milliseconds}
        _log.info("%s %s", route, response.status_code, extra={"told": told})
        return response

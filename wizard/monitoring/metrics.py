"""Figures for whoever runs the service, over all workers, and nothing that leads to a person.

No figure is labelled by an answer, a question, a country, a language or an address: with few
visitors, each of these could point at one. A route is a name of ours from a fixed list.

The figures are served only on an address of their own (METRICS_BIND), never beside the pages.
Without one, nothing is measured and this module is not loaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, make_wsgi_app
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY

from wizard import events
from wizard.web.headers import SafeHeaders

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NAMESPACE = "terugkeerwijzer"
_NO_ROUTE = "unmatched"
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})

requests = Counter(
    "requests", "Requests answered.", ("route", "method", "status"), namespace=_NAMESPACE
)
request_seconds = Histogram(
    "request_seconds",
    "Time to answer a request.",
    ("route",),
    namespace=_NAMESPACE,
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
decision_seconds = Histogram(
    "decision_seconds",
    "Time to decide, kept decisions included.",
    namespace=_NAMESPACE,
    buckets=(0.00001, 0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1),
)
completed = Counter("completions", "Questionnaires answered to the end.", namespace=_NAMESPACE)
helpful = Counter("helpful", "Results that helped.", namespace=_NAMESPACE)
not_helpful = Counter("not_helpful", "Results that did not help.", namespace=_NAMESPACE)


@events.completed.connect
def _count_completion(_sender: object) -> None:
    completed.inc()


@events.decided.connect
def _time_decision(_sender: object, seconds: float) -> None:
    decision_seconds.observe(seconds)


@events.helped.connect
def _count_helpful(_sender: object, value: str) -> None:
    (helpful if value == "yes" else not_helpful).inc()


def measure_requests(app: Flask) -> None:
    """Count and time every request. Registered first, so that it also sees what is refused."""

    @app.before_request
    def start() -> None:
        g.started = perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        route = request.endpoint or _NO_ROUTE
        method = request.method if request.method in _METHODS else "other"
        _requests_of(route, method, response.status_code).inc()
        if "started" in g:
            _seconds_of(route).observe(perf_counter() - g.started)
        return response


@cache
def _requests_of(route: str, method: str, status: int) -> Counter:
    return requests.labels(route, method, str(status))


@cache
def _seconds_of(route: str) -> Histogram:
    return request_seconds.labels(route)


def metrics_app() -> WSGIApplication:
    """The figures of all workers as Prometheus reads them, at /metrics and nowhere else."""
    figures: WSGIApplication = make_wsgi_app(_registry())

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/metrics":
            return figures(environ, start_response)
        start_response(f"{HTTPStatus.NOT_FOUND.value} Not Found", [("Content-Length", "0")])
        return []

    return SafeHeaders(serve)


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    # A registry of its own: the figures come from the files of all workers, this one included.
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


class OnOwnPort:
    """Serves the figures to who connects to the port for them, and the pages to everybody else.

    It asks the socket, not a header: a visitor can choose every header.
    """

    def __init__(self, pages: WSGIApplication, metrics: WSGIApplication, port: int) -> None:
        self._pages = pages
        self._metrics = metrics
        self._port = port

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if _port_of(environ.get("gunicorn.socket")) != self._port:
            return self._pages(environ, start_response)
        return self._metrics(environ, start_response)


def _port_of(socket: Any) -> int | None:
    """The port of ours that a connection came to; None for a socket file, or outside gunicorn."""
    if socket is None:
        return None
    address = socket.getsockname()
    return address[1] if isinstance(address, tuple) else None

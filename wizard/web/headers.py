"""Gives every response the headers that none may lack: a page, an error, a file, a figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from serving.safe_headers import OVER_TLS, SAFE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]


class SafeHeaders:
    """Adds to every response what it did not say itself.

    It stands around everything, and not among what Flask calls after a request: static files and
    figures never come to Flask, and an error in one such call would keep the next from being made.
    """

    def __init__(self, inner: WSGIApplication) -> None:
        """`inner` answers."""
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The WSGI interface."""
        over_tls = environ["wsgi.url_scheme"] == "https"

        def start(status: str, headers: Headers, *error: Any) -> Any:
            return start_response(status, completed(headers, over_tls), *error)

        return self._inner(environ, start)


def completed(headers: Headers, over_tls: bool) -> Headers:
    """The headers, and those of ours that are not among them."""
    said = {name.lower() for name, _ in headers}
    ours = (*SAFE, *OVER_TLS) if over_tls else SAFE
    return [*headers, *(each for each in ours if each[0].lower() not in said)]

"""The headers that no response may lack, whoever made it: a page, an error, a file, a figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]

SHOWS_NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
"""The content policy of what is no page."""

_NEVER_NEEDED = ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
_UNLESS_SAID = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in _NEVER_NEEDED)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", SHOWS_NOTHING),
    # A page can show answers: no cache, and no page to go Back to on a shared computer.
    ("Cache-Control", "no-store"),
)
_OVER_TLS = (("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),)


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
    ours = (*_UNLESS_SAID, *_OVER_TLS) if over_tls else _UNLESS_SAID
    return [*headers, *(each for each in ours if each[0].lower() not in said)]

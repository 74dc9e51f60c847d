"""What every response says to the browser, and which requests are refused."""

from __future__ import annotations

import base64
import hashlib
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from wizard.assets import fingerprint_of, stylesheet

_ONE_YEAR = "public, max-age=31536000, immutable"
_NEVER_NEEDED = (
    *("browsing-topics", "camera", "display-capture", "geolocation", "hid"),
    *("microphone", "midi", "payment", "serial", "usb"),
)
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in _NEVER_NEEDED)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_CSP_OF_FILES = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
"""A static file is no page, but a picture or script can be opened as one."""

_FOR_SEARCH_ENGINES = frozenset(
    {"pages.pick_language", "pages.start", "pages.rule_book", "pages.flow", "pages.privacy"}
)
"""The pages that are the same for everybody. What shows an answer stays out of any index."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def protect(app: Flask) -> None:
    """Add the headers to every response and refuse what comes from another site."""
    policy = content_security_policy()

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method not in _SAFE_METHODS and _comes_from_elsewhere():
            abort(403)

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.extend(_ALWAYS)
        if request.endpoint == "static" and response.status_code < HTTPStatus.BAD_REQUEST:
            headers["Content-Security-Policy"] = _CSP_OF_FILES
            headers["Cache-Control"] = _ONE_YEAR if _is_fingerprinted() else "no-cache"
        else:
            headers.setdefault("Content-Security-Policy", policy)
            # A page can show answers: no cache, and no page to go Back to on a shared computer.
            headers.setdefault("Cache-Control", "no-store")
            if request.endpoint not in _FOR_SEARCH_ENGINES:
                headers.setdefault("X-Robots-Tag", "noindex")
        if request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response


def _is_fingerprinted() -> bool:
    """Whether the address names the very content that is sent.

    While a new version is rolled out, a page of the new one can ask a host that has the old file:
    that must not be kept for a year under the address of the new file.
    """
    name = (request.view_args or {}).get("filename", "")
    return request.args.get("v") == fingerprint_of(name)


def content_security_policy() -> str:
    """Only what we serve ourselves; the one inline style sheet is named by its hash."""
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src 'sha256-{digest}'",
            "script-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _comes_from_elsewhere() -> bool:
    """Whether a browser says that another site sent this.

    Sec-Fetch-Site where the browser knows it, else Origin. Without either it is no browser that
    could be led astray, and the SameSite cookie has kept the answers out. No token is needed, so
    none can expire while somebody reads slowly.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host

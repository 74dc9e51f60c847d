"""What every response says to the browser, and which requests are refused."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from wizard.assets import stylesheet

_ONE_YEAR = "public, max-age=31536000, immutable"
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
        headers.setdefault("Content-Security-Policy", policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.endpoint == "static":
            headers["Cache-Control"] = _ONE_YEAR
        else:
            # A page can show answers: no cache, and no page to go Back to on a shared computer.
            headers.setdefault("Cache-Control", "no-store")
            headers.setdefault("X-Robots-Tag", "noindex")
        if request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response


def content_security_policy() -> str:
    """Only what we serve ourselves; the one inline style sheet is named by its hash."""
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src 'sha256-{digest}'",
            "script-src 'self'",
            "img-src 'self'",
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

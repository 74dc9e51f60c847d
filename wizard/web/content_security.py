"""What a page says to the browser, and which requests are refused."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from serving.safe_headers import NOT_FOR_SEARCH_ENGINES
from wizard.web.static_files import fingerprint_of
from wizard.web.style_sheets import style_sources

_ONE_YEAR = "public, max-age=31536000, immutable"
_FOR_SEARCH_ENGINES = frozenset(
    {
        "pages.pick_language",
        "pages.start",
        "pages.rule_book",
        "pages.rules_of_kind",
        "pages.flow",
        "pages.privacy",
        "pages.difficult_words",
        "pages.accessibility",
        "pages.wrong_number",
        "pages.often_asked",
        "pages.country_list",
        "pages.one_country",
        "pages.places",
    }
)
"""The pages that are the same for everybody. What shows an answer stays out of any index."""

_HIDDEN = "null"
"""What a browser says for an origin that it does not tell."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def protect(app: Flask) -> None:
    """Say what a page may do and who may keep it, and refuse what comes from another site.

    What every response says, whoever made it, stands in `serving.safe_headers`.
    """

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method not in _SAFE_METHODS and _comes_from_elsewhere():
            abort(403)

    @app.before_request
    def refuse_what_is_too_large() -> None:
        # Else only a view that reads the body would: one that leads elsewhere does not look at it.
        if (request.content_length or 0) > app.config["MAX_CONTENT_LENGTH"]:
            abort(413)

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        if request.endpoint == "static" and response.status_code < HTTPStatus.BAD_REQUEST:
            headers["Cache-Control"] = _ONE_YEAR if _is_fingerprinted() else "no-cache"
        else:
            headers.setdefault("Content-Security-Policy", content_security_policy())
            if request.endpoint not in _FOR_SEARCH_ENGINES:
                headers.setdefault(*NOT_FOR_SEARCH_ENGINES)
        return response


def _is_fingerprinted() -> bool:
    """Whether the address names the very content that is sent.

    While a new version is rolled out, a page of the new one can ask a host that has the old file:
    that must not be kept for a year under the address of the new file.
    """
    name = (request.view_args or {}).get("filename", "")
    return request.args.get("v") == fingerprint_of(name)


def content_security_policy(changes: Mapping[str, str] | None = None) -> str:
    """Only what we serve ourselves; the style sheets in our pages are named by their hashes.

    `changes` are the sources of directives that differ for one page.
    """
    directives = {
        "default-src": "'none'",
        "style-src": style_sources(),
        # Also for the service worker: `worker-src` falls back to it.
        "script-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        **(changes or {}),
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _comes_from_elsewhere() -> bool:
    """Whether a browser says that another site sent this.

    Sec-Fetch-Site says so for certain; browsers send it over TLS only. Else Origin tells, and
    where that is hidden the Referer. Where all are silent it is taken: it is no browser, or an old
    one, or one that was told to hide it, and the SameSite cookie has kept the answers out. What
    remains is that another site could begin a questionnaire in such a browser, see
    docs/threat-model.md. No token is needed, so none can expire while somebody reads slowly.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    said = request.headers.get("Origin", _HIDDEN)
    if said == _HIDDEN:
        said = request.headers.get("Referer", _HIDDEN)
    return said != _HIDDEN and _host_in(said) != request.host


def _host_in(address: str) -> str | None:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None

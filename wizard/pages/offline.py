"""What a browser fetches in order to work without a network."""

from __future__ import annotations

import hashlib
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from wizard.i18n.languages import current
from wizard.pages import keep_language, take_language
from wizard.presenters.offline_table import offline_bundle
from wizard.session.answers import decider
from wizard.web.static_files import asset_url

_KEPT = ("enhance.js", "read_aloud.js", "offline.js", "country_names.json")
"""Static files that the page without a network needs."""

offline = Blueprint("offline", __name__)
offline.url_value_preprocessor(take_language)
offline.url_defaults(keep_language)


@offline.get("/<lang>/offline")
def page() -> str:
    """The questionnaire in one page that needs no network once it was visited."""
    return render_template("offline.html")


@offline.get("/<lang>/offline.json")
def table() -> ResponseReturnValue:
    """The questions, texts and rules in one language: the same for everybody."""
    response = Response(
        offline_bundle(decider(), current(), date.today()), mimetype="application/json"
    )
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@offline.get("/sw.js")
def service_worker() -> Response:
    """The service worker; it stands at the top, because it may only serve what lies below it."""
    scripts = [asset_url(name) for name in _KEPT]
    # The addresses have the fingerprints of the files, and so of this version.
    version = hashlib.sha256("\n".join(scripts).encode()).hexdigest()[:16]
    body = render_template("sw.js", scripts=scripts, version=version)
    response = Response(body, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response

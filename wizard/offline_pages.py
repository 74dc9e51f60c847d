"""What a browser fetches in order to work without a network."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from wizard.answering import decider
from wizard.assets import asset_url
from wizard.languages import current
from wizard.offline import offline_bundle
from wizard.pages import keep_language, take_language

_KEPT = (
    *("offline.js", "decide.js", "enhance.js", "read_aloud.js"),
    *("combobox.js", "country_names.json"),
)
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
    response = Response(render_template("sw.js", scripts=scripts), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response

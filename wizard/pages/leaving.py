"""Quick exit: wipe what this website left on the device, and show something harmless."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wizard.pages import keep_language, take_language
from wizard.session import answers
from wizard.web.site_data import clear_site_data

leaving = Blueprint("leaving", __name__)
leaving.url_value_preprocessor(take_language)
leaving.url_defaults(keep_language)


@leaving.post("/<lang>/leave")
def leave() -> ResponseReturnValue:
    """Wipe everything, and go to the harmless page of the settings.

    By way of a page of ours: a form may not be sent on to another website (`form-action`).
    """
    answers.forget()
    response = redirect(url_for("leaving.left"), 303)
    clear_site_data(response, cookies=True)
    # Not every browser knows that header, and none does without TLS.
    secure: bool = current_app.config["SECURE_COOKIES"]
    for name in request.cookies:
        # A name that begins with __Host- is only taken away by what could set it.
        response.delete_cookie(name, secure=secure)
    return response


@leaving.get("/left")
def left() -> str:
    """An empty page that makes room for the harmless one."""
    return render_template("leaving/left.html", address=current_app.config["LEAVE_URL"])


@leaving.get("/<lang>/traces")
def traces() -> ResponseReturnValue:
    """What stays behind on the device, and how to delete it."""
    return render_template("leaving/traces.html")

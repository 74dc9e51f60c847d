"""Where a visit starts, and how the pages speak."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from wizard.i18n import helper_mode
from wizard.i18n.languages import SECOND_COOKIE_NAME, languages, preferred
from wizard.pages.blueprint import pages
from wizard.session.preferences import remember
from wizard.web.near_addresses import page_at

_LOGO_SECONDS = 24 * 60 * 60


@pages.get("/")
def pick_language() -> ResponseReturnValue:
    """Send to the start page in the language that fits."""
    response = redirect(url_for("pages.start", lang=preferred(request).tag), 302)
    response.vary.update(("Accept-Language", "Cookie"))
    return response


@pages.get("/<lang>/")
def start() -> ResponseReturnValue:
    """The start page."""
    return render_template("start.html")


@pages.get("/logo")
def logo() -> ResponseReturnValue:
    """The picture of who runs the service."""
    picture = current_app.config["OPERATOR"].logo
    if picture is None:
        abort(404)
    return send_file(picture, max_age=_LOGO_SECONDS)


@pages.post("/<lang>/beside")
def beside() -> ResponseReturnValue:
    """Show a second language beside the first, or no longer, and go back to the same page."""
    chosen = request.form.get("second", "")
    if chosen and chosen not in languages():
        abort(400)
    response = redirect(_own_page(request.form.get("back", "")), 303)
    if chosen:
        remember(response, SECOND_COOKIE_NAME, chosen)
    else:
        response.delete_cookie(SECOND_COOKIE_NAME)
    return response


@pages.post("/<lang>/helping")
def help_client() -> ResponseReturnValue:
    """Speak of "your client" from now on, or no longer, and go back to the same page."""
    mode = request.form.get("helping")
    if mode not in {"yes", "no"}:
        abort(400)
    response = redirect(_own_page(request.form.get("back", "")), 303)
    if mode == "yes":
        # Without an age: it ends with the browser session, as the answers do.
        remember(response, helper_mode.COOKIE_NAME, helper_mode.ON, seconds=None)
    else:
        response.delete_cookie(helper_mode.COOKIE_NAME)
    return response


def _own_page(address: str) -> str:
    """The address, where it is a page of ours; else the start page.

    It is made anew from what it leads to, so nothing of what was sent is repeated.
    """
    return page_at(address) or url_for("pages.start")

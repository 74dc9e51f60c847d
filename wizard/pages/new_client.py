"""The next client sits down: nothing of the last one may be left."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from wizard.pages.blueprint import pages
from wizard.session import answers
from wizard.templating.environment import NOTICE
from wizard.web.site_data import clear_site_data


@pages.get("/<lang>/new-client")
def new_client() -> ResponseReturnValue:
    """Say what is deleted and what is kept, before anything is."""
    return render_template("new_client.html")


@pages.post("/<lang>/new-client")
def begin_anew() -> ResponseReturnValue:
    """Delete everything of the last client, and show the start page.

    How the pages speak is kept: the languages, and helper mode. They say nothing of a client.
    """
    answers.forget()
    session[NOTICE] = "anew"
    response = redirect(url_for("pages.start"), 303)
    return clear_site_data(response)

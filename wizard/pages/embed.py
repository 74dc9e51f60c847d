"""The questionnaire in a frame on the page of a partner.

It runs in the memory of that frame, from the same table as the page that needs no network. The
page is the same for everybody: it reads no cookie and sets none, so it works where a browser
blocks the cookies of frames.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, session

from wizard.i18n.languages import current, languages
from wizard.i18n.texts import texts_of
from wizard.pages import keep_language, take_language
from wizard.session.cookie import AnswersSession
from wizard.web.content_security import content_security_policy

embedding = Blueprint("embedding", __name__)
embedding.url_value_preprocessor(take_language)
embedding.url_defaults(keep_language)


@embedding.before_request
def leave_cookies_alone() -> None:
    """A cookie that cannot be opened is taken away by the next page that uses it, not by this."""
    if isinstance(session, AnswersSession):
        session.was_lost = False


@embedding.get("/<lang>/embed")
def page() -> Response:
    """The page for the frame; only the websites of the settings may show it in one."""
    origins: tuple[str, ...] = current_app.config["EMBED_ORIGINS"]
    language = languages()[current().tag]
    # Not by `render_template`: what it adds for every page is read from cookies.
    template = current_app.jinja_env.get_template("embed.html")
    response = Response(
        template.render(language=language, _=texts_of(language).markup, origins=origins),
        mimetype="text/html",
    )
    _allow_framing(response, origins)
    return response


def _allow_framing(response: Response, origins: tuple[str, ...]) -> None:
    response.headers["Content-Security-Policy"] = content_security_policy(
        {
            "frame-ancestors": " ".join(origins) or "'none'",
            # A frame of somebody else's page installs nothing and sends no form.
            "worker-src": "'none'",
            "manifest-src": "'none'",
            "form-action": "'none'",
        }
    )
    if origins:
        # A partner whose own page asks this of every frame (COEP) could not show it otherwise.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"

"""The blueprint of the pages: the language is the first part of every address."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, request, session

from wizard.i18n.languages import COOKIE_NAME, current, languages, spoken
from wizard.session.preferences import remember
from wizard.templating.environment import NOTICE
from wizard.web.near_addresses import lead_or_404

pages = Blueprint("pages", __name__)


@pages.url_value_preprocessor
def take_language(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """The language of a page is the first part of its address."""
    if values and "lang" in values:
        tag = values.pop("lang")
        if tag not in languages():
            lead_or_404()
        g.language = spoken(tag)
        g.language_in_address = True


@pages.url_defaults
def keep_language(endpoint: str, values: dict[str, str]) -> None:
    """Links stay in the language of the page unless they name another one."""
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", current().tag)


@pages.before_request
def notice_lost_answers() -> None:
    """A cookie that cannot be opened (too old, forged) is said on the next page shown."""
    if getattr(session, "was_lost", False):
        session[NOTICE] = "lost"


@pages.after_request
def remember_language(response: Response) -> Response:
    """The language last used is the choice for the next visit."""
    tag = current().tag
    if "language_in_address" in g and request.cookies.get(COOKIE_NAME) != tag:
        remember(response, COOKIE_NAME, tag)
    return response

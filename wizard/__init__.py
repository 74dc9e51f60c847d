"""The Flask app: pages, JSON API, sessions, security. Knows no policy."""

from __future__ import annotations

from datetime import date

from flask import Flask, Response, jsonify
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from rules import default_decider
from wizard import languages as language_choice
from wizard.answers_cookie import SealedCookie
from wizard.api import LARGEST_BODY, api
from wizard.limits import limiter
from wizard.pages import pages
from wizard.problems import handle_errors
from wizard.security import protect
from wizard.settings import Settings, read_settings
from wizard.template_tools import register_template_tools


def create_app(settings: Settings | None = None) -> Flask:
    """Make the app.

    Raises `questions.DataError` where the policy or the questionnaire cannot work: a service
    with a half-read policy must not start.
    """
    settings = settings or read_settings()
    app = Flask(__name__, template_folder="../templates")
    app.config.update(
        SECURE_COOKIES=settings.secure_cookies,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_STORAGE_URI=settings.rate_limit_storage,
        BABEL_DEFAULT_LOCALE=language_choice.SOURCE,
        BABEL_TRANSLATION_DIRECTORIES=str(language_choice.FOLDER),
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.session_interface = SealedCookie(settings.cookie_keys, settings.answers_minutes)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    Babel(app, locale_selector=lambda: language_choice.current().locale)
    default_decider().prepare(date.today())
    limiter.init_app(app)
    protect(app)
    handle_errors(app)
    register_template_tools(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    app.add_url_rule("/healthz", view_func=_health)
    return app


def _health() -> Response:
    """Whether this worker can decide, and by which policy."""
    policy = default_decider().policy
    return jsonify({"status": "ok", "policy": policy.version, "sha256": policy.sha256})

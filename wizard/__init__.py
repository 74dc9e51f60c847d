"""The Flask app: pages, JSON API, sessions, security. Knows no policy."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from wizard.api.views import LARGEST_BODY, api
from wizard.i18n import languages as language_choice
from wizard.i18n.client_wording import client_wording
from wizard.i18n.seen import groups
from wizard.i18n.texts import check_catalogues
from wizard.monitoring.access_log import log_requests
from wizard.monitoring.health import watch_health
from wizard.pages import pages
from wizard.pages.embed import embedding
from wizard.pages.leaving import leaving
from wizard.pages.offline import offline
from wizard.policy_in_force import watch_policy
from wizard.presenters.difficult_words import load_words
from wizard.session.case_code import CaseCodes
from wizard.session.cookie import SealedCookie
from wizard.settings import Settings, read_settings
from wizard.templating.environment import register_template_tools
from wizard.web.compression import compress_responses
from wizard.web.content_security import protect
from wizard.web.errors import handle_errors
from wizard.web.headers import SafeHeaders
from wizard.web.hosts import PossibleHosts
from wizard.web.near_addresses import lead_to_pages
from wizard.web.rate_limits import limit_requests
from wizard.web.static_files import StaticFiles


def create_app(settings: Settings | None = None) -> Flask:
    """Make the app.

    Raises `questions.DataError` where the policy or the questionnaire cannot work: a service
    with a half-read policy must not start.
    """
    settings = settings or read_settings()
    client_wording()
    groups()
    check_catalogues()
    app = Flask(__name__, template_folder="../templates")
    app.config.update(
        SECURE_COOKIES=settings.secure_cookies,
        LEAVE_URL=settings.leave_url,
        OPERATOR=settings.operator,
        IDLE_MINUTES=settings.idle_minutes,
        EMBED_ORIGINS=settings.embed_origins,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        RATELIMIT_ENABLED=settings.rate_limits,
        BABEL_DEFAULT_LOCALE=language_choice.SOURCE,
        BABEL_TRANSLATION_DIRECTORIES=str(language_choice.FOLDER),
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.session_interface = SealedCookie(settings.cookie_keys, settings.answers_minutes)
    app.wsgi_app = SafeHeaders(PossibleHosts(StaticFiles(app.wsgi_app)))  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    app.extensions["case_codes"] = CaseCodes(settings.cookie_keys)
    Babel(app, locale_selector=lambda: language_choice.current().locale)
    # What counts: loaded only where somebody can fetch the figures, for it takes memory.
    metrics = import_module("wizard.monitoring.metrics") if settings.metrics_port else None
    if metrics:
        metrics.measure_requests(app)
    if settings.request_log:
        log_requests(app)
    limit_requests(app, settings)
    lead_to_pages(app)
    watch_policy(app, settings, fits=lambda policy: load_words(policy.sources))
    protect(app)
    compress_responses(app)
    handle_errors(app)
    register_template_tools(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    app.register_blueprint(offline)
    app.register_blueprint(leaving)
    app.register_blueprint(embedding)
    watch_health(app)
    if metrics:
        # Around everything else, also what believes a proxy: see OnOwnPort.
        figures = metrics.OnOwnPort(app.wsgi_app, metrics.metrics_app(), settings.metrics_port)
        app.wsgi_app = figures  # type: ignore[method-assign]
    return app

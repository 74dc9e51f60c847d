"""The app with two pages broken on purpose, to see what an error shows and logs."""

from __future__ import annotations

from typing import NoReturn

from flask import Flask, abort, session

from wizard import create_app


def make() -> Flask:
    """The app as gunicorn makes it: ``gunicorn "tests.support.broken_app:make()"``."""
    return break_pages(create_app())


def break_pages(app: Flask) -> Flask:
    """Let the privacy page and the API's questions fail, and the rule book refuse."""
    app.view_functions["pages.privacy"] = _fail
    app.view_functions["api.questions"] = _fail
    app.view_functions["pages.rule_book"] = _refuse
    return app


def _fail() -> NoReturn:
    """The worst message that an error can have: it holds every answer."""
    raise RuntimeError(f"a message that must not be told: {dict(session)}")


def _refuse() -> NoReturn:
    abort(429)

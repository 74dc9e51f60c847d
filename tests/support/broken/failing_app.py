"""The app with pages broken on purpose, to see what an error shows and logs."""

from __future__ import annotations

from typing import NoReturn

from flask import Flask, abort, render_template, session

from wizard import create_app


def make() -> Flask:
    """The app as gunicorn makes it: ``gunicorn "tests.support.broken.failing_app:make()"``."""
    return break_pages(create_app())


def break_pages(app: Flask) -> Flask:
    """Let the privacy page and the API's questions fail, the rule book refuse, and the PDF wait."""
    app.view_functions["pages.privacy"] = _fail
    app.view_functions["api.questions"] = _fail
    app.view_functions["pages.rule_book"] = _refuse
    app.view_functions["pages.pdf"] = _wait
    return app


def _fail() -> NoReturn:
    """The worst message that an error can have: it holds every answer."""
    raise RuntimeError(f"a message that must not be told: {dict(session)}")


def _refuse() -> NoReturn:
    abort(429)


def _wait() -> str:
    """The page as it is while others are served, but for its asking again: that would take it away
    from whoever looks at it.
    """
    return render_template("paper/waiting.html")

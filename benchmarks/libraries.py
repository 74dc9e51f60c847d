"""The bare page, with the libraries that the project was asked to use, and no line of ours.

Each is used once for every page, so that it has in memory what it needs to work. What a worker has
beside this, the project can do something about.
"""

from __future__ import annotations

import brotli
from cryptography.fernet import Fernet
from durable.engine import Ruleset
from flask import Flask
from flask_babel import Babel, gettext
from flask_limiter import Limiter
from wtforms import Form, RadioField

from benchmarks.bare import PAGE

app = Flask(__name__)
Babel(app)
Limiter(lambda: "anybody", app=app)
_fernet = Fernet(Fernet.generate_key())
_ruleset = Ruleset(
    "one", None, {"rule": {"all": [{"m": {"a": "b"}}], "run": lambda _context: None}}
)


class _Question(Form):
    answer = RadioField(choices=[("yes", "Yes")])


@app.get("/")
def hello() -> str:
    """One small page."""
    _fernet.decrypt(_fernet.encrypt(PAGE.encode()))
    brotli.compress(PAGE.encode(), quality=5, lgwin=16)
    gettext("Hello")
    _Question()
    handle = _ruleset.assert_fact({"sid": "one", "id": "one", "a": "b"})
    _ruleset.do_actions(handle, lambda _error, _state: None)
    _ruleset.delete_state("one")
    return PAGE

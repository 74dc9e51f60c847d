"""The app while others have their papers made: whoever asks for one waits, twice."""

from __future__ import annotations

from contextlib import ExitStack
from http import HTTPStatus
from itertools import count

from flask import Flask, Response

from wizard import create_app
from wizard.pages.paper import AT_ONCE, _places

WAITS = 2


def make() -> Flask:
    """An app with every place taken, until a page that waits was shown so often."""
    app, others, shown = create_app(), ExitStack(), count(1)
    for number in range(AT_ONCE):
        others.enter_context(_places.taken_by(f"somebody {number}"))

    @app.after_request
    def make_room(response: Response) -> Response:
        if response.status_code == HTTPStatus.ACCEPTED and next(shown) == WAITS:
            others.close()
        return response

    return app

"""The cookies that say how to speak: the languages, and whether somebody helps. No answers."""

from __future__ import annotations

from flask import current_app
from werkzeug.wrappers import Response

YEAR = 365 * 24 * 60 * 60


def remember(response: Response, name: str, value: str, seconds: int | None = YEAR) -> None:
    """Keep the preference in the browser; without `seconds`, until it closes."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        samesite="Lax",
        httponly=True,
        secure=current_app.config["SECURE_COOKIES"],
    )

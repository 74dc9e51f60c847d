"""The answers live in one sealed cookie, and nowhere else.

Flask's own session cookie is signed but readable by whoever holds the device. This one is
encrypted and signed (Fernet), ends with the browser session, and cannot be opened after
`answers_minutes`. Nothing is kept on the server.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin

COOKIE_NAME = "answers"
LARGEST_COOKIE = 4096
"""Browsers keep no more, in bytes: what is longer was not made by us."""


class AnswersSession(SecureCookieSession):
    """The session of one request; `was_lost` when a cookie came that could not be opened."""

    was_lost = False


class SealedCookie(SessionInterface):
    """Opens and seals the cookie with Fernet keys, newest first; an older key still opens."""

    def __init__(self, keys: tuple[str, ...], minutes: int) -> None:
        """Raises `ValueError` for a key that is no Fernet key. `minutes` is how long it opens."""
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._seconds = minutes * 60

    def open_session(self, app: Flask, request: Request) -> AnswersSession:  # noqa: ARG002
        """The session in the cookie; an empty one where it is missing, forged or too old."""
        token = request.cookies.get(COOKIE_NAME)
        if not token:
            return AnswersSession()
        try:
            return AnswersSession(self._unseal(token))
        except (InvalidToken, ValueError):
            session = AnswersSession()
            session.was_lost = True
            return session

    def _unseal(self, token: str) -> dict[str, Any]:
        if len(token) > LARGEST_COOKIE:
            raise ValueError("longer than a cookie can be")
        # Base 64 can be written in several ways, such as twice in a row: ours is only one of them.
        if base64.urlsafe_b64encode(base64.urlsafe_b64decode(token)) != token.encode():
            raise ValueError("not as it was written")
        content = json.loads(self._fernet.decrypt(token.encode(), ttl=self._seconds))
        if not isinstance(content, dict):
            raise ValueError("no session")
        return content

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where the session changed; take it away where it became empty."""
        lost = isinstance(session, AnswersSession) and session.was_lost
        if not session:
            if session.modified or lost:
                response.delete_cookie(COOKIE_NAME, **self._attributes(app))
        elif session.modified:
            response.set_cookie(COOKIE_NAME, self._seal(dict(session)), **self._attributes(app))

    def _seal(self, content: dict[str, Any]) -> str:
        return self._fernet.encrypt(json.dumps(content, separators=(",", ":")).encode()).decode()

    def _attributes(self, app: Flask) -> dict[str, Any]:
        secure: bool = app.config["SECURE_COOKIES"]
        return {"httponly": True, "secure": secure, "samesite": "Lax", "path": "/"}

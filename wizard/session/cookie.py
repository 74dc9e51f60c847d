"""The answers live in one sealed cookie, and open only together with a second one.

Flask's own session cookie is signed but readable by whoever holds the device. Ours comes in two:

- `answers` is encrypted and signed, cannot be read by scripts, and ends with the browser session;
- `opener` holds a random value without which it does not open, for whoever has our keys too. A
  script may delete it: so whoever leaves has closed the answers before anything goes over the
  network, and also where nothing arrives.

The key of each session is made (HKDF) from a key of ours and its opener. The time stands inside,
where nobody can read when somebody answered, and everything is padded to one size. Behind TLS the
names begin with `__Host-`, so that no other host of the domain can set them. Nothing is kept on the
server. Why it is so, and what it does not protect from: docs/decisions/0002.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
import zlib
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from werkzeug.datastructures import MultiDict

ANSWERS, OPENER = "answers", "opener"
_HOST_ONLY = "__Host-"
"""A browser takes a cookie of such a name from the host itself only, over TLS."""

LARGEST_COOKIE = 4096
"""Browsers keep no more, in bytes: what is longer was not made by us."""

_OPENER_BYTES = 16
_NONCE_BYTES, _TAG_BYTES = 12, 16
_TIME_BYTES, _LENGTH_BYTES = 8, 2
_CLOCKS_DIFFER = 60
"""Seconds by which the clocks of two hosts may differ."""

_STEP = 1024
"""What is sealed is padded to a multiple of this: every set of answers fits the first."""

_TRIED = 4
"""How many cookies of one name are tried. Without TLS another application of the same domain can
set its own beside ours, and a browser does not say which is which."""


def cookie_names(secure: bool) -> tuple[str, str]:
    """The names of the sealed cookie and of the one that opens it."""
    prefix = _HOST_ONLY if secure else ""
    return prefix + ANSWERS, prefix + OPENER


class CannotOpenError(ValueError):
    """It was not sealed by us for this opener, or it is too old."""


class Sealer:
    """Seals sessions with Fernet keys, newest first; an older key still opens."""

    def __init__(self, keys: Iterable[str], minutes: int) -> None:
        """`minutes` is how long a session opens after it was sealed."""
        self._keys = [_secret(key) for key in keys]
        self._seconds = minutes * 60

    def seal(self, content: dict[str, Any], opener: str, at: float | None = None) -> str:
        """The session as a cookie, of one size for all answers. `at` is the time (Unix)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        plain = _padded(json.dumps(content, separators=(",", ":")).encode(), at or time.time())
        box = AESGCM(_derived(self._keys[0], opener))
        return _encoded(nonce + box.encrypt(nonce, plain, None))

    def open(self, cookie: str, opener: str) -> dict[str, Any]:
        """What was sealed for this opener. Raises `CannotOpenError`."""
        sealed = _decoded(cookie)
        for key in self._keys:
            try:
                box = AESGCM(_derived(key, opener))
                plain = box.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
            except InvalidTag:
                continue
            return self._content(plain)
        raise CannotOpenError

    def _content(self, plain: bytes) -> dict[str, Any]:
        sealed_at = int.from_bytes(plain[:_TIME_BYTES])
        if not -_CLOCKS_DIFFER <= time.time() - sealed_at <= self._seconds:
            raise CannotOpenError
        try:
            content = json.loads(_unpadded(plain))
        except ValueError as error:
            raise CannotOpenError from error
        if not isinstance(content, dict):
            raise CannotOpenError
        return content


def _secret(fernet_key: str) -> bytes:
    """The bytes of a key. Raises `ValueError` for what is no Fernet key."""
    Fernet(fernet_key)
    return base64.urlsafe_b64decode(fernet_key)


def _derived(secret: bytes, opener: str) -> bytes:
    info = b"terugkeerwijzer answers 2"
    return HKDF(hashes.SHA256(), length=32, salt=opener.encode(), info=info).derive(secret)


def _padded(content: bytes, at: float) -> bytes:
    # Compressed, so that what is long fits too: the padding hides what that tells of the content.
    packed = zlib.compress(content)
    head = int(at).to_bytes(_TIME_BYTES) + len(packed).to_bytes(_LENGTH_BYTES)
    size = len(head) + len(packed)
    return head + packed + bytes(-size % _STEP)


def _unpadded(plain: bytes) -> bytes:
    start = _TIME_BYTES + _LENGTH_BYTES
    length = int.from_bytes(plain[_TIME_BYTES:start])
    return zlib.decompress(plain[start : start + length])


def _encoded(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _decoded(cookie: str) -> bytes:
    """The bytes of a cookie. Raises `CannotOpenError` for what we never write."""
    if len(cookie) > LARGEST_COOKIE:
        raise CannotOpenError
    try:
        sealed = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
    except ValueError as error:
        raise CannotOpenError from error
    # Base 64 can be written in several ways: ours is only one of them.
    if _encoded(sealed) != cookie or len(sealed) < _NONCE_BYTES + _TAG_BYTES:
        raise CannotOpenError
    return sealed


class AnswersSession(SecureCookieSession):
    """The session of one request; `was_lost` when a cookie came that could not be opened."""

    was_lost = False
    opener: str | None = None
    """What opens it; None before it is sealed for the first time."""

    def clear(self) -> None:
        """Forget everything. What comes after has an opener of its own."""
        super().clear()
        self.opener = None


class SealedCookie(SessionInterface):
    """Opens and seals the session of each request."""

    def __init__(self, keys: tuple[str, ...], minutes: int) -> None:
        """Raises `ValueError` for a key that is no Fernet key. `minutes` is how long it opens."""
        self.sealer = Sealer(keys, minutes)

    def open_session(self, app: Flask, request: Request) -> AnswersSession:
        """The session in the cookies; an empty one where it is missing, forged or too old.

        Without an opener nobody was here: after leaving it must look like a first visit.
        """
        answers, opener = cookie_names(app.config["SECURE_COOKIES"])
        openers = _values(request.cookies, opener)
        sealed = _values(request.cookies, answers)
        for each, opened_by in product(sealed, openers):
            try:
                session = AnswersSession(self.sealer.open(each, opened_by))
            except CannotOpenError:
                continue
            session.opener = opened_by
            return session
        session = AnswersSession()
        session.was_lost = bool(sealed and openers)
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookies where the session changed; take them away where it became empty."""
        if not isinstance(session, AnswersSession):
            return
        secure: bool = app.config["SECURE_COOKIES"]
        answers, opener = cookie_names(secure)
        shared: dict[str, Any] = {"secure": secure, "samesite": "Lax", "path": "/"}
        if not session:
            if session.modified or session.was_lost:
                response.delete_cookie(answers, httponly=True, **shared)
                response.delete_cookie(opener, **shared)
        elif session.modified:
            if session.opener is None:
                session.opener = secrets.token_urlsafe(_OPENER_BYTES)
                # Not hidden from scripts: they must be able to delete it.
                response.set_cookie(opener, session.opener, **shared)
            sealed = self.sealer.seal(dict(session), session.opener)
            response.set_cookie(answers, sealed, httponly=True, **shared)


def _values(cookies: MultiDict[str, str], name: str) -> Sequence[str]:
    return [value for value in cookies.getlist(name) if value][:_TRIED]

"""Compresses what is sent, with Brotli where the browser knows it, else gzip.

Compression can betray a secret that stands in a page beside something that an attacker chose and
whose length he can watch (BREACH). Our pages hold no such secret: there is no token, the cookie
is a header, which is never compressed, and nobody else can choose what stands in a page or have a
browser fetch it with the answers (SameSite cookie, requests from other sites are refused).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus

import brotli
from flask import Flask, Response, request

Compress = Callable[[bytes], bytes]

_GZIP_HEADER = 16
_SMALLEST = 500
"""Below this, in bytes, compression gains less than the headers that tell of it."""
_TYPES = frozenset(
    {
        "application/json",
        "application/manifest+json",
        "application/problem+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)


def _brotli(quality: int) -> Compress:
    return lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality, lgwin=18)


def _gzip(level: int) -> Compress:
    return lambda body: zlib.compress(body, level, zlib.MAX_WBITS + _GZIP_HEADER)


WHILE_ASKED: Mapping[str, Compress] = {"br": _brotli(4), "gzip": _gzip(5)}
"""For pages, best first: more effort costs more time than it saves in bytes."""
ONCE: Mapping[str, Compress] = {"br": _brotli(11), "gzip": _gzip(9)}
"""For static files."""


def compress_responses(app: Flask) -> None:
    """Compress every answer that is text and large enough."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in _TYPES or "Content-Encoding" in response.headers:
            return response
        response.vary.add("Accept-Encoding")
        encoding = _accepted(request.headers.get("Accept-Encoding", ""))
        is_static = request.endpoint == "static"
        if encoding is None or (is_static and response.status_code != HTTPStatus.OK):
            return response
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) < _SMALLEST:
            return response
        compressed = _static(body, encoding) if is_static else WHILE_ASKED[encoding](body)
        response.set_data(compressed)
        response.headers["Content-Encoding"] = encoding
        # It named the bytes before.
        response.headers.pop("ETag", None)
        return response


@lru_cache(maxsize=64)
def _static(body: bytes, encoding: str) -> bytes:
    """A static file is compressed as small as it goes, once in each worker."""
    return ONCE[encoding](body)


@lru_cache(maxsize=256)
def _accepted(header: str) -> str | None:
    """The best encoding that the browser takes."""
    taken = {}
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        taken[name.strip()] = parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00"}
    for encoding in WHILE_ASKED:
        if taken.get(encoding, taken.get("*", False)):
            return encoding
    return None

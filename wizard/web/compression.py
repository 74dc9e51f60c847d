"""Compresses what is sent, with Brotli where the browser knows it, else gzip.

Compression can betray a secret that stands in a page beside something that an attacker chose and
whose length he can watch (BREACH). Our pages hold no such secret: there is no token, the cookie
is a header, which is never compressed, and a page that shows answers repeats nothing from its
address. What stands in it is chosen by its reader alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Protocol

import brotli
from flask import Flask, Response, request, session
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from wizard.web import padding


class Compress(Protocol):
    """Compresses a body; what shows answers, to a multiple of `step` bytes."""

    def __call__(self, body: bytes, step: int = 1) -> bytes:
        """The compressed bytes."""


_GZIP_HEADER = 16
_WINDOW = 18
"""How far Brotli looks back, as a power of two: what the questions without a network need says the
same again further down than 64 KiB."""
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
    def compress(body: bytes, step: int = 1) -> bytes:
        if step > 1:
            return padding.brotli_text(body, step, quality, _WINDOW)
        packed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality, lgwin=_WINDOW)
        return packed

    return compress


def _gzip(level: int) -> Compress:
    def compress(body: bytes, step: int = 1) -> bytes:
        if step > 1:
            return padding.gzip(body, step, level)
        return zlib.compress(body, level, zlib.MAX_WBITS + _GZIP_HEADER)

    return compress


ON_REQUEST: Mapping[str, Compress] = {"br": _brotli(5), "gzip": _gzip(6)}
"""For what is made while somebody waits, best first. What a first visit loads must fit one round
trip; with more effort it takes more time than its bytes save.
"""
ONCE: Mapping[str, Compress] = {"br": _brotli(11), "gzip": _gzip(9)}
"""For static files: as small as it goes."""


def compress_responses(app: Flask) -> None:
    """Compress every answer that is text and large enough."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in _TYPES or "Content-Encoding" in response.headers:
            return response
        response.headers.add("Vary", "Accept-Encoding")
        encoding = wanted_encoding()
        if response.status_code == HTTPStatus.PARTIAL_CONTENT:
            return response
        step = _step(response)
        if encoding is None and step == 1:
            return response
        response.direct_passthrough = False
        body = response.get_data()
        if encoding is None or len(body) < _SMALLEST:
            response.set_data(padding.plain(body, step))
            return response
        response.set_data(ON_REQUEST[encoding](body, step))
        response.headers["Content-Encoding"] = encoding
        if "ETag" in response.headers:
            # Strong means: the same bytes. These are others with the same meaning.
            response.set_etag(response.get_etag()[0] or "", weak=True)
        return response


def _step(response: Response) -> int:
    """In which steps of bytes the response is sent: what follows from answers in large ones."""
    if request.blueprint != "pages" or response.mimetype != "text/html" or not session:
        return 1
    return padding.STEP if response.status_code == HTTPStatus.OK else padding.SMALL_STEP


def wanted_encoding() -> str | None:
    """The best encoding that the browser of this request takes."""
    return accepted_encoding(request.headers.get("Accept-Encoding", ""))


def accepted_encoding(header: str) -> str | None:
    """The best encoding that the browser takes. Not kept: a header can be made up by anybody."""
    return parse_accept_header(header, Accept).best_match(ON_REQUEST)

"""The static files, served from memory.

A file at an address with its fingerprint is answered before Flask: compressed once, as small as
it goes. Every other address below /static is left to Flask.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import request, url_for

from questions.text_files import own_files
from wizard.web.bundling import bundle
from wizard.web.compression import ONCE, accepted_encoding

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = Path(__file__).parents[1] / "static"
_SERVED = (".ico", ".js", ".json", ".png", ".svg", ".webmanifest")


@cache
def fingerprint_of(name: str) -> str:
    """What stands for the content of one of our static files in its address."""
    return hashlib.sha256(served(name)).hexdigest()[:16]


def asset_url(name: str) -> str:
    """The address of a static file; it changes with the file, so it may be cached for ever."""
    return _asset_url(name, request.script_root)


@lru_cache(maxsize=64)
def _asset_url(name: str, _script_root: str) -> str:
    return url_for("static", filename=name, v=fingerprint_of(name))


@cache
def served(name: str) -> bytes:
    """A static file as it is sent: a script with all that it imports."""
    if name.endswith(".js"):
        return bundle(name, _source).encode()
    return (STATIC / name).read_bytes()


def _source(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


class StaticFiles:
    """Answers for the files that have their fingerprint in the address."""

    def __init__(self, inner: WSGIApplication) -> None:
        """`inner` answers everything else."""
        self._inner = inner
        folders = [STATIC, *(path for path in STATIC.rglob("*") if path.is_dir())]
        files = [path for folder in folders for path in own_files(folder, *_SERVED)]
        names = [path.relative_to(STATIC).as_posix() for path in files]
        self._names = {(f"/static/{name}", f"v={fingerprint_of(name)}"): name for name in names}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The WSGI interface."""
        name = self._names.get((environ["PATH_INFO"], environ.get("QUERY_STRING", "")))
        if name is None or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._inner(environ, start_response)
        encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers, body = _file(name, encoding)
        start_response("200 OK", list(headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@cache
def _file(name: str, encoding: str | None) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """The headers and the bytes of a file; uncompressed where that is as small."""
    plain = served(name)
    compressed = ONCE[encoding](plain) if encoding else plain
    headers = {
        "Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
    }
    body = plain
    if encoding and len(compressed) < len(plain):
        headers["Content-Encoding"], body = encoding, compressed
    headers["Content-Length"] = str(len(body))
    return tuple(headers.items()), body

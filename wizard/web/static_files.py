"""The style sheet, which stands in a page or is linked from it, and the static files, served from
memory.

Somebody's first page holds the styles that it needs: it can be read after one round trip. The
pages of questions after it lead to the sheet as a file, which the first ones have fetched ahead:
so they are half as long.

A file at an address with its fingerprint is answered before Flask: compressed once, as small as
it goes. Every other address below /static is left to Flask.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import g, request, url_for
from markupsafe import Markup

from questions.text_files import own_files
from wizard.web.compression import ONCE, accepted_encoding

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = Path(__file__).parents[1] / "static"
_COMMENT_OR_INDENT = re.compile(
    rb"^[ \t]*(?://.*|/\*(?:(?!\*/)(?s:.))*\*/)\n|^[ \t]+", re.MULTILINE
)
_IMPORT = re.compile(rb'(?<=\bfrom ")\.{1,2}/[^"]+\.js(?=";$)', re.MULTILINE)

_SERVED = (".css", ".ico", ".js", ".json", ".png", ".svg", ".webmanifest")
EVERYWHERE = "style.css"
"""As a file it is served with those of `ONLY_SOME` behind it."""
ONLY_SOME = ("question.css", "result.css", "start.css", "tables.css")
"""Styles that a page can leave out."""
_BEFORE: Mapping[str, Sequence[str]] = {
    # A module: what stands before it is one too there.
    "countries.js": ("enhance.js", "question.js", "combobox.js"),
    "embed.js": ("leaving.js",),
    "enhance.js": ("leaving.js", "ending.js"),
    "form.js": ("enhance.js", "question.js"),
}
"""What scripts share. Of modules a browser would ask for one more file each, and the headers of a
file are as long as a short script.
"""


@cache
def stylesheet(*only: str) -> Markup:
    """The style sheet: inline, so that a page can be read after one round trip.

    With names of `ONLY_SOME`, what all pages need and these; without, everything.
    """
    names = (EVERYWHERE, *(only or ONLY_SOME))
    lines = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names).splitlines()
    stripped = (line.strip() for line in lines)
    return Markup("".join(line for line in stripped if not line.startswith("/*")))


def style_here(only: Iterable[str] = (), linked: bool = False) -> Markup:
    """The style sheet for the page being made, whose policy must allow it: see `style_source`."""
    if linked:
        g.style_source = "'self'"
        return Markup('<link rel="stylesheet" href="{}">').format(asset_url(EVERYWHERE))
    element, g.style_source = _inline(tuple(only))
    return element


@cache
def _inline(only: tuple[str, ...]) -> tuple[Markup, str]:
    sheet = stylesheet(*only)
    return Markup("<style>{}</style>").format(sheet), source_of(sheet)


def style_source() -> str | None:
    """The source of the style sheet of the page that was made; None where there is none."""
    source: str | None = g.get("style_source")
    return source


@cache
def source_of(sheet: Markup) -> str:
    """What stands for an inline style sheet in a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"


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


def served(name: str) -> bytes:
    """A static file as it is sent: a script without indents and lines that are only comment, with
    what it needs before it, and all styles in one.

    What a module imports gets its fingerprint, as every address in a page has it. So the
    fingerprint of a module changes with whatever it imports: no old part is mixed with new ones.
    """
    if name == EVERYWHERE:
        return stylesheet().encode()
    content = (STATIC / name).read_bytes()
    if not name.endswith(".js"):
        return content
    before = b"".join(served(each) for each in _BEFORE.get(name, ()))

    def marked(found: re.Match[bytes]) -> bytes:
        imported = _imported(name, found[0].decode())
        return found[0] + b"?v=" + fingerprint_of(imported).encode()

    return before + _IMPORT.sub(marked, _COMMENT_OR_INDENT.sub(b"", content))


def modules_of(name: str) -> list[str]:
    """The names of all modules that a module needs, each once; not its own."""
    found: dict[str, None] = {}
    for path in _IMPORT.findall((STATIC / name).read_bytes()):
        imported = _imported(name, path.decode())
        found[imported] = None
        found.update(dict.fromkeys(modules_of(imported)))
    return list(found)


def module_urls(name: str) -> list[str]:
    """The addresses of what a module needs, for a browser to fetch at once with the page."""
    return [asset_url(each) for each in modules_of(name)]


def _imported(by: str, path: str) -> str:
    """The name of the file that the module `by` imports as `path`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(by), path))


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

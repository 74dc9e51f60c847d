"""A worker whose own refusals speak as carefully as the app: with headers, and without an echo."""

from __future__ import annotations

import socket
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

_SAFE = (
    "Content-Type: text/plain; charset=utf-8",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
    "Permissions-Policy: camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Resource-Policy: same-origin",
    "Content-Security-Policy: default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control: no-store",
    "X-Robots-Tag: noindex",
    "Connection: close",
)


class _Refusal:
    """A connection on which only the status of a refusal is sent on; the rest is ours."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def sendall(self, response: bytes) -> None:
        """Send the status of gunicorn's response, our headers, and the status once more to read.

        Its page repeats what was sent; it is escaped, but a visitor learns nothing from it.
        """
        status = response.partition(b"\r\n")[0].decode("latin-1")
        body = status.partition(" ")[2] + "\n"
        lines = (status, *_SAFE, f"Content-Length: {len(body)}", "", body)
        self._connection.sendall("\r\n".join(lines).encode("latin-1"))


class Worker(ThreadWorker):  # type: ignore[misc, unused-ignore]
    """gunicorn's worker with threads."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer what cannot be read as a request: too long, malformed, not HTTP."""
        super().handle_error(req, _Refusal(client), addr, exc)

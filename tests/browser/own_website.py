"""A website that a test serves by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class QuietHandler(BaseHTTPRequestHandler):
    """Answers requests, and writes none of them down."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(handler: type[QuietHandler]) -> Iterator[int]:
    """Answer requests in this way until the block ends: on which port of 127.0.0.1."""
    website = _Website(("127.0.0.1", 0), handler)
    Thread(target=website.serve_forever, daemon=True).start()
    try:
        yield website.server_address[1]
    finally:
        website.shutdown()
        website.server_close()


class _Website(ThreadingHTTPServer):
    # A browser opens many at once; on a busy machine five would wait too long.
    request_queue_size = 128

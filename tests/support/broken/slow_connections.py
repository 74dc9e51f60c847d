"""Connections that send half a request, or read nothing, and stay."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

MANY = 40
"""More than there are threads, and than the one who tries it by hand thinks of."""

PATIENCE = 10.0
"""After how many seconds the others are said to wait for ever."""

FORM = b"Host: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
_ANSWER = b"POST /en/case HTTP/1.1\r\n" + FORM
HALF = _ANSWER + b"Content-Length: 14\r\n\r\nanswer="
TOO_LARGE = _ANSWER + b"Content-Length: 90000000\r\n\r\nhalf"
IN_CHUNKS = b"POST /en/forget HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"
LAST = b"GET /en/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
SENT: Mapping[str, bytes] = {
    "nothing": b"",
    "one byte": b"G",
    "half a line": b"GET /en/",
    "a head without its end": b"GET /en/ HTTP/1.1\r\nHost: a\r\n",
    "half a body": HALF,
    "the begin of a body that is refused": TOO_LARGE,
    "half a chunk": IN_CHUNKS,
    "what is no request": b"nonsense\r\n\r\n",
    "the hello of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a question, and no goodbye": LAST,
    "a question, and half of the next": LAST.replace(b"Connection: close\r\n", b"") + b"GET /en/",
    "the wish to be told to go on": HALF.partition(b"\r\n\r\n")[0]
    + b"\r\nExpect: 100-continue\r\n\r\n",
}


@contextmanager
def held(port: int, sent: bytes, times: int = MANY) -> Iterator[list[socket.socket]]:
    """Connections that send this and then neither send, read nor close."""
    with ExitStack() as stack:
        found = []
        for _ in range(times):
            connection = socket.create_connection(("127.0.0.1", port), timeout=10)
            found.append(stack.enter_context(connection))
            connection.sendall(sent)
        time.sleep(0.3)
        yield found


def longest_wait(port: int) -> float:
    """The longest of some visits of somebody else, in seconds; infinite beyond our patience."""
    waits = []
    for path in ("/en/", "/nl/check/asylum_decision", "/en/privacy") * 2:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            return float("inf")
        finally:
            connection.close()
        waits.append(time.monotonic() - began)
    return max(waits)

"""How much of a request has arrived: whether a thread could read all of it without waiting.

This only counts bytes. What a request means, and whether it is one, is for gunicorn's parser alone:
that is handed the same bytes and nothing after them.
"""

from __future__ import annotations

import re

MOST_OF_HEAD = 64 * 1024
"""gunicorn refuses a line of 8 KiB; browsers send about 1 KiB, and a cookie of 4 KiB at most."""

MOST_OF_BODY = 64 * 1024
"""Four times what the app takes: it refuses by the length that is told, before it reads."""

_END = b"\r\n\r\n"
_LENGTH = re.compile(
    rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
_IN_CHUNKS = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)
_WAITS = re.compile(rb"^expect[ \t]*:[ \t]*100-continue", re.IGNORECASE | re.MULTILINE)
_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}")


class Arriving:
    """A request, as far as it has arrived."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.head_is_too_long = False
        self.is_cut_off = False
        """Whether more of this request may come than is waited for."""
        self._looked_at = 0
        self._body: _Body | None = None

    def add(self, part: bytes) -> None:
        """Take what has arrived."""
        self.data += part

    def ready(self) -> bool:
        """Whether a thread can answer it: because it is all here, or because of what is."""
        if self._body is None and not self._head_ended():
            self.head_is_too_long = len(self.data) > MOST_OF_HEAD
            return self.head_is_too_long
        assert self._body is not None
        if self._body.has_ended(self.data):
            return True
        self.is_cut_off = self._body.is_too_long(self.data)
        return self.is_cut_off

    def ends_here(self) -> bool:
        """Nothing more comes; whether there is enough for gunicorn's parser to answer."""
        self.is_cut_off = True
        return self._body is not None

    def waits_for_leave(self) -> bool:
        """Whether who sends it waits to be told to go on; true once at most."""
        waits = self._body is not None and self._body.waits
        if self._body:
            self._body.waits = False
        return waits

    def _head_ended(self) -> bool:
        end = self.data.find(_END, self._looked_at)
        # The four bytes of the end can arrive in parts.
        self._looked_at = max(0, len(self.data) - len(_END) + 1)
        if end < 0:
            return False
        head, start = bytes(self.data[: end + 2]), end + len(_END)
        length = _LENGTH.search(head)
        in_chunks = _IN_CHUNKS.search(head)
        if in_chunks and not length:
            self._body = _Chunks(start)
        elif length and not in_chunks:
            self._body = _Body(start, start + int(length[1]))
        else:
            # None, or both, which gunicorn's parser refuses: nothing is waited for.
            self._body = _Body(start, start)
        self._body.waits = bool(_WAITS.search(head))
        return True


class _Body:
    """A body of a length that is told, or none."""

    waits = False

    def __init__(self, start: int, end: int) -> None:
        self._start, self._end = start, end

    def has_ended(self, data: bytearray) -> bool:
        return len(data) >= self._end

    def is_too_long(self, _data: bytearray) -> bool:
        return self._end - self._start > MOST_OF_BODY


class _Chunks(_Body):
    """A body in chunks, each with its own length before it."""

    def __init__(self, start: int) -> None:
        super().__init__(start, start)
        self._in_trailer = False

    def has_ended(self, data: bytearray) -> bool:
        while (line_end := data.find(b"\r\n", self._end)) >= 0:
            line = bytes(data[self._end : line_end])
            if self._in_trailer:
                self._end = line_end + 2
                if not line:
                    return True
                continue
            size = _SIZE.match(line)
            if size is None:
                return True  # No chunk: gunicorn's parser says so.
            self._in_trailer = int(size[0], 16) == 0
            # After what a chunk holds there is one more end of a line.
            self._end = line_end + 2 + (0 if self._in_trailer else int(size[0], 16) + 2)
        return False

    def is_too_long(self, data: bytearray) -> bool:
        return max(len(data), self._end) - self._start > MOST_OF_BODY

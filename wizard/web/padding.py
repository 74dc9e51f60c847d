"""Lengths that tell little: what shows or follows from answers is sent in steps.

Encryption hides what is sent, not how much. A page whose length follows from the answers tells them
to whoever watches the line. So its compressed bytes are filled up to a multiple of a step, in a way
that each format has for it and that no reader sees.
"""

from __future__ import annotations

import zlib

import brotli

STEP = 2048
"""For pages, in bytes."""

SMALL_STEP = 1024
"""For what only leads on to a page."""

_GZIP_EXTRA = bytes([0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 255])
"""The beginning of a gzip file with an extra field, of no time and no system (RFC 1952)."""

_RAW = -zlib.MAX_WBITS


def plain(body: bytes, step: int) -> bytes:
    """HTML with spaces behind it."""
    return body + b" " * (-len(body) % step)


def gzip(body: bytes, step: int, level: int) -> bytes:
    """Compressed, with an extra field in the header that readers skip."""
    packer = zlib.compressobj(level, zlib.DEFLATED, _RAW)
    packed = packer.compress(body) + packer.flush()
    end = zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
    length = -(len(_GZIP_EXTRA) + 2 + len(packed) + len(end)) % step
    extra = length.to_bytes(2, "little") + bytes(length)
    return _GZIP_EXTRA + extra + packed + end


def brotli_text(body: bytes, step: int, quality: int, window: int) -> bytes:
    """Compressed, with metadata before its end that readers skip (RFC 7932, 9.2)."""
    packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=quality, lgwin=window)
    # What is flushed ends with a whole byte. The last byte is an empty last block.
    packed: bytes = packer.process(body) + packer.flush()
    end = b"\x03"
    return packed + _metadata(-(len(packed) + len(end)) % step) + end


def _metadata(size: int) -> bytes:
    """Blocks of metadata that are this long, with their headers."""
    empty, short, longest_short = b"\x06", 2, 258
    if size <= short:
        return empty * size
    if size <= longest_short:
        length = size - short
        return (0x16 | (length - 1) << 6).to_bytes(short, "little") + bytes(length)
    length = size - short - 1
    if size == longest_short + 1:
        return empty + _metadata(size - 1)
    return (0x26 | (length - 1) << 6).to_bytes(short + 1, "little") + bytes(length)

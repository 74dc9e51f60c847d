"""The websites that may show the questionnaire in a frame, as the settings name them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1"})


def read_origins(setting: str, text: str) -> tuple[str, ...]:
    """The origins in a list with commas or spaces, such as "https://example.nl".

    Without wildcards: whoever can make a page below a wildcard could frame us. Over TLS only, or
    anybody on the way could; but for this machine itself.

    Raises `ValueError`, with the name of the setting, for what is no such origin.
    """
    origins = tuple(dict.fromkeys(text.replace(",", " ").split()))
    for origin in origins:
        if not _is_origin(origin):
            raise ValueError(
                f"{setting}: {origin!r} is no origin of a website; write it as https://example.nl, "
                "in small letters, without a path, a slash at the end or a wildcard"
            )
    return origins


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE)
    written = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    return secure and bool(_HOST.fullmatch(host)) and text == written

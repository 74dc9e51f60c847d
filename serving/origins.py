"""The websites that may show the questionnaire in a frame, as the settings name them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1"})


def is_origin(text: str) -> bool:
    """Whether the text is an origin of a website, such as "https://example.nl".

    Without wildcards: whoever can make a page below a wildcard could frame us. Over TLS only, or
    anybody on the way could; but for this machine itself.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE)
    written = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    return secure and bool(_HOST.fullmatch(host)) and text == written

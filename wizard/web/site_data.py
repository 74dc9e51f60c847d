"""What a browser is asked to wipe when answers are deleted (Clear-Site-Data).

Its history is not among it, and not every browser knows the header: none does without TLS.
"""

from __future__ import annotations

from werkzeug.wrappers import Response

KEPT = ("cache", "storage")
"""What pages left on the device."""

COOKIES = "cookies"
"""Also how the pages speak: the languages, and helper mode."""


def clear_site_data(response: Response, *, cookies: bool = False) -> Response:
    """The response, which asks to wipe what pages left; with `cookies` everything of ours."""
    wiped = (*KEPT, COOKIES) if cookies else KEPT
    response.headers["Clear-Site-Data"] = ", ".join(f'"{each}"' for each in wiped)
    return response

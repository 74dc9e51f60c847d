"""The headers that no response may lack, whoever makes it: the app, a static file, the server's own
refusal. nginx.conf repeats them for what nginx says by itself; a test compares.
"""

from __future__ import annotations

SHOWS_NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
"""The content policy of what is no page."""

_NEVER_NEEDED = ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
SAFE = (
    ("X-Content-Type-Options", "nosniff"),
    # Tells other sites nothing. Our own it must tell: with `no-referrer` a browser also hides where
    # a form comes from, and then it cannot be told from one that another site sends.
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in _NEVER_NEEDED)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", SHOWS_NOTHING),
    # A page can show answers: no cache, and no page to go Back to on a shared computer.
    ("Cache-Control", "no-store"),
)
OVER_TLS = (("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),)
NOT_FOR_SEARCH_ENGINES = ("X-Robots-Tag", "noindex")

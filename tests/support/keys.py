"""A key for the tests and the benchmarks."""

from __future__ import annotations

COOKIE_KEY = "dGVyLSBvbmx5IGZvciB0ZXN0cyAtIG5vIHNlY3JldCE="
"""A Fernet key that is no secret, so that every process of a test can open the cookies."""

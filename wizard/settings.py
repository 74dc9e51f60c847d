"""Settings, all from the environment, each with a default that works in development."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.fernet import Fernet

_log = logging.getLogger(__name__)
_FALSE = frozenset({"false", "0", "no", "off"})


@dataclass(frozen=True)
class Settings:
    """What whoever runs the service can choose."""

    cookie_keys: tuple[str, ...]
    """Fernet keys, newest first: the first one seals, every one opens."""

    secure_cookies: bool
    """Send cookies over TLS only."""

    answers_minutes: int
    """How long answers stay readable after the last one was given, in minutes."""

    rate_limits: bool
    rate_limit_storage: str
    trusted_proxies: int
    """How many proxies in front set X-Forwarded-For and -Proto; 0 believes none."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    COOKIE_KEYS            Fernet keys, separated by commas, newest first
    SECURE_COOKIES         true or false (false)
    ANSWERS_MINUTES        whole minutes (60)
    RATELIMIT_ENABLED      true or false (true)
    RATELIMIT_STORAGE_URI  where counts are kept (memory of each worker)
    TRUSTED_PROXIES        a whole number (0)

    Raises `ValueError` for a key or number that is none.
    """
    return Settings(
        cookie_keys=_cookie_keys(environment.get("COOKIE_KEYS", "")),
        secure_cookies=_flag(environment.get("SECURE_COOKIES", "false")),
        answers_minutes=int(environment.get("ANSWERS_MINUTES") or 60),
        rate_limits=_flag(environment.get("RATELIMIT_ENABLED", "true")),
        rate_limit_storage=environment.get("RATELIMIT_STORAGE_URI") or "memory://",
        trusted_proxies=int(environment.get("TRUSTED_PROXIES") or 0),
    )


def _flag(text: str) -> bool:
    return text.strip().lower() not in _FALSE


def _cookie_keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if keys:
        return keys
    _log.warning(
        "COOKIE_KEYS is not set: a key was made for this process. Answers are lost at a restart "
        "and cannot be read by another worker or host."
    )
    return (Fernet.generate_key().decode(),)

"""Settings, all from the environment, each with a default that works in development."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cryptography.fernet import Fernet
from limits import parse_many

from rules.loading import ROOT
from wizard.origins import read_origins

_log = logging.getLogger(__name__)

PER_MINUTE = "6000 per minute"
"""What one address may ask: 300 people in one shelter, 20 requests (10 questions) a minute each."""

LONGEST_MINUTES = 60
"""The privacy page says that after an hour answers open no more: a setting may not undo that."""

SECONDS_COUNTED = 60

Number = TypeVar("Number", int, float)

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
    rate_limit: str
    """How many requests one address may make, such as "6000 per minute"."""

    rate_limit_storage: str
    rate_limit_password: str | None
    """What the storage asks for, where it asks for anything."""

    workers: int
    """How many processes serve; each counts for itself where the counts are in memory."""

    leave_url: str
    """The harmless page to which "Leave quickly" goes."""

    idle_minutes: float
    """After how many minutes without a touch a page asks whether anybody is there."""

    embed_origins: tuple[str, ...]
    """The websites that may show the questionnaire in a frame."""

    trusted_proxies: int
    """How many proxies in front set X-Forwarded-For and -Proto; 0 believes none."""

    request_log: bool
    """Write a line for each request: its route, status and time, and nothing of who asked."""

    metrics_port: int | None
    """The port on which figures are served; None serves none."""

    policy_folder: Path
    """Holds `questions/` and `rules/policy/`."""

    policy_last_good: Path | None
    """A file for the last policy that loaded; None keeps none beyond this process."""

    policy_check_seconds: float

    policy_archive: Path | None
    """A folder that keeps every policy that comes into force, to read old case codes with."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    COOKIE_KEYS            Fernet keys, separated by commas, newest first
    COOKIE_KEYS_FILE       a file with the keys; read again at a reload (none)
    SECURE_COOKIES         true or false (false)
    ANSWERS_MINUTES        whole minutes, 60 at most (60)
    RATELIMIT_ENABLED      true or false (true)
    RATELIMIT              requests that one address may make (6000 per minute)
    RATELIMIT_STORAGE_URI  where counts are kept (memory of each worker)
    RATELIMIT_PASSWORD_FILE  a file with the password for that place (none)
    WEB_CONCURRENCY        processes that serve: each allows its part of the limits (1)
    LEAVE_URL              a web address (a weather page)
    IDLE_MINUTES           minutes (15)
    EMBED_ORIGINS          websites that may frame the questionnaire (none)
    TRUSTED_PROXIES        a whole number (0)
    ACCESS_LOG             anything: requests are logged (nothing: they are not)
    METRICS_BIND           address and port for figures, of their own (none are served)
    POLICY_FOLDER          where questions/ and rules/policy/ are (this code's own)
    POLICY_LAST_GOOD       a file to keep the last good policy in (none)
    POLICY_CHECK_SECONDS   how often to look for a changed policy (5)
    POLICY_ARCHIVE         a folder to keep every policy in that comes into force (none)

    Raises `ValueError`, with the name of the setting, for a number, limit or origin that is none.
    """
    return Settings(
        cookie_keys=_cookie_keys(environment),
        secure_cookies=_flag(environment.get("SECURE_COOKIES") or "false"),
        answers_minutes=_number(environment, "ANSWERS_MINUTES", 60, int, LONGEST_MINUTES),
        rate_limits=_flag(environment.get("RATELIMIT_ENABLED") or "true"),
        rate_limit=_rate_limit(environment.get("RATELIMIT") or PER_MINUTE),
        rate_limit_storage=environment.get("RATELIMIT_STORAGE_URI") or "memory://",
        rate_limit_password=_content(environment.get("RATELIMIT_PASSWORD_FILE") or ""),
        workers=max(1, _number(environment, "WEB_CONCURRENCY", 1, int)),
        leave_url=environment.get("LEAVE_URL") or "https://www.buienradar.nl/",
        idle_minutes=_number(environment, "IDLE_MINUTES", 15, float),
        embed_origins=read_origins("EMBED_ORIGINS", environment.get("EMBED_ORIGINS") or ""),
        trusted_proxies=_number(environment, "TRUSTED_PROXIES", 0, int),
        request_log=bool(environment.get("ACCESS_LOG")),
        metrics_port=_port(environment.get("METRICS_BIND") or ""),
        policy_folder=Path(environment.get("POLICY_FOLDER") or ROOT),
        policy_last_good=_path(environment.get("POLICY_LAST_GOOD") or ""),
        policy_check_seconds=_number(environment, "POLICY_CHECK_SECONDS", 5, float),
        policy_archive=_path(environment.get("POLICY_ARCHIVE") or ""),
    )


def _number(
    environment: Mapping[str, str],
    name: str,
    default: Number,
    kind: type[Number],
    most: float = float("inf"),
) -> Number:
    text = environment.get(name) or ""
    try:
        number = kind(text) if text else default
    except ValueError:
        number = kind(-1)
    if not 0 <= number <= most:
        raise ValueError(f"{name}: {text!r} is no number from 0 to {most:g}")
    return number


def _rate_limit(text: str) -> str:
    """The privacy page says that counts live for a minute: nothing longer is taken."""
    try:
        seconds = max(limit.get_expiry() for limit in parse_many(text))
    except ValueError as error:
        raise ValueError(f"RATELIMIT: {text!r} is no limit such as {PER_MINUTE!r}") from error
    if seconds > SECONDS_COUNTED:
        raise ValueError(f"RATELIMIT: {text!r} counts for longer than a minute")
    return text


def _port(bind: str) -> int | None:
    port = bind.rpartition(":")[2]
    if bind and not port.isdecimal():
        raise ValueError(f"METRICS_BIND: {bind!r} does not end with a port")
    return int(port) if bind else None


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def _content(file: str) -> str | None:
    """What stands in a file, without the end of its line."""
    return Path(file).read_text(encoding="utf-8").strip() if file else None


def _flag(text: str) -> bool:
    return text.strip().lower() not in _FALSE


def _cookie_keys(environment: Mapping[str, str]) -> tuple[str, ...]:
    text = environment.get("COOKIE_KEYS", "")
    if file := environment.get("COOKIE_KEYS_FILE"):
        text = Path(file).read_text(encoding="ascii")
    keys = tuple(text.replace(",", " ").split())
    if keys:
        return keys
    _log.warning(
        "COOKIE_KEYS is not set: a key was made for this process. Answers are lost at a restart "
        "and cannot be read by another worker or host."
    )
    return (Fernet.generate_key().decode(),)

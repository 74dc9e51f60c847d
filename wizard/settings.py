"""Settings, all from the environment, each with a default that works in development.

gunicorn's master process reads this file as well, so that a mistake stops the start and not each
worker; it must not load the app. So nothing of the app is imported here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from serving.environment import Environment

_log = logging.getLogger(__name__)

PER_MINUTE = "6000 per minute"
"""What one address may ask: 300 people in one shelter, 20 requests (10 questions) a minute each."""

LONGEST_MINUTES = 60
"""The privacy page says that after an hour answers open no more: a setting may not undo that."""

A_DAY = 24 * 60
"""In minutes. A browser's timer ends at once where it is told to wait for more than 24 days."""

MOST_PROXIES = 10

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Operator:
    """Who runs the service: named on every page, so that whoever reads it knows whom to ask."""

    name: str
    """Empty where nobody has set it yet; then the pages say so."""
    phone: str | None = None
    website: str | None = None
    logo: Path | None = None


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
    """The harmless page to which "Quick exit" goes."""

    operator: Operator

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
    ANSWERS_MINUTES        whole minutes, 1 to 60 (60)
    RATELIMIT_ENABLED      true or false (true)
    RATELIMIT              requests that one address may make (6000 per minute)
    RATELIMIT_STORAGE_URI  where counts are kept (memory of each worker)
    RATELIMIT_PASSWORD_FILE  a file with the password for that place (none)
    WEB_CONCURRENCY        processes that serve: each allows its part of the limits (1)
    LEAVE_URL              a web address (a weather page)
    OPERATOR_NAME          who runs the service (nobody yet)
    OPERATOR_PHONE         a phone number (none)
    OPERATOR_WEBSITE       a web address (none)
    OPERATOR_LOGO          a file, .svg or .png, 20,000 bytes at most (none)
    IDLE_MINUTES           minutes, 1440 at most (15)
    EMBED_ORIGINS          websites that may frame the questionnaire (none)
    TRUSTED_PROXIES        a whole number (0)
    ACCESS_LOG             anything: requests are logged (nothing: they are not)
    METRICS_BIND           address and port for figures, of their own (none are served)
    POLICY_FOLDER          where questions/ and rules/policy/ are (this code's own)
    POLICY_LAST_GOOD       a file to keep the last good policy in (none)
    POLICY_CHECK_SECONDS   how often to look for a changed policy (5)
    POLICY_ARCHIVE         a folder to keep every policy in that comes into force (none)

    Raises `SettingError`, which names the setting, its value and what is allowed.
    """
    read = Environment(environment)
    figures = read.bind("METRICS_BIND")
    return Settings(
        cookie_keys=read.keys("COOKIE_KEYS", "COOKIE_KEYS_FILE") or _key_of_this_process(),
        secure_cookies=read.flag("SECURE_COOKIES", default=False),
        answers_minutes=read.whole("ANSWERS_MINUTES", 60, least=1, most=LONGEST_MINUTES),
        rate_limits=read.flag("RATELIMIT_ENABLED", default=True),
        rate_limit=read.rate("RATELIMIT", PER_MINUTE),
        rate_limit_storage=read.store_of_counts("RATELIMIT_STORAGE_URI"),
        rate_limit_password=read.content("RATELIMIT_PASSWORD_FILE"),
        workers=read.whole("WEB_CONCURRENCY", 1, least=1, most=256),
        leave_url=read.web_address("LEAVE_URL", "https://www.buienradar.nl/"),
        operator=_operator(read),
        idle_minutes=read.number("IDLE_MINUTES", 15, most=A_DAY),
        embed_origins=read.origins("EMBED_ORIGINS"),
        trusted_proxies=read.whole("TRUSTED_PROXIES", 0, least=0, most=MOST_PROXIES),
        request_log=bool(read.text("ACCESS_LOG")),
        metrics_port=figures[1] if figures else None,
        policy_folder=read.folder_with("POLICY_FOLDER", ROOT, "questions", "rules/policy"),
        policy_last_good=read.path("POLICY_LAST_GOOD"),
        policy_check_seconds=read.number("POLICY_CHECK_SECONDS", 5, most=A_DAY * 60),
        policy_archive=read.path("POLICY_ARCHIVE"),
    )


def _operator(read: Environment) -> Operator:
    name, website = read.text("OPERATOR_NAME"), read.text("OPERATOR_WEBSITE")
    return Operator(
        name=name,
        phone=read.phone("OPERATOR_PHONE"),
        website=read.web_address("OPERATOR_WEBSITE", "") if website else None,
        logo=read.picture("OPERATOR_LOGO"),
    )


def _key_of_this_process() -> tuple[str, ...]:
    _log.warning(
        "COOKIE_KEYS is not set: a key was made for this process. Answers are lost at a restart "
        "and cannot be read by another worker or host."
    )
    return (Fernet.generate_key().decode(),)

"""How many requests one address may make in a minute, over all routes, and how many that cost much.

Generous on purpose: 300 people in a shelter can share one address, and answer a question every six
seconds, each of them, before anybody is refused. It still keeps one machine from taking the service
from everybody else. The counts hold a keyed hash of the address for a minute, and no address.

They are in Redis where RATELIMIT_STORAGE_URI names one, for all workers together. Else they are in
the memory of each worker, and each of them allows its part. Without an answer from Redis each
worker counts for itself until Redis is back: pages matter more.
"""

from __future__ import annotations

import hashlib
import logging
import re
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from math import ceil
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter, RouteLimit
from limits import RateLimitItem, parse_many
from limits.storage import Storage
from limits.strategies import STRATEGIES, FixedWindowRateLimiter

from wizard.settings import PER_MINUTE, Settings

__all__ = ["PER_MINUTE", "few", "limit_requests", "limiter", "results", "subscriber"]

RESULTS_PER_MINUTE = "1200 per minute"
"""Pages that decide, over all of them: 300 people in a shelter may look four times a minute."""

_PATIENCE = {"socket_connect_timeout": 0.25, "socket_timeout": 0.25}
"""How long a page waits for Redis, in seconds."""

_SLACK = 1.5
"""Half as much again as its part: no worker gets exactly that, and a shelter must not be refused
because one got more than the others."""

_SUBSCRIBER = 64
"""Bits of an IPv6 address that one connection to the internet has to itself, at least."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Where a network without IPv4 puts the addresses of those who come by it (RFC 6052)."""

_WITH_PORT = re.compile(r"(\[(?P<six>[^\]]+)\]|(?P<four>[0-9.]+))(:[0-9]*)?")


def subscriber() -> str:
    """Whose connection to the internet this request came by, as a keyed hash of its address."""
    return _hashed_address()


def _hashed_address() -> str:
    address = _of_one_subscriber(request.remote_addr or "").encode()
    key: bytes = current_app.config["RATE_LIMIT_KEY"]
    return hashlib.blake2b(address, key=key, digest_size=16).hexdigest()


def _of_one_subscriber(text: str) -> str:
    """The address without what its holder can change at will: a port that a proxy wrote behind it,
    and the part of an IPv6 address that a computer chooses.

    What is no address is one and the same visitor: else it would be a way around the limit.
    """
    address = _address_in(text)
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or _translated(address)
        return str(inside or int(address) >> (128 - _SUBSCRIBER))
    return str(address)


def _address_in(text: str) -> IPv4Address | IPv6Address | None:
    found = _WITH_PORT.fullmatch(text.strip())
    try:
        return ip_address(found["six"] or found["four"]) if found else ip_address(text.strip())
    except ValueError:
        return None


def _translated(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _TRANSLATED else None


def _most_requests() -> str:
    return of_each_counter(current_app.config["RATE_LIMIT"])


def of_each_counter(limits: str) -> str:
    """The part of these limits that is allowed by each of those that count: one Redis, or so many
    workers. A part of a request counts as one.
    """
    counters: int = current_app.config["RATE_LIMIT_COUNTERS"]
    return "; ".join(_written(each, counters) for each in parse_many(limits))


def _written(limit: RateLimitItem, counters: int) -> str:
    part = min(limit.amount, ceil(_SLACK * limit.amount / counters))
    return f"{part} per {limit.multiples} {limit.GRANULARITY.name}"


def _options(settings: Settings) -> dict[str, Any]:
    password = settings.rate_limit_password
    return {**_PATIENCE, "password": password} if password else dict(_PATIENCE)


class _ByHash:
    """A store of counts in which a count is found by a keyed hash. Its name would say beside each
    other which visitor, which kind of page and how many of it are allowed: whoever can read Redis
    would see what an address asked for.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def incr(self, name: str, expiry: int, amount: int) -> int:
        return self._storage.incr(_opaque(name), expiry, amount=amount)

    def get(self, name: str) -> int:
        return self._storage.get(_opaque(name))

    def get_expiry(self, name: str) -> float:
        return self._storage.get_expiry(_opaque(name))

    def clear(self, name: str) -> None:
        self._storage.clear(_opaque(name))


def _opaque(name: str) -> str:
    key: bytes = current_app.config["RATE_LIMIT_KEY"]
    return hashlib.blake2b(name.encode(), key=key, digest_size=16).hexdigest()


class WithoutNames(FixedWindowRateLimiter):
    """Counts in windows of a minute, in a store that cannot tell what it counts."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage)
        self.storage = _ByHash(storage)  # type: ignore[assignment]


_WITHOUT_NAMES = "without-names"
STRATEGIES[_WITHOUT_NAMES] = WithoutNames

limiter = Limiter(
    _hashed_address,
    application_limits=[_most_requests],
    strategy=_WITHOUT_NAMES,
    headers_enabled=False,
    in_memory_fallback_enabled=True,
    swallow_errors=True,
)


def few(limits: str, **options: Any) -> RouteLimit:
    """A decorator: this view costs so much that it has limits of its own, such as "20 per minute".

    `options` are those of `Limiter.limit`.
    """
    part = partial(of_each_counter, limits)
    return limiter.shared_limit(part, scope=_endpoint, override_defaults=False, **options)


def _endpoint(name: str) -> str:
    return name


results = limiter.shared_limit(lambda: of_each_counter(RESULTS_PER_MINUTE), scope="results")
"""A decorator for pages that decide: one limit over all of them."""


def limit_requests(app: Flask, settings: Settings) -> None:
    """Count requests, in memory or in Redis.

    The hash of an address needs a secret that all workers and hosts share: with it they give an
    address the same hash, and nobody without it can find the address by trying all.
    """
    storage = settings.rate_limit_storage
    secret = settings.cookie_keys[0].encode()
    app.config.update(
        RATE_LIMIT=settings.rate_limit,
        RATE_LIMIT_COUNTERS=settings.workers if storage.startswith("memory") else 1,
        RATE_LIMIT_KEY=hashlib.blake2b(secret, person=b"rate limits").digest(),
        RATELIMIT_STORAGE_URI=storage,
        RATELIMIT_STORAGE_OPTIONS=_options(settings) if storage.startswith("redis") else {},
    )
    limiter.init_app(app)
    # It would tell who was refused, by hash and at which page.
    logging.getLogger("flask-limiter").setLevel(logging.WARNING)

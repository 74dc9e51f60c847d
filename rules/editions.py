"""An edition: a policy, and since when the rules that hold on a day are the ones that hold.

Data files change, and within the same files rules begin and end. Both can change a result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.model import Policy

SHORT_BITS = 24


@dataclass(frozen=True)
class Edition:
    """A policy by its fingerprint, and a day on which the rules of this edition hold."""

    sha256: str
    since: date

    @property
    def short(self) -> int:
        """A number of `SHORT_BITS` bits. Among some hundred editions hardly any two share one."""
        named = f"{self.sha256} {self.since.isoformat()}".encode()
        digest = hashlib.sha256(named).digest()
        return int.from_bytes(digest[: SHORT_BITS // 8])


def edition_on(policy: Policy, day: date) -> Edition:
    """The edition of a policy that holds on this day."""
    since = max(start for start in _starts(policy) if start <= day)
    return Edition(policy.sha256, since)


def editions(policy: Policy) -> tuple[Edition, ...]:
    """Every edition of a policy, the first one first."""
    return tuple(Edition(policy.sha256, start) for start in sorted(set(_starts(policy))))


def _starts(policy: Policy) -> Iterator[date]:
    yield date.min
    for rule in policy.rules:
        yield rule.valid_from
        if rule.valid_until is not None and rule.valid_until < date.max:
            yield rule.valid_until + timedelta(days=1)

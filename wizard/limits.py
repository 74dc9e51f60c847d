"""How many requests one address may make.

Generous on purpose: a whole shelter can share one address. The counts hold a hash of the address
for a minute at most, in memory.
"""

from __future__ import annotations

import hashlib
import secrets

from flask import request
from flask_limiter import Limiter

# New at every start, so that a count can never be traced back to an address.
_SALT = secrets.token_bytes(16)

PER_MINUTE = "1200 per minute"


def _hashed_address() -> str:
    address = (request.remote_addr or "").encode()
    return hashlib.blake2b(address, key=_SALT, digest_size=16).hexdigest()


limiter = Limiter(_hashed_address, default_limits=[PER_MINUTE], headers_enabled=False)

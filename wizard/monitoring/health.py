"""Answers to whoever watches the service: is it alive, can it decide, and by which policy."""

from __future__ import annotations

import logging
from datetime import date
from time import monotonic
from typing import Any

from flask import Flask, Response, current_app, jsonify

from questions import Answer, Path
from rules import Decider
from wizard.policy_in_force import decider, policy_of
from wizard.web.rate_limits import limiter

_log = logging.getLogger(__name__)

_TRUE_FOR = 1.0
"""In seconds."""


def watch_health(app: Flask) -> None:
    """Add both addresses. They are never refused: one watcher asks for everybody."""
    watched = Readiness()
    app.add_url_rule("/healthz", "healthz", view_func=limiter.exempt(health))
    app.add_url_rule("/readyz", "readyz", view_func=limiter.exempt(watched.ready))


def health() -> Response:
    """That this worker is alive, and by which policy it decides.

    A refused policy is told, but it is no reason to stop a worker that decides by the last good
    one: the status stays 200.
    """
    in_force = policy_of(current_app)
    policy = decider().policy
    told: dict[str, Any] = {"status": "ok", "policy": policy.version, "sha256": policy.sha256}
    if refused := in_force.refused:
        told["status"] = "a new policy was refused"
        told["refused"] = {"sha256": refused.sha256, "problem": refused.problem}
    return jsonify(told)


class Readiness:
    """Whether this worker can decide.

    It is looked at once a second at most: whoever asks more often takes nothing from visitors.
    """

    def __init__(self) -> None:
        self._at = float("-inf")
        self._by: Decider | None = None
        self._can = False

    def ready(self) -> tuple[Response, int]:
        """Say so: 200 or 503."""
        by, now = decider(), monotonic()
        if by is not self._by or now - self._at >= _TRUE_FOR:
            self._can, self._by, self._at = _can_decide(by), by, now
        return jsonify({"ready": self._can}), 200 if self._can else 503


def _can_decide(by: Decider) -> bool:
    """Whether deciding works: it is done once, by the engine, for the first options."""
    try:
        _decide_once(by)
    # Whatever it is that keeps it from deciding, people should be sent to another worker.
    except Exception as error:
        _log.error("Not ready: %s", type(error).__name__)
        return False
    return True


def _decide_once(by: Decider) -> None:
    path = by.path({})
    while asked := path.next_question:
        first = asked.option_ids[0]
        given: Answer = (first,) if asked.type == "several" else first
        path = _one_further(by, path, asked.id, given)
    compiled = by.compiled(date.today())
    compiled.conclude(path.answers, compiled.engine)


def _one_further(by: Decider, path: Path, name: str, given: Answer) -> Path:
    return by.path({**path.answers, name: given})

"""Answers to whoever watches the service: is it alive, can it decide, and by which policy."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from flask import Flask, Response, current_app, jsonify

from questions import Answer, Path
from rules import Decider
from wizard.limits import limiter
from wizard.policy_in_force import decider, policy_of

_log = logging.getLogger(__name__)


def watch_health(app: Flask) -> None:
    """Add both addresses. They are never refused: one watcher asks for everybody."""
    app.add_url_rule("/healthz", "healthz", view_func=limiter.exempt(health))
    app.add_url_rule("/readyz", "readyz", view_func=limiter.exempt(ready))


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


def ready() -> tuple[Response, int]:
    """Whether this worker can decide: it does so once, by the engine, for the first options."""
    try:
        _decide_once(decider())
    # Whatever it is that keeps it from deciding, people should be sent to another worker.
    except Exception as error:
        _log.error("Not ready: %s", type(error).__name__)
        return jsonify({"ready": False}), 503
    return jsonify({"ready": True}), 200


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

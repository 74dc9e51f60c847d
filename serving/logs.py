"""Logs without a trace of who asked or what was answered.

One line for each event: as text for a person at a terminal, or as JSON for a machine.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from gunicorn.glogging import Logger

from serving.tracebacks import where

_WITH_A_VISITOR = {
    "Invalid request from ip=": "A request that could not be read",
    "Error handling request": "A request failed",
    "Socket error processing request": "A connection failed",
}
"""How messages of gunicorn begin that go on with an address, or with what a visitor sent, and what
is written instead.
"""


class NoVisitors(logging.Filter):
    """Takes visitors out of what gunicorn itself logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record where it needs it; nothing is left out."""
        for start, instead in _WITH_A_VISITOR.items():
            if str(record.msg).startswith(start):
                record.msg, record.args = instead, ()
        return True


class NoAccessLog(Logger):  # type: ignore[misc, unused-ignore]
    """gunicorn's logger without its log of requests: ours is `wizard.requests`.

    gunicorn puts a line together for each request, with the address and every header, also where
    nobody takes it: a fifth of the time of a page.
    """

    access_log_enabled = False


class TextLines(logging.Formatter):
    """Lines for a person."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")

    def formatException(self, ei: Any) -> str:
        """Without the message of the error."""
        return where(ei)


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, with what it tells beside its message."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "pid": record.process,
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[0]:
            told["error"] = where(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def configuration(style: str, request_log: str) -> dict[str, Any]:
    """The configuration for `logging`. `style` is "text" or "json"; `request_log` is a file, or
    "-" for the standard output, or nothing.
    """
    formatter = {"text": TextLines, "json": JsonLines}[style]
    requests: dict[str, Any] = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}
    if request_log not in {"", "-"}:
        requests = {"class": "logging.FileHandler", "filename": request_log, "encoding": "utf-8"}
    common = {"formatter": "lines", "filters": ["no_visitors"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter}},
        "filters": {"no_visitors": {"()": NoVisitors}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", **common},
            "requests": {**requests, **common},
        },
        "root": {"level": "INFO", "handlers": ["console"]},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False},
            # Never written to, see `NoAccessLog`: this is for a gunicorn that should ignore that.
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
            "wizard.requests": {"level": "INFO", "handlers": ["requests"], "propagate": False},
        },
    }

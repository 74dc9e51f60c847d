"""What becomes of a server whose files were broken while it ran.

Nothing starts with broken files. But a server that serves must not end because somebody reloads it,
or because one of its workers is replaced, while a file is broken: it goes on with what it has read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.util import import_app

SETTINGS = Path(__file__).parents[1] / "gunicorn.conf.py"

CANNOT_START = 2
"""With what the server ends that cannot start."""

_TRIAL_WITHIN = 60.0
"""Seconds: a worker takes one or two where it is not kept waiting."""

_EXPECTED = frozenset({"DataError", "SettingError"})
"""Errors whose message is a whole sentence that names the file or the setting."""


def in_one_line(error: Exception) -> str:
    """What keeps a worker from starting. It speaks of our files, for nobody has asked for anything
    yet.
    """
    kind = type(error).__name__
    text = " ".join(str(error).split())
    return text if kind in _EXPECTED else f"{kind}: {text}"


def reload_only_what_starts(server: Arbiter) -> None:
    """Let HUP replace the workers only where one would start: gunicorn ends with a new worker that
    cannot, and then nobody is served.
    """
    server.WORKER_BOOT_ERROR = CANNOT_START
    reload = server.handle_hup

    def handle_hup() -> None:
        if fault := _fault_of_a_start(server.app.app_uri):
            server.log.error("The reload was refused, the server goes on as it is: %s", fault)
        else:
            reload()

    server.handle_hup = handle_hup


def _fault_of_a_start(app: str) -> str | None:
    """Why a worker would not start now; None where it would.

    A process of its own tries, for only a new one reads all files, and code, as they are now.
    """
    # It would leave figures of a worker that never was.
    with TemporaryDirectory(dir=os.environ["STATE_FOLDER"]) as figures:
        try:
            trial = subprocess.run(
                [sys.executable, "-m", "serving.starting", app],
                cwd=SETTINGS.parent,
                env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": figures},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                timeout=_TRIAL_WITHIN,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return in_one_line(error)
    [*_, last] = trial.stderr.splitlines() or [f"it ended with {trial.returncode}"]
    return last if trial.returncode else None


def _try(app: str) -> Any:
    """Do what a worker does before it serves. One line, on the error output, says why it cannot."""
    try:
        run_path(str(SETTINGS))
        return import_app(app)
    except Exception as error:
        sys.exit(in_one_line(error))


if __name__ == "__main__":
    _try(*sys.argv[1:])

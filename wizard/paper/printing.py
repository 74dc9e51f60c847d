"""Makes PDFs in processes of their own, a few at once."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

_log = logging.getLogger(__name__)

DRAW = Path(__file__).with_name("draw.py")
AT_ONCE = 2
"""In each worker: each takes a core for seconds, and the memory that `draw.py` allows itself."""
LONGEST = 60
"""In seconds: on a busy machine. What it may take of a core is in `draw.py`."""

_REASONS = {3: "no font has some of its letters"}
"""Why `draw.py` ended, by its exit status. To import that from there would load WeasyPrint."""

_free = BoundedSemaphore(AT_ONCE)


class PrintingError(Exception):
    """There is no PDF. The message says why, and nothing of what was to be printed."""


def make_pdf(html: str) -> bytes:
    """The PDF of a page.

    Raises `PrintingError` where too many are being made, or where the process fails. Whoever asks
    is not made to wait for others: that would keep a thread from other people.
    """
    if not _free.acquire(blocking=False):
        raise PrintingError("others are being made")
    try:
        return _draw(html)
    finally:
        _free.release()


def environment() -> dict[str, str]:
    """The environment of a process that draws, and where its fonts are looked for.

    Neither the keys nor anything else of the service: the process is told nothing but the page.
    """
    own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**own, "LANG": "C.UTF-8"}


def _draw(html: str) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(DRAW)],
            input=html.encode(),
            stdout=subprocess.PIPE,
            # A warning can repeat what is on the page.
            stderr=subprocess.DEVNULL,
            env=environment(),
            timeout=LONGEST,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        status = error.returncode
        raise _failed(_REASONS.get(status, f"exit status {status}")) from None
    except (OSError, subprocess.SubprocessError) as error:
        raise _failed(type(error).__name__) from None
    return done.stdout


def _failed(reason: str) -> PrintingError:
    """The error, logged. What the process wrote so far is in none of both."""
    _log.error("The paper could not be drawn: %s", reason)
    return PrintingError(reason)

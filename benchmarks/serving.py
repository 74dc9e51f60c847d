"""Serves what is measured, by one worker, so that the load has the other core."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers import Service, running

BARE = "benchmarks.bare:app"
LIBRARIES = "benchmarks.libraries:app"
WIZARD = "wsgi:app"


@contextmanager
def serve(app: str) -> Iterator[Service]:
    """Serve the app on a free port of this machine until the block ends."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), app, WEB_CONCURRENCY="1") as service,
    ):
        yield service

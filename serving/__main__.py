"""``python -m serving``: serve Terugkeerwijzer with gunicorn, as gunicorn.conf.py says.

gunicorn reads one setting before it reads that file, and answers a mistake in it with a traceback.
"""

from __future__ import annotations

import os
import sys

from serving.environment import Environment, SettingError
from serving.starting import CANNOT_START, SETTINGS

MOST_WORKERS = 256


def main() -> None:
    """Become gunicorn; what it is told on the command line is handed on."""
    try:
        Environment(os.environ).whole("WEB_CONCURRENCY", 2, least=1, most=MOST_WORKERS)
    except SettingError as error:
        print(error, file=sys.stderr)
        sys.exit(CANNOT_START)
    options = ["-c", str(SETTINGS), *sys.argv[1:], "wsgi:app"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options])


main()

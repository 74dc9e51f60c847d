"""How long others wait while somebody sends half a request, or reads nothing, and stays.

python -m benchmarks.slow                                   # as the project is run
python -m benchmarks.slow --worker-class gthread            # any option of gunicorn
python -m benchmarks.slow --threads 64 --worker-class gthread
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.support.broken.slow_connections import SENT, held, longest_wait
from tests.support.servers import start


def main(options: str) -> None:
    """Print a table."""
    for name, sent in SENT.items():
        # A server of its own for each: what the last one left hanging must not count.
        with tempfile.TemporaryDirectory() as folder:
            service = start(Path(folder), GUNICORN_CMD_ARGS=options)
            try:
                with held(service.port, sent):
                    print(f"{name:36}{longest_wait(service.port):8.2f} s", flush=True)
            finally:
                service.kill()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))

"""How gunicorn serves Terugkeerwijzer. Every setting can be changed from the environment.

HOST, PORT            where to listen (127.0.0.1:8000; for IPv6 write HOST as [::1])
WEB_CONCURRENCY       number of workers (2)
THREADS               threads in each worker (4)
FORWARDED_ALLOW_IPS   addresses of the proxies whose X-Forwarded-Proto is believed (none)
ACCESS_LOG            a file, or - for standard output (no access log)
"""

import logging
import os

from cryptography.fernet import Fernet
from gunicorn.arbiter import Arbiter

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"

workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = int(os.environ.get("THREADS") or 4)

# Each worker makes its own rule engine, so that a reload (HUP) brings in a changed policy.
preload_app = False

# All workers must open each other's cookies. A key made here is inherited by every worker, also
# after a reload, and is gone when the server stops: right for trying out, not for running.
if not os.environ.get("COOKIE_KEYS"):
    os.environ["COOKIE_KEYS"] = Fernet.generate_key().decode()
    print("COOKIE_KEYS is not set: answers given now cannot be read after a restart.", flush=True)

# A page is answered in well under a second. What takes longer hangs.
timeout = 30
graceful_timeout = 15
# Long enough for a page and its style sheet to share one connection over a slow
# telephone network. A gthread worker keeps an idle connection without a thread.
keepalive = 5

# The longest address of the questionnaire is short, and the largest header is the
# cookie, which browsers cap at 4 KiB.
limit_request_line = 2048
limit_request_fields = 50
limit_request_field_size = 8190

# The heartbeat file of a worker on a slow disk can make a healthy worker look hung.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# Nobody's word is taken for who or how someone connects, not even a process on
# this machine, unless whoever runs the server says which proxy to believe.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or ""

# A socket to steer the server with is one more door, and its file would be left
# in the home folder of whoever runs it.
control_socket_disable = True

# An address in a log is a trace of a person who may have reason to fear one.
accesslog = os.environ.get("ACCESS_LOG") or None


class _NoAddress(logging.Filter):
    """Keeps addresses out of the error log, where gunicorn notes who sent a malformed request."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith("Invalid request from ip=")


def on_starting(server: Arbiter) -> None:
    server.log.error_log.addFilter(_NoAddress())


def when_ready(_server: Arbiter) -> None:
    print(f"Terugkeerwijzer: http://{bind}/   (stop with Ctrl+C)", flush=True)

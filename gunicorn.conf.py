"""How gunicorn serves Terugkeerwijzer. Every setting can be changed from the environment.

HOST, PORT            where to listen (127.0.0.1:8000; for IPv6 ::1)
WEB_CONCURRENCY       number of workers (2)
THREADS               threads in each worker (4)
ACCESS_LOG            a file, or - for standard output: a line for each request (none)
LOG_FORMAT            text or json (text)
METRICS_BIND          address:port for figures, never one that the world can reach (none)
PROMETHEUS_MULTIPROC_DIR  where workers count for the figures (a folder in memory)
STATE_FOLDER          keeps the last good policy (a folder in memory)

Those of the app itself stand in wizard/settings.py. Whose X-Forwarded-For and -Proto are believed
is one of them (TRUSTED_PROXIES): gunicorn believes nobody.
"""

import os
import sys
from pathlib import Path
from runpy import run_path

from cryptography.fernet import Fernet
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

sys.path.insert(0, str(Path(__file__).parent))

from serving.core_dumps import forbid_core_dumps
from serving.environment import LARGEST_PORT, Environment, SettingError
from serving.folders import own_folder, remove_own_folders
from serving.logs import NoAccessLog, configuration
from serving.starting import CANNOT_START, SETTINGS, reload_only_what_starts

forbid_core_dumps()

_read = Environment(os.environ)

# All workers must open each other's cookies. A key made here is inherited by every worker, also
# after a reload, and is gone when the server stops: right for trying out, not for running.
_made_key = not (_read.text("COOKIE_KEYS") or _read.text("COOKIE_KEYS_FILE"))
if _made_key:
    os.environ["COOKIE_KEYS"] = Fernet.generate_key().decode()

try:
    # Those of the app, which each worker reads for itself: here only to stop the start. The file
    # is run and not imported, for that would load the app.
    run_path(str(SETTINGS.parent / "wizard" / "settings.py"))["read_settings"](os.environ)
    _port = _read.whole("PORT", 8000, least=0, most=LARGEST_PORT)
    _address = f"{_read.host('HOST', '127.0.0.1')}:{_port}"
    _figures = _read.bind("METRICS_BIND")
    workers = _read.whole("WEB_CONCURRENCY", 2, least=1, most=256)
    threads = _read.whole("THREADS", 4, least=1, most=128)
    _style = _read.one_of("LOG_FORMAT", "text", "json")
    _request_log = _read.log("ACCESS_LOG")
    # A worker that starts while the data files are broken starts with the last policy that loaded.
    own_folder("STATE_FOLDER")
    # Each worker writes its figures to files of its own; whichever is asked adds them up.
    if _figures:
        own_folder("PROMETHEUS_MULTIPROC_DIR")
except SettingError as error:
    print(error, file=sys.stderr)
    sys.exit(CANNOT_START)

# The app divides by it what each worker may allow: see wizard/web/rate_limits.py.
os.environ["WEB_CONCURRENCY"] = str(workers)

bind = [_address, f"{_figures[0]}:{_figures[1]}"] if _figures else [_address]
worker_class = "serving.worker.Worker"

# Each worker makes its own rule engine, so that a reload (HUP) brings in a changed policy.
preload_app = False

if _made_key:
    print("COOKIE_KEYS is not set: answers given now cannot be read after a restart.", flush=True)

os.environ.setdefault("POLICY_LAST_GOOD", str(Path(os.environ["STATE_FOLDER"], "policy.json")))
os.environ.setdefault("POLICY_ARCHIVE", str(Path(os.environ["STATE_FOLDER"], "policies")))

# A page is answered in well under a second. What takes longer hangs.
timeout = 30
graceful_timeout = 15
# Long enough for a page and its style sheet to share one connection over a slow
# telephone network. An idle connection takes no thread.
keepalive = 5
# Below 1,024 files, which is all that many systems let a process have open. With this many, a new
# connection takes the place of the one that has waited longest.
worker_connections = 512
# An answer is handed over as bytes: see serving/connections.py.
sendfile = False

# The longest address of the questionnaire is short, and the largest header is the
# cookie, which browsers cap at 4 KiB.
limit_request_line = 2048
limit_request_fields = 50
limit_request_field_size = 8190

# The heartbeat file of a worker on a slow disk can make a healthy worker look hung.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# Nobody's word is taken for who or how someone connects, not even a process on
# this machine, unless whoever runs the server says how many proxies are before it.
forwarded_allow_ips = ""

# A socket to steer the server with is one more door, and its file would be left
# in the home folder of whoever runs it.
control_socket_disable = True

# An address in a log is a trace of a person who may have reason to fear one.
accesslog = None
logger_class = NoAccessLog
logconfig_dict = configuration(_style, _request_log)


def on_starting(server: Arbiter) -> None:
    """Begin with no figures: those in the folder are of an earlier run."""
    reload_only_what_starts(server)
    if _figures:
        for file in Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).glob("*.db"):
            file.unlink()


def when_ready(_server: Arbiter) -> None:
    """Say where it is."""
    print(f"Terugkeerwijzer: http://{_address}/   (stop with Ctrl+C)", flush=True)


def child_exit(_server: Arbiter, worker: Worker) -> None:
    """Keep what a worker counted, and drop what only a living one can tell."""
    if _figures:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)


def on_exit(_server: Arbiter) -> None:
    """Leave nothing behind."""
    remove_own_folders()

"""A worker that crashes leaves nothing of what people answered on the disk."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.servers import running

ROOT = Path(__file__).parents[3]
_ASK = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
"""PR_GET_DUMPABLE"""


def test_no_process_of_the_service_may_leave_an_image_of_its_memory(tmp_path: Path):
    with running(tmp_path) as service:
        for pid in (service.master, *service.workers()):
            assert resource.prlimit(pid, resource.RLIMIT_CORE) == (0, 0)


def test_the_system_takes_no_image_either_where_it_hands_them_to_a_program():
    code = f"from serving.core_dumps import forbid_core_dumps; forbid_core_dumps(); {_ASK}"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]


def test_a_worker_that_crashes_writes_no_file(tmp_path: Path):
    code = (
        "import ctypes, os, resource\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)\n"
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from serving.core_dumps import forbid_core_dumps\n"
        "forbid_core_dumps()\n"
        "os.abort()\n"
    )
    died = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert died.returncode == -signal.SIGABRT
    assert list(tmp_path.iterdir()) == []

"""A process that crashes must not leave what people answered on the disk."""

from __future__ import annotations

import ctypes
import resource
import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4


def forbid_core_dumps() -> None:
    """No image of this process and its children is written, whatever the system is set to, and no
    other process of the same user may look into its memory.
    """
    # systemd's unit has set it, and allows nobody to set it again.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The limit does not count where the system hands the image to a program.
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

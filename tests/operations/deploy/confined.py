"""Run a program as systemd would, by the system calls that the unit allows: no systemd is needed.

    python -m tests.operations.deploy.confined UNIT PROGRAM [ARGUMENT...]

The filter is read from the unit and put into force with libseccomp, as systemd does it itself. Of
its other settings: NoNewPrivileges, MemoryDenyWriteExecute and LimitCORE.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_NO_NEW_PRIVILEGES = 38
_DENY_WRITE_EXECUTE, _REFUSE_GAIN = 65, 1


def setting(unit: str, name: str) -> list[str]:
    """The values of a setting of the unit, one for each line."""
    lines = (line.partition("=") for line in unit.splitlines())
    return [value for found, _, value in lines if found == name]


def allowed_calls(unit: str) -> set[str]:
    """The system calls that the unit allows."""
    allowed: set[str] = set()
    for value in setting(unit, "SystemCallFilter"):
        calls = {call for group in value.lstrip("~").split() for call in members(group)}
        allowed = allowed - calls if value.startswith("~") else allowed | calls
    return allowed


def members(group: str) -> set[str]:
    """What is in a group of system calls, such as @system-service; groups hold groups."""
    if not group.startswith("@"):
        return {group}
    command = ["systemd-analyze", "syscall-filter", group]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    names = [line.strip() for line in said.splitlines()[1:]]
    return {call for name in names if name and not name.startswith("#") for call in members(name)}


def confine(unit: str) -> None:
    """Put it into force for this process and all that it starts."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    # systemd itself always allows what a service is started with.
    calls = allowed_calls(unit) | members("@default") | {"execve"}
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    if setting(unit, "MemoryDenyWriteExecute") == ["yes"]:
        # Kernels before 6.3 do not know it; there only the calls are filtered.
        libc.prctl(_DENY_WRITE_EXECUTE, _REFUSE_GAIN, 0, 0, 0)
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(_REFUSE)))
    for call in sorted(calls):
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:
            seccomp.seccomp_rule_add(context, ctypes.c_uint32(_ALLOW), number, 0)
    if seccomp.seccomp_load(context):
        raise OSError("the filter was not taken")


def main() -> None:
    """Confine this process, then become the program."""
    confine(Path(sys.argv[1]).read_text(encoding="utf-8"))
    os.execv(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()

"""What a query worker may not do: take more memory than its limit, dump core, outlive its parent, reach the network.

The system call filter is Linux's seccomp, on the two machines whose call numbers stand below; elsewhere it is left out
and that is logged. The parse tree has refused SERVICE before; this is the second wall.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import platform
import resource
import signal
import struct
from pathlib import Path
from typing import Final

_LOGGER: Final = logging.getLogger(__name__)
_UNFILTERED: Final = "worker_without_system_call_filter"

_NICENESS: Final = 15
_FIRST_TO_END: Final = 1000

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2

# linux/audit.h, linux/seccomp.h, linux/bpf_common.h
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_CALL_OFFSET: Final = 0
_MACHINE_OFFSET: Final = 4
_X32_CALLS: Final = 0x40000000

# The machine's audit number; then socket, execve, execveat, ptrace, io_uring_setup.
_MACHINES: Final = {
    "x86_64": (0xC000003E, (41, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 425)),
}


def confine() -> None:
    """Confine this process for good, but for its memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if not _filter_calls(libc):
        _LOGGER.warning(_UNFILTERED, extra={"machine": platform.machine(), "reason": os.strerror(ctypes.get_errno())})


def yield_to_others() -> None:
    """Let the server go first whenever it has something to do, and this process be the first to end without memory."""
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    os.setpriority(os.PRIO_PROCESS, 0, max(_NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    Path("/proc/self/oom_score_adj").write_text(str(_FIRST_TO_END), encoding="ascii")


def limit_memory(megabytes: int) -> None:
    """Limit what this process may take from now on; the threads and caches of an open store do not count towards it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))


def _filter_calls(libc: ctypes.CDLL) -> bool:
    if platform.machine() not in _MACHINES:
        return False
    program = _program(*_MACHINES[platform.machine()])
    code = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    failed = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0
    )
    return not failed


def _program(machine: int, calls: tuple[int, ...]) -> bytes:
    """The filter as classic BPF: refuse another machine's calls and those listed, allow the rest."""
    checks = [(_EQUAL, call) for call in calls] + [(_AT_LEAST, _X32_CALLS)]
    left = len(checks)
    lines = [
        (_LOAD, 0, 0, _MACHINE_OFFSET),
        (_EQUAL, 0, left + 2, machine),
        (_LOAD, 0, 0, _CALL_OFFSET),
        *((code, left - place, 0, number) for place, (code, number) in enumerate(checks)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("@HBBI", *line) for line in lines)

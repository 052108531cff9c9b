"""Becomes another program that works for the service: it ends with the service, yields to it, and is limited in memory.

It is run as `python -m ewgraph.web.tether SERVICE MEGABYTES PROGRAM ARGUMENT…`, in the process that is to become the
program, for these bonds outlive `exec` (prctl(2), setrlimit(2), nice(2)). Nothing heavy is imported here.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_NICENESS: Final = 10
_MEGABYTE: Final = 1024 * 1024


def tethered(megabytes: int, *arguments: str) -> list[str]:
    """The command line that runs our Python with the arguments, bound to this process.

    The bond is to the thread that starts it, too: that thread has to wait for its end.
    """
    tether = [sys.executable, "-m", "ewgraph.web.tether", str(os.getpid()), str(megabytes)]
    return [*tether, sys.executable, *arguments]


def _become(
    service: int, megabytes: int, program: list[str]
) -> None:  # pragma: no cover  # `exec` forgets what was covered
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != service:  # it ended before the bond was made
        sys.exit(1)
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    os.execv(program[0], program)  # noqa: S606  # no shell is what is wanted


if __name__ == "__main__":  # pragma: no cover  # as above
    _become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])

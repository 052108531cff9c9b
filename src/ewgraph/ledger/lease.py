"""Which process has a piece of work, and whether it still lives: so that nothing waits for the dead."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_PROCESSES = Path("/proc")


def this_process() -> str:
    """The mark of the running process: its machine, its number and, where the system tells, when it started."""
    return _mark(os.getpid())


def lives(mark: str) -> bool:
    """Whether the process of that mark still runs. One of another machine is taken to live: nobody here can tell.

    >>> lives(this_process())
    True
    """
    host, _, rest = mark.partition(" ")
    number = rest.partition(" ")[0]
    if host != socket.gethostname():
        return bool(host)
    try:
        os.kill(int(number), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    return _mark(int(number)) == mark


def _mark(number: int) -> str:
    return f"{socket.gethostname()} {number} {_started(number)}"


def _started(number: int) -> str:
    """When the process started, in the system's ticks since it booted; empty where the system does not tell."""
    try:
        stated = (_PROCESSES / str(number) / "stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    return stated.rpartition(")")[2].split()[19]

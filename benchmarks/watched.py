"""What a process and all that it starts take: measured by itself in seconds, and from outside in memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import psutil

_EVERY_S = 0.05


def _cpu_s() -> float:
    """The processor seconds of this process, of those that it started, and of those that have ended."""
    here = psutil.Process()
    own = here.cpu_times()
    spent = own.user + own.system + own.children_user + own.children_system
    for child in here.children(recursive=True):
        try:
            times = child.cpu_times()
        except psutil.Error:
            continue
        spent += times.user + times.system
    return spent


@dataclass(slots=True)
class Spent:
    """Seconds since it was made.

    Attributes:
        wall_s: by the clock.
        cpu_s: of this process and all that it has started.
    """

    wall_s: float = field(default_factory=time.perf_counter)
    cpu_s: float = field(default_factory=_cpu_s)

    def until_now(self) -> tuple[float, float]:
        """The seconds by the clock, and of the processors."""
        return time.perf_counter() - self.wall_s, _cpu_s() - self.cpu_s


def watched(module: str, *arguments: str, timeout_s: float | None = None) -> dict[str, Any] | None:
    """What a module prints as JSON, with `peak_mb`: the most memory that it and its children held together.

    Memory that two of them share counts twice. None where it takes longer than it may.
    """
    started, peak = time.monotonic(), 0
    with subprocess.Popen([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True) as process:
        tree = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _memory(tree))
            if timeout_s is not None and time.monotonic() - started > timeout_s:
                process.kill()
                return None
            time.sleep(_EVERY_S)
        said = process.communicate()[0]
    if process.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {process.returncode}")
    return {**json.loads(said), "peak_mb": peak / 1e6}


def _memory(tree: psutil.Process) -> int:
    held = 0
    try:
        for process in (tree, *tree.children(recursive=True)):
            try:
                held += process.memory_info().rss
            except psutil.Error:
                continue
    except psutil.Error:
        pass
    return held

"""Timing: medians of repeated runs, and a table of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def median_s(run: Callable[[], object], times: int) -> float:
    """The median of the wall seconds that the run takes, after one that is not counted."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def once_s(run: Callable[[], object]) -> float:
    """The wall seconds of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def once_cpu_s(run: Callable[[], object]) -> float:
    """The processor seconds of one run, in this process: what else the machine does counts less."""
    start = time.process_time()
    run()
    return time.process_time() - start


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [f"\n### {title}\n", "| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines)

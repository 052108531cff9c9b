"""How far a long work is, on standard error: a bar on a terminal; elsewhere a line now and then, after two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

_SECONDS: Final = 2.0

Told = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


@contextmanager
def progress(label: str) -> Iterator[Told]:
    """It yields what to tell how far the work is."""
    if sys.stderr.isatty():
        with _bar(label) as told:
            yield told
        return
    said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _SECONDS:
            said = time.monotonic()
            print(f"{label}: {done:,} of {total:,}", file=sys.stderr)

    yield tell


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """It yields what to tell how far a work of several stages is: the stage, how much is done and how much there is."""
    with ExitStack() as open_bar:
        current = ""
        told: Told = _silent

        def tell(stage: str, done: int, total: int) -> None:
            nonlocal current, told
            if stage != current and total:
                open_bar.close()
                current, told = stage, open_bar.enter_context(progress(stage))
            if stage == current:
                told(done, total)

        yield tell


def _silent(_done: int, _total: int) -> None:
    """Nothing is told yet."""


@contextmanager
def _bar(label: str) -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

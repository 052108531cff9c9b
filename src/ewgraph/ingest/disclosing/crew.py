"""The workers of a submission: one in this process for a small file, two processes for a large one. Order is kept."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing.connection import wait
from types import TracebackType
from typing import Final, Self, TypeVar

from ewgraph.errors import LimitError
from ewgraph.ingest.disclosing.outcome import Outcome, Setup, Task
from ewgraph.ingest.disclosing.statements import Statement
from ewgraph.ingest.disclosing.working import Worker
from ewgraph.validate.record_graph import collection_paused

SMALL: Final = 2_000
"""How many rows are not worth starting processes for: each takes as long to start as a thousand rows."""

_AHEAD: Final = 3
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Crew:
    """Works on batches, and reads stored records, in a `with` statement.

    Args:
        setup: what the batches have in common.
        processes: how many processes share the work of a large file; 1 for never another one.
        small: how many rows are worked on without any.
    """

    def __init__(self, setup: Setup, *, processes: int = 2, small: int = SMALL) -> None:
        self._setup = setup
        self._processes = processes
        self._small = small
        self._pool: ProcessPoolExecutor | None = None
        self._worker: Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """It yields what became of each batch, in their order; it reads only a little ahead."""
        waiting = iter(tasks)
        first: list[Task] = []
        rows = 0
        for task in waiting if self._processes > 1 else ():
            first.append(task)
            rows += len(task.batch.rows)
            if rows > self._small:
                self._start()
                break
        yield from self._spread(chain(first, waiting), _outcome, Worker.outcome)

    def statements(self, contents: Iterable[bytes]) -> Iterator[list[Statement]]:
        """It yields what each stored record says, given its deflated N-Quads."""
        yield from self._spread(contents, _statements, Worker.statements)

    def _start(self) -> None:
        self._pool = ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._setup,),
        )

    def _spread(
        self,
        given: Iterable[_Given],
        there: Callable[[_Given], _Made],
        here: Callable[[Worker, _Given], _Made],
    ) -> Iterator[_Made]:
        """It yields what is made of each, in worker processes where there are any."""
        if self._pool is None:
            for each in given:
                if self._worker is None:
                    self._worker = Worker(self._setup)
                with collection_paused():
                    made = here(self._worker, each)
                yield made
            return
        pending: deque[Future[_Made]] = deque()
        for each in given:
            pending.append(self._pool.submit(there, each))
            if len(pending) > _AHEAD * self._processes:
                yield _result(pending.popleft())
        while pending:
            yield _result(pending.popleft())


def _result(future: Future[_Made]) -> _Made:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise LimitError(
            "a process that works on the file was ended by the system, most likely because the memory was not enough. "
            "Hand the file in in smaller parts",
            limit="memory",
        ) from error


_begun: Final[list[Worker]] = []


def _begin(setup: Setup) -> None:
    """Build the worker of a process, and let the process end when its parent does, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _begun[:] = [Worker(setup)]
    gc.collect()
    gc.freeze()
    gc.disable()  # a batch makes very many objects, few of them garbage before its end: looking for it costs a third


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _outcome(task: Task) -> Outcome:
    outcome = _begun[0].outcome(task)
    gc.collect()
    return outcome


def _statements(content: bytes) -> list[Statement]:
    said = _begun[0].statements(content)
    gc.collect()
    return said

"""Validation of many records: in this process, or in two others where there is much to do. The order is kept."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from ewgraph.model.rdf import IRI, Quad, RdfFormat, parse
from ewgraph.validate.report import Report

if TYPE_CHECKING:
    from ewgraph.validate.validator import Validator

MUCH: Final = 20_000
"""How many quads are worth starting processes for, which takes about two seconds."""

_AHEAD: Final = 4
_Tagged = TypeVar("_Tagged")


class Checker:
    """Validates records against the shapes of a folder; the validator is built when the first record comes.

    Args:
        shapes: the folder of the shapes.
        processes: how many processes share the work where there is much; 1 for never another one, which is fastest
            while quads take longer to send than to validate.
        much: how many quads are much.
    """

    def __init__(self, shapes: Path, *, processes: int = 1, much: int = MUCH) -> None:
        self._shapes = shapes
        self._processes = processes
        self._much = much
        self._validator: Validator | None = None

    def report(self, record: IRI, quads: Iterable[Quad]) -> Report:
        """The report on one record.

        Raises:
            InputError: a quad stands in another graph.
        """
        if self._validator is None:
            from ewgraph.validate.validator import Validator

            self._validator = Validator(self._shapes)
        return self._validator.validate(record, quads)

    def reports(
        self,
        records: Iterable[tuple[_Tagged, IRI, tuple[Quad, ...]]],
    ) -> Iterator[tuple[_Tagged, Report]]:
        """It yields the tag and the report of each record, in their order; it reads only a little ahead."""
        waiting = iter(records)
        first: list[tuple[_Tagged, IRI, tuple[Quad, ...]]] = []
        count = 0
        if self._processes > 1:
            for record in waiting:
                first.append(record)
                count += len(record[2])
                if count > self._much:
                    break
        every = chain(first, waiting)
        if count > self._much:
            yield from self._in_processes(every)
        else:
            yield from ((tag, self.report(record, quads)) for tag, record, quads in every)

    def _in_processes(
        self,
        records: Iterable[tuple[_Tagged, IRI, tuple[Quad, ...]]],
    ) -> Iterator[tuple[_Tagged, Report]]:
        pool = ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(self._shapes,),
        )
        pending: deque[tuple[_Tagged, Future[Report]]] = deque()
        try:
            for tag, record, quads in records:
                # N-Quads travel seven times faster than pickled quads.
                content = "".join(f"{quad} .\n" for quad in quads).encode()
                pending.append((tag, pool.submit(_report, record.value, content)))
                if len(pending) > _AHEAD * self._processes:
                    yield pending[0][0], pending.popleft()[1].result()
            while pending:
                yield pending[0][0], pending.popleft()[1].result()
        finally:
            pool.shutdown(cancel_futures=True)


_worker: Final[list[Checker]] = []


def _start(shapes: Path) -> None:
    """Build the validator of a worker process, and let the process end when its parent does, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker[:] = [Checker(shapes, processes=1)]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _report(record: str, content: bytes) -> Report:
    """The report on one record, in a worker process."""
    return _worker[0].report(IRI(record), list(parse(content, format=RdfFormat.N_QUADS)))

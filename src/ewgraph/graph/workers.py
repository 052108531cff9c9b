"""The pool of query workers: separate processes, because a query of Oxigraph cannot be stopped, only killed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ewgraph.graph.free_query import Answer, Asked, FreeQuery, Limits, WholeGraphs
from ewgraph.graph.slot import Slot, Spares
from ewgraph.graph.turns import Asker, Turns

__all__ = ["Answer", "Asker", "FreeQuery", "Limits", "QueryPool", "WholeGraphs"]


class QueryPool:
    """Answers queries of readers in workers, as many at a time as there are slots, whose turn it is first."""

    def __init__(  # noqa: PLR0913  # each is a limit of its own
        self,
        checkpoint: Callable[[], Path],
        limits: Limits,
        *,
        slots: int,
        each: int = 1,
        waiting: int = 64,
        wait_seconds: float = 5.0,
    ) -> None:
        """Start the workers.

        Args:
            checkpoint: tells the newest checkpoint; each query is answered over the one of its moment.
            limits: of each query.
            slots: how many workers.
            each: how many queries of one asker run at a time.
            waiting: how many queries wait at most.
            wait_seconds: how long a query waits for its turn.
        """
        self._checkpoint = checkpoint
        self._turns = Turns(slots, each=each, waiting=waiting, wait_seconds=wait_seconds)
        self._threads = ThreadPoolExecutor(slots, thread_name_prefix="query")
        self._spares = Spares(limits)
        self._slots = [Slot(limits, self._spares) for _ in range(slots)]
        self._idle = list(self._slots)
        for slot in self._slots:
            slot.wait()

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers."""
        return [slot.pid for slot in self._slots if slot.pid is not None]

    async def run(self, question: Asked, asker: Asker, checkpoint: Path | None = None) -> Answer:
        """The answer to a query of a reader. Cancelled, it kills the worker: nobody pays for an answer nobody reads.

        Args:
            question: what is asked.
            asker: who asks.
            checkpoint: what to ask; None for the newest.

        Raises:
            QueryError: it cannot be parsed, or asks for what is not offered.
            FormatError: no acceptable format for its form.
            LimitError: of `seconds`, `memory`, `bytes`, `disk`, `query bytes`, `nesting`; or `concurrency`: no worker
                was free.
        """
        await self._turns.take(asker)
        slot, began_s = self._idle.pop(), time.monotonic()
        slot.begin()
        answering = asyncio.get_running_loop().run_in_executor(
            self._threads, slot.answer, checkpoint or self._checkpoint(), question
        )

        def end(done: asyncio.Future[Answer]) -> None:
            self._idle.append(slot)
            self._turns.give_back(asker, time.monotonic() - began_s)
            if not done.cancelled():
                done.exception()  # whoever waited for it may have left

        answering.add_done_callback(end)
        try:
            return await asyncio.shield(answering)
        except asyncio.CancelledError:
            if not answering.done():  # else the slot may work for somebody else by now
                slot.abandon()
            raise

    def close(self) -> None:
        """Kill all workers."""
        for slot in self._slots:
            slot.kill()
        self._threads.shutdown()
        for slot in self._slots:
            slot.bury()
        self._spares.close()

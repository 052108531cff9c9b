"""The pool of query workers: separate processes, because a query of Oxigraph cannot be stopped, only killed."""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ewgraph.errors import EwgraphError, FormatError, LimitError, QueryError
from ewgraph.graph.free_query import Answer, FreeQuery, Limits
from ewgraph.graph.state import State

__all__ = ["Answer", "FreeQuery", "Limits", "QueryPool"]

_LOGGER: Final = logging.getLogger(__name__)
_KILLED: Final = "worker_killed"
_START_SECONDS: Final = 60.0
_ERRORS: Final[Mapping[str, type[EwgraphError]]] = MappingProxyType(
    {"QueryError": QueryError, "FormatError": FormatError},
)


def _work(connection: Connection, limits: Limits) -> None:
    """Be a worker. Only there the parsers are loaded, which the server itself has no use for."""
    from ewgraph.graph.worker_main import work

    work(connection, limits)


class _Worker:
    """One slot: a process and the pipe to it. The process is replaced when it has to be killed, or died."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["ewgraph.graph.workers", "ewgraph.graph.worker_main"])
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_work, args=(theirs, self._limits), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def wait(self) -> None:
        """Wait until the process is ready; nobody waits for a replacement before it is used."""
        if self._ready:
            return
        if not self._pipe.poll(_START_SECONDS):
            raise RuntimeError(f"a query worker did not start within {_START_SECONDS} s")
        self._pipe.recv_bytes()
        self._ready = True

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def answer(self, checkpoint: Path, query: FreeQuery) -> Answer:
        """As `QueryPool.run`, with this worker."""
        self.wait()
        try:
            self._pipe.send((checkpoint, query))
            if not self._pipe.poll(self._limits.seconds):
                self._replace("seconds")
                raise LimitError(
                    f"the query was stopped after {self._limits.seconds:g} s. Ask for less, or start from a known node",
                    limit="seconds",
                )
            head, content = json.loads(self._pipe.recv_bytes()), self._pipe.recv_bytes()
        except (EOFError, ConnectionError) as error:
            raise self._died() from error
        if "error" in head:
            raise self._refusal(head)
        return Answer(head["media_type"], content, State(**head["state"]))

    def _refusal(self, head: Mapping[str, str]) -> EwgraphError:
        if head["error"] == "LimitError":
            return LimitError(head["message"], limit=head["limit"])
        return _ERRORS[head["error"]](head["message"])

    def _died(self) -> Exception:
        """Why the worker is gone: by a signal, which is how Rust ends when memory is refused, or by a bug of ours."""
        self._process.join()
        code = self._process.exitcode or 0
        self._replace("memory" if code < 0 else "error")
        if code < 0:
            return LimitError(
                f"the query takes more than {self._limits.megabytes} MB of memory. Ask for less",
                limit="memory",
            )
        return RuntimeError(f"a query worker ended with exit code {code}")

    def _replace(self, reason: str) -> None:
        _LOGGER.info(_KILLED, extra={"reason": reason, "worker": self._process.pid})
        self.stop()
        self._start()

    def stop(self) -> None:
        """Kill the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


class QueryPool:
    """Answers queries of readers in workers, as many at a time as there are slots."""

    def __init__(
        self,
        checkpoint: Callable[[], Path],
        limits: Limits,
        *,
        slots: int,
        wait_seconds: float = 5.0,
    ) -> None:
        """Start the workers.

        Args:
            checkpoint: tells the newest checkpoint; each query is answered over the one of its moment.
            limits: of each query.
            slots: how many workers.
            wait_seconds: how long a query waits for a free one.
        """
        self._checkpoint = checkpoint
        self._wait_seconds = wait_seconds
        self._workers = [_Worker(limits) for _ in range(slots)]
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        for worker in self._workers:
            worker.wait()
            self._idle.put_nowait(worker)

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    async def run(self, query: FreeQuery) -> Answer:
        """The answer to a query of a reader.

        Raises:
            QueryError: it cannot be parsed, or asks for what is not offered.
            FormatError: no acceptable format for its form.
            LimitError: of `seconds`, `memory`, `bytes`, `query bytes`, `nesting`; or `concurrency`: no worker was free.
        """
        try:
            worker = await asyncio.wait_for(self._idle.get(), self._wait_seconds)
        except TimeoutError as error:
            raise LimitError("too many queries at the same time. Try again in a moment", limit="concurrency") from error
        task = asyncio.ensure_future(asyncio.to_thread(worker.answer, self._checkpoint(), query))
        task.add_done_callback(lambda _: self._idle.put_nowait(worker))
        return await asyncio.shield(task)

    def close(self) -> None:
        """Kill all workers."""
        for worker in self._workers:
            worker.stop()

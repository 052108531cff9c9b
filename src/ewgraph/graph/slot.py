"""One place in which queries run, one after another: a process that is killed where it has to be, and replaced."""

from __future__ import annotations

import json
import logging
import multiprocessing
import queue
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ewgraph.errors import EwgraphError, FormatError, LimitError, QueryError
from ewgraph.graph.free_query import Answer, Asked, Limits
from ewgraph.graph.spool import Kept
from ewgraph.graph.state import State

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


class Worker:
    """A process that answers queries, and the pipe to it."""

    def __init__(self, limits: Limits) -> None:
        """Start it; nobody waits for it yet."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["ewgraph.graph.slot", "ewgraph.graph.worker_main"])
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, limits), daemon=True)
        self.process.start()
        theirs.close()
        self._ready = False

    def wait(self) -> None:
        """Wait until it is ready."""
        if self._ready:
            return
        if not self.pipe.poll(_START_SECONDS):
            raise RuntimeError(f"a query worker did not start within {_START_SECONDS} s")
        self.pipe.recv_bytes()
        self._ready = True

    def bury(self) -> None:
        """Kill it, whatever it does, and wait for its end."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Spares:
    """Keeps a worker at hand, so that nobody waits for the replacement of one that was killed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._closed = False
        self._kept: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._undertaker = ThreadPoolExecutor(1, thread_name_prefix="spare-worker")
        self._undertaker.submit(self._refill)

    def take(self) -> Worker:
        """A worker, ready in all likelihood; another is started meanwhile."""
        try:
            worker = self._kept.get_nowait()
        except queue.Empty:
            return Worker(self._limits)
        self._undertaker.submit(self._refill)
        return worker if worker.process.is_alive() else Worker(self._limits)

    def bury(self, worker: Worker) -> None:
        """Wait for the end of a worker that was killed, while others go on: it takes as long as its memory is large."""
        self._undertaker.submit(worker.bury)

    def close(self) -> None:
        """Keep none any more."""
        with self._lock:
            self._closed = True
        self._undertaker.shutdown()
        while not self._kept.empty():
            self._kept.get().bury()

    def _refill(self) -> None:
        with self._lock:
            if self._closed:
                return
        worker = Worker(self._limits)
        try:
            worker.wait()
        except (EOFError, OSError):  # it was killed from outside; the next one who needs it starts another
            worker.bury()
        else:
            self._kept.put(worker)


class Slot:
    """Answers one query at a time. `answer` blocks in a thread of its own; the event loop may call `abandon`."""

    def __init__(self, limits: Limits, spares: Spares) -> None:
        self._limits = limits
        self._spares = spares
        self._lock = threading.Lock()
        self._busy, self._spoiled, self._ended = False, "", False
        self._worker = Worker(limits)

    def wait(self) -> None:
        """Wait until it can answer."""
        self._worker.wait()

    @property
    def pid(self) -> int | None:
        """The process that answers at present."""
        return self._worker.process.pid

    def begin(self) -> None:
        """Say that a query is about to be answered, so that it can be abandoned even before its thread runs."""
        self._busy = True

    def answer(self, checkpoint: Path, question: Asked) -> Answer:
        """The answer, as `QueryPool.run` says; `begin` was called."""
        try:
            return self._answer(checkpoint, question)
        finally:
            with self._lock:
                self._busy = False
                if self._spoiled and not self._ended:
                    self._replace()

    def abandon(self) -> None:
        """Nobody waits for the answer any more: kill the process that works on it."""
        with self._lock:
            if self._busy and not self._spoiled:
                self._spoil("gone")

    def kill(self) -> None:
        """Kill the process for good."""
        with self._lock:
            self._ended = True
            self._worker.process.kill()

    def bury(self) -> None:
        """Wait for the end of the process that was killed for good."""
        self._worker.bury()

    def _answer(self, checkpoint: Path, question: Asked) -> Answer:
        worker = self._worker
        try:
            worker.wait()
            worker.pipe.send((checkpoint, question))
            if not worker.pipe.poll(self._limits.seconds):
                self._spoil("seconds")
                raise LimitError(
                    f"the query was stopped after {self._limits.seconds:g} s. Ask for less, or start from a known node",
                    limit="seconds",
                )
            head = json.loads(worker.pipe.recv_bytes())
            body = Kept(file=recv_handle(worker.pipe)) if head["filed"] else Kept(worker.pipe.recv_bytes())
        except (EOFError, ConnectionError) as error:
            raise self._died() from error
        if "error" in head:
            raise _refusal(head)
        return Answer(
            head["media_type"],
            body,
            State(**head["state"]),
            validator=head["validator"],
            unchanged=head.get("unchanged", False),
            ran=head.get("ran"),
            anchors=tuple(head.get("anchors", ())),
        )

    def _died(self) -> Exception:
        """Why the worker is gone: by a signal, which is how Rust ends when memory is refused, or by a bug of ours."""
        self._worker.process.join()
        code = self._worker.process.exitcode or 0
        self._spoiled = self._spoiled or ("memory" if code < 0 else "error")
        if code < 0:
            return LimitError(
                f"the query takes more than {self._limits.megabytes} MB of memory. Ask for less",
                limit="memory",
            )
        return RuntimeError(f"a query worker ended with exit code {code}")

    def _spoil(self, reason: str) -> None:
        self._spoiled = reason
        self._worker.process.kill()

    def _replace(self) -> None:
        _LOGGER.info(_KILLED, extra={"reason": self._spoiled, "worker": self._worker.process.pid})
        spoiled, self._worker, self._spoiled = self._worker, self._spares.take(), ""
        self._spares.bury(spoiled)


def _refusal(head: Mapping[str, str]) -> EwgraphError:
    if head["error"] == "LimitError":
        return LimitError(head["message"], limit=head["limit"])
    return _ERRORS[head["error"]](head["message"])

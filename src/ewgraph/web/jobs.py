"""Works off what was handed in: each submission in a process of its own, which a bad file may end but not the service.

The queue is in the ledger, so it outlives the service. A job that was cut off is begun again, once; one that ended
without a result is not.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Coroutine
from typing import Final

from ewgraph.access import STAFF_READER, Principal
from ewgraph.errors import EwgraphError, NotFoundError
from ewgraph.ledger import OPERATOR
from ewgraph.ledger.queue import SubmissionQueue
from ewgraph.ledger.submissions import Submission, Submissions
from ewgraph.settings import Settings, as_environment
from ewgraph.web.tether import tethered
from ewgraph.web.uploads import Uploads

_LOGGER: Final = logging.getLogger(__name__)
_FAILED: Final = "job_watch_failed"
_ENDED: Final = "job_ended"

_POLL_SECONDS: Final = 0.5
_UPKEEP_SECONDS: Final = 30.0
_CANCEL_SECONDS: Final = 20.0
_PATIENCE_SECONDS: Final = 3.0
_MOST_ATTEMPTS: Final = 2
_WORDS: Final = 2000
UNDER_WAY: Final = frozenset({"queued", "running"})


class Jobs:
    """Runs the queued submissions, so many at a time, while the service lives."""

    def __init__(self, submissions: Submissions, queue: SubmissionQueue, uploads: Uploads, settings: Settings) -> None:
        self._submissions = submissions
        self._queue = queue
        self._uploads = uploads
        self._settings = settings
        self._running: dict[str, tuple[str, asyncio.Task[None]]] = {}
        self._upkeep_at = 0.0
        self._stopping = asyncio.Event()
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, in the running event loop, with what an earlier service left."""
        self._task = asyncio.create_task(self._work())

    def wake(self) -> None:
        """Look at the queue now."""
        self._woken.set()

    async def stop(self) -> None:
        """End the jobs; they wait for the next service."""
        self._stopping.set()
        self._woken.set()
        tasks = [task for _, task in self._running.values()] + ([self._task] if self._task else [])
        if tasks:
            await asyncio.wait(tasks)

    async def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                for name, source in await asyncio.to_thread(self._due):
                    self._running[name] = source, asyncio.create_task(self._watched(name, self._run(name)))
            except (EwgraphError, OSError):  # a full disk may have room again: go on trying
                _LOGGER.exception(_FAILED)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _POLL_SECONDS)
            self._woken.clear()

    def _due(self) -> list[tuple[str, str]]:
        """The submissions to begin now; no two with one file, which their jobs would take from each other."""
        if time.monotonic() - self._upkeep_at > _UPKEEP_SECONDS or not self._upkeep_at:
            self._upkeep_at = time.monotonic()
            self._submissions.requeue_abandoned()
            self._uploads.expire(self._queue.sources())
        free = self._settings.jobs - len(self._running)
        sources = {source for source, _ in self._running.values()}
        due: list[tuple[str, str]] = []
        for name, source in self._queue.waiting(self._settings.jobs * 10) if free > 0 else ():
            if source not in sources and len(due) < free:
                due.append((name, source))
                sources.add(source)
        return due

    async def _watched(self, name: str, run: Coroutine[None, None, None]) -> None:
        try:
            await run
        except (EwgraphError, OSError):
            _LOGGER.exception(_FAILED)
            await asyncio.to_thread(self._fail, name, "the job could not be run here. Ask who runs this service")
        finally:
            del self._running[name]
            self._woken.set()

    async def _run(self, name: str) -> None:
        """Run one submission to its end, whatever that is."""
        if await asyncio.to_thread(self._queue.begin, name) > _MOST_ATTEMPTS:
            await asyncio.to_thread(self._fail, name, _CUT_OFF)
            return
        await asyncio.to_thread(self._provide, name)
        process = await asyncio.create_subprocess_exec(
            *tethered(self._settings.job_megabytes, "-m", "ewgraph", "--data", str(self._settings.data), "job", name),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
            env=environment_of(self._settings),
            start_new_session=True,
        )
        last_words = asyncio.create_task(_last_words(process))
        killed = await self._ended(name, process)
        code = process.returncode or 0
        lost = await asyncio.to_thread(self._settle, name, code, killed)
        more = {"told": await last_words} if lost else {}
        _LOGGER.log(logging.ERROR if lost else logging.INFO, _ENDED, extra={"submission": name, "code": code, **more})

    def _provide(self, name: str) -> None:
        """Put the file where the job looks for it, in case the job of another submission took it away."""
        submission = self._submissions.get(name)
        with contextlib.suppress(NotFoundError):  # a file that the ledger keeps is found there
            self._uploads.hand_over(owner_of(submission), submission.source)

    async def _ended(self, name: str, process: Process) -> bool:
        """Wait for the job's end, and bring it about where it is time; whether a cancelled job had to be killed."""
        waiting = asyncio.ensure_future(process.wait())
        stopping = asyncio.ensure_future(self._stopping.wait())
        patience = _CANCEL_SECONDS
        while not waiting.done():
            await asyncio.wait({waiting, stopping}, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
            if stopping.done() and not waiting.done():
                _signal(process, signal.SIGTERM)
                await asyncio.wait({waiting}, timeout=_PATIENCE_SECONDS)
                break
            if await asyncio.to_thread(self._submissions.is_cancelled, name):
                patience -= 1.0
            if patience <= 0:
                break
        stopping.cancel()
        _signal(process, signal.SIGKILL)  # also what the job started and left behind
        await waiting
        return patience <= 0

    def _settle(self, name: str, code: int, killed: bool) -> bool:
        """Say what became of a job that does not say it itself; whether it was lost for no reason that is known."""
        submission = self._submissions.get(name)
        if submission.state not in UNDER_WAY:
            return False
        if killed or submission.cancel_requested:
            self._submissions.finish(name, "cancelled")
        elif self._stopping.is_set():
            self._queue.give_back(name)
        else:
            self._fail(name, self._reason(code))
            return True
        return False

    def _reason(self, code: int) -> str:
        if code == -signal.SIGKILL:
            return (
                "the job was ended by the system, most likely because the memory was not enough. Hand the file in in "
                "smaller parts, or ask who runs this service for more memory"
            )
        return (
            f"the job ended without a result (code {code}; it may take {self._settings.job_megabytes} MB of memory). "
            "Hand the file in in smaller parts; if that fails too, send it to who runs this service"
        )

    def _fail(self, name: str, sentence: str) -> None:
        if self._submissions.get(name).state in UNDER_WAY:
            self._submissions.finish(name, "failed", error=sentence)


_CUT_OFF: Final = (
    f"the job was cut off {_MOST_ATTEMPTS} times, and the service with it: it is not begun again. "
    "Hand the file in in smaller parts, or ask who runs this service"
)


async def _last_words(process: Process) -> str:
    """The end of what the job says on standard error."""
    said = b""
    while process.stderr and (piece := await process.stderr.read(_WORDS)):
        said = (said + piece)[-_WORDS:]
    return said.decode("utf-8", "replace")


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment of a process that works with the same settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("EWGRAPH_")} | as_environment(
        settings
    )


def owner_of(submission: Submission) -> Principal:
    """Who handed the submission in."""
    return STAFF_READER if submission.submitter == OPERATOR else Principal(submission.submitter.value)


def _signal(process: Process, number: signal.Signals) -> None:
    """Send a signal to the job and all that it started: it leads their session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)

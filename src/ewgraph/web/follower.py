"""Follows the ledger: projects what another process appended, and gives the query workers new checkpoints."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from pathlib import Path
from typing import Final

from ewgraph.errors import EwgraphError
from ewgraph.web.workspace import Workspace

_LOGGER: Final = logging.getLogger(__name__)
_FAILED: Final = "follower_failed"
_PROJECTED: Final = "projected"

_POLL_SECONDS: Final = 0.1
_PROJECT_SECONDS: Final = 0.5
_CHECKPOINT_SECONDS: Final = 1.0
"""Together they keep what is committed visible to free queries within two seconds, under a steady stream as well."""
_SETTLE_SECONDS: Final = 60.0
"""Memberships begin and end with the days, and releases come due, without a new record."""


class Follower:
    """Keeps the graph in step with the ledger, and the checkpoint in step with the graph.

    Attributes:
        cursor: the sequence number that the graph shows.
        checkpoint: the newest read-only copy of the graph.
        shown: another value whenever the graph shows something else.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Catch up, and make the first checkpoint."""
        self._workspace = workspace
        self.cursor = workspace.project()
        workspace.keep_names()
        self.checkpoint: Path = workspace.checkpoint()
        self.shown = workspace.projector.tally.whole().text
        self._copied, self._stale, self._behind = self.cursor, False, False
        self._copied_at = self._settled_at = time.monotonic()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def alive(self) -> bool:
        """Whether it follows."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Begin to follow, in the running event loop."""
        self._task = asyncio.create_task(self._follow())
        self._task.add_done_callback(_report)

    async def stop(self) -> None:
        """Follow no longer; a step that has begun is finished."""
        self._stopping.set()
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _follow(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), 0 if self._behind else _POLL_SECONDS)
            try:
                await asyncio.to_thread(self.step)
            except (
                EwgraphError,
                OSError,
                SyntaxError,
                ValueError,
            ):  # what is wrong now may be right later: go on trying
                _LOGGER.exception(_FAILED)

    def step(self) -> None:
        """Project and copy what is due."""
        now, self._behind = time.monotonic(), False
        if self._workspace.ledger.head() > self.cursor or now - self._settled_at > _SETTLE_SECONDS:
            before = self.shown
            self.cursor = self._workspace.project(seconds=_PROJECT_SECONDS)
            self._workspace.keep_names()
            self._workspace.drop_checkpoints()
            self._settled_at = now
            self.shown = self._workspace.projector.tally.whole().text
            self._stale |= self.cursor > self._copied or before != self.shown
            _LOGGER.info(_PROJECTED, extra={"cursor": self.cursor})
        self._behind = self._workspace.ledger.head() > self.cursor
        if self._stale and time.monotonic() - self._copied_at > _CHECKPOINT_SECONDS:
            self._copied_at = time.monotonic()
            self.checkpoint = self._workspace.checkpoint()
            self._copied, self._stale = self.cursor, False


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        _LOGGER.error(_FAILED, exc_info=task.exception())

"""Copies of the graph as a reader saw it when an answer was made, so that it can be asked again."""

from __future__ import annotations

import asyncio
import shutil
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from starlette.concurrency import run_in_threadpool

from ewgraph.access import STAFF_READER, View
from ewgraph.errors import LimitError
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.past import Moment, Past, later_records
from ewgraph.graph.state import state_of
from ewgraph.graph.turns import Asker
from ewgraph.model.rdf import IRI
from ewgraph.web.workspace import Workspace

MOST: Final = 500_000
"""So many triples may have come since; to go back further is for whoever has the data directory."""

_KEPT: Final = 4
_WAIT_SECONDS: Final = 20.0
_WAITING: Final = 16
_Key: TypeAlias = tuple[tuple[IRI, ...], Moment, str]


@dataclass(slots=True)
class _Copy:
    """A copy; without a folder where the present does.

    Attributes:
        readers: how many read it.
    """

    folder: Path | None
    readers: int = 0


class Pasts:
    """Makes the copies, one at a time, and keeps the last few, beside those that are being read."""

    def __init__(self, workspace: Workspace) -> None:
        """Drop what an earlier service left."""
        self._workspace = workspace
        self._folder = workspace.settings.data / "pasts"
        shutil.rmtree(self._folder, ignore_errors=True)
        self._turn = asyncio.Lock()
        self._askers: set[Asker] = set()
        self._copies: OrderedDict[_Key, _Copy] = OrderedDict()
        self._dropped: list[_Copy] = []
        self._made = 0

    @asynccontextmanager
    async def of(self, view: View, moment: Moment, asker: Asker) -> AsyncIterator[Path | None]:
        """The graph without what came to the reader after the moment, to be read; None where nothing did.

        An asker reads one at a time, so that there are no more copies than readers, and the last few. Nobody waits here
        in a thread, so that those who do keep no thread from others.

        Raises:
            LimitError: too much came, the asker reads another already, or others are waiting for theirs.
        """
        if asker in self._askers or len(self._askers) >= _WAITING:
            raise LimitError("one earlier answer at a time: try again in a moment", limit="concurrency")
        self._askers.add(asker)
        try:
            copy = await self._taken(view, moment)
            try:
                yield copy.folder
            finally:
                copy.readers -= 1
                await self._drop()
        finally:
            self._askers.discard(asker)

    async def _taken(self, view: View, moment: Moment) -> _Copy:
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise LimitError(
                "others are asking for earlier answers: try again in a moment", limit="concurrency"
            ) from error
        try:
            state = await run_in_threadpool(state_of, self._workspace.store, view.graphs)
            key = (view.graphs, moment, state.digest)
            copy = self._copies.pop(key, None) or _Copy(await run_in_threadpool(self._made_for, view, moment))
            self._copies[key] = copy
            copy.readers += 1
        finally:
            self._turn.release()
        return copy

    def _made_for(self, view: View, moment: Moment) -> Path | None:
        since = view.newly_shown(moment.recorded_at).keys()
        if not since and not self._late(self._workspace.store, view, moment, since):
            return None
        self._made += 1
        folder = self._folder / str(self._made)
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._workspace.copy(folder)
            self._leave_out(folder, view, moment, since)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder

    def _leave_out(self, folder: Path, view: View, moment: Moment, since: Collection[IRI]) -> None:
        store = GraphStore.open(folder)
        added, removed = Past(store, view.graphs, self._late(store, view, moment, since)).difference(since)
        if len(removed) > MOST:
            raise LimitError(
                f"more than {MOST} statements have come since: that is too much to be left out here", limit="seconds"
            )
        store.change(added, removed)
        store.flush()

    def _late(self, store: GraphStore, view: View, moment: Moment, since: Collection[IRI]) -> frozenset[IRI]:
        if moment.sequence is not None and view.principal == STAFF_READER:
            return frozenset(self._workspace.ledger.after(moment.sequence)).union(since)
        return later_records(store, view.graphs, moment, since, self._workspace.ledger.in_order)

    async def _drop(self) -> None:
        """Remove what is none of the last few, and nobody reads any more."""
        while len(self._copies) > _KEPT:
            self._dropped.append(self._copies.popitem(last=False)[1])
        over = [copy for copy in self._dropped if not copy.readers]
        self._dropped = [copy for copy in self._dropped if copy.readers]
        for copy in over:
            if copy.folder is not None:
                await run_in_threadpool(shutil.rmtree, copy.folder, ignore_errors=True)

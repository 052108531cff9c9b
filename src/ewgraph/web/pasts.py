"""Copies of the graph as a reader saw it when an answer was made, so that it can be asked again."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections import OrderedDict
from collections.abc import Collection
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
_GRACE_SECONDS: Final = 60.0
_Key: TypeAlias = tuple[tuple[IRI, ...], Moment, str]


@dataclass(slots=True)
class _Copy:
    """A copy; without a folder where the present does.

    Attributes:
        asked_at: when it was asked for last.
    """

    folder: Path | None
    asked_at: float


class Pasts:
    """Makes the copies, one at a time, and keeps the last few."""

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

    async def of(self, view: View, moment: Moment, asker: Asker) -> Path | None:
        """The graph without what came to the reader after the moment; None where nothing did.

        Nobody waits here in a thread, so that those who do keep no thread from others.

        Raises:
            LimitError: too much came, the asker has another made already, or others are waiting for theirs.
        """
        if asker in self._askers or len(self._askers) >= _WAITING:
            raise LimitError("one earlier answer at a time: try again in a moment", limit="concurrency")
        self._askers.add(asker)
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise LimitError(
                "others are asking for earlier answers: try again in a moment", limit="concurrency"
            ) from error
        else:
            try:
                return await run_in_threadpool(self._of, view, moment)
            finally:
                self._turn.release()
        finally:
            self._askers.discard(asker)

    def _of(self, view: View, moment: Moment) -> Path | None:
        key = (view.graphs, moment, state_of(self._workspace.store, view.graphs).digest)
        if key not in self._copies:
            self._copies[key] = _Copy(self._made_for(view, moment), time.monotonic())
        self._copies.move_to_end(key)
        self._copies[key].asked_at = time.monotonic()
        self._drop()
        return self._copies[key].folder

    def _made_for(self, view: View, moment: Moment) -> Path | None:
        graphs, since = view.graphs, view.newly_shown(moment.recorded_at).keys()
        if not since and not self._late(self._workspace.store, view, moment, since):
            return None
        self._made += 1
        folder = self._folder / str(self._made)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._workspace.copy(folder)
        store = GraphStore.open(folder)
        added, removed = Past(store, graphs, self._late(store, view, moment, since)).difference(since)
        if len(removed) > MOST:
            del store
            shutil.rmtree(folder)
            raise LimitError(
                f"more than {MOST} statements have come since: that is too much to be left out here", limit="seconds"
            )
        store.change(added, removed)
        store.flush()
        return folder

    def _late(self, store: GraphStore, view: View, moment: Moment, since: Collection[IRI]) -> frozenset[IRI]:
        if moment.sequence is not None and view.principal == STAFF_READER:
            return frozenset(self._workspace.ledger.after(moment.sequence)).union(since)
        return later_records(store, view.graphs, moment, since, self._workspace.ledger.in_order)

    def _drop(self) -> None:
        """Remove what nobody reads any more."""
        while len(self._copies) > _KEPT:
            self._dropped.append(self._copies.popitem(last=False)[1])
        over = time.monotonic() - self._workspace.settings.query_seconds - _GRACE_SECONDS
        for copy in [each for each in self._dropped if each.asked_at < over]:
            self._dropped.remove(copy)
            if copy.folder is not None:
                shutil.rmtree(copy.folder, ignore_errors=True)

"""Copies of the graph as a reader saw it when an answer was made, so that it can be asked again."""

from __future__ import annotations

import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from ewgraph.access import STAFF_READER, View
from ewgraph.errors import LimitError
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.past import Moment, Past, later_records
from ewgraph.graph.state import state_of
from ewgraph.model.rdf import IRI
from ewgraph.web.workspace import Workspace

MOST: Final = 500_000
"""So many triples may have come since; to go back further is for whoever has the data directory."""

_KEPT: Final = 4
_WAIT_SECONDS: Final = 20.0
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
        self._lock = threading.Lock()
        self._copies: OrderedDict[_Key, _Copy] = OrderedDict()
        self._dropped: list[_Copy] = []
        self._made = 0

    def of(self, view: View, moment: Moment) -> Path | None:
        """The graph without what came to the reader after the moment; None where nothing did.

        Raises:
            LimitError: too much came, or others are waiting for theirs.
        """
        if not self._lock.acquire(timeout=_WAIT_SECONDS):
            raise LimitError("others are asking for earlier answers: try again in a moment", limit="concurrency")
        try:
            key = (view.graphs, moment, state_of(self._workspace.store, view.graphs).digest)
            if key not in self._copies:
                self._copies[key] = _Copy(self._made_for(view, moment), time.monotonic())
            self._copies.move_to_end(key)
            self._copies[key].asked_at = time.monotonic()
            self._drop()
            return self._copies[key].folder
        finally:
            self._lock.release()

    def _made_for(self, view: View, moment: Moment) -> Path | None:
        graphs, since = view.graphs, view.newly_shown(moment.recorded_at, view.now()).keys()
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
        return later_records(store, view.graphs, moment, since)

    def _drop(self) -> None:
        """Remove what nobody reads any more."""
        while len(self._copies) > _KEPT:
            self._dropped.append(self._copies.popitem(last=False)[1])
        over = time.monotonic() - self._workspace.settings.query_seconds - _GRACE_SECONDS
        for copy in [each for each in self._dropped if each.asked_at < over]:
            self._dropped.remove(copy)
            if copy.folder is not None:
                shutil.rmtree(copy.folder, ignore_errors=True)

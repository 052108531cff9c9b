"""A data directory at work: ledger, graph store, projector, gate, catalogue, put together once.

    <data>/ledger.sqlite     the truth
    <data>/graph/            the projection; may be thrown away
    <data>/index/            the trace index of the projection; may be thrown away
    <data>/names/            the index of names; may be thrown away
    <data>/pasts/<n>/        copies of it without what came later, for answers that are asked again
    <data>/checkpoints/<n>/  read-only copies of the projection, for query workers and for `ask` beside a server

Only the first needs a backup.
"""

from __future__ import annotations

import math
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ewgraph.access import Counting, Gate, Principal
from ewgraph.assets import asset
from ewgraph.catalogue import Catalogue, load_catalogue
from ewgraph.clock import Clock, SystemClock
from ewgraph.errors import ConfigurationError
from ewgraph.graph.audience import Members
from ewgraph.graph.change import Followers
from ewgraph.graph.digest import graph_digest
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.projector import Projector
from ewgraph.index.index import Index
from ewgraph.ledger import Accounts, Audit, Keyring, Ledger, ReleaseLog, ServedTexts, Sessions, Watches
from ewgraph.model.rdf import iri
from ewgraph.names.index import NameIndex
from ewgraph.settings import Settings

_GRACE_SECONDS: Final = 10.0
"""Between the choice of a checkpoint for a query and its end, besides the query's own time."""


class Workspace:
    """Everything that works on one data directory. Only one process at a time may open it to project.

    Attributes:
        ledger: the records.
        keyring: the API keys.
        accounts: for whom people act who sign in.
        sessions: of those who did.
        audit: the audit log.
        release_log: who came to see what, and when.
        store: the graph.
        index: the trace index of the graph.
        names: the index of its names.
        projector: keeps the graph in step.
        gate: gives each principal a View.
        catalogue: the stored queries.
        texts: theirs, and those that were served before.
        watches: what readers want to hear of.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        """Open the data directory, make it where there is none, and catch up with the ledger.

        Raises:
            UnavailableError: another process holds the graph.
            ConfigurationError: the directory is not one of ewgraph's.
        """
        self.settings = settings
        self.clock = clock or SystemClock()
        self.catalogue: Catalogue = load_catalogue(asset("queries"))
        self.ledger = open_ledger(settings, self.clock)
        self.keyring = Keyring(self.ledger, self.clock)
        self.accounts = Accounts(self.ledger, self.clock)
        self.sessions = Sessions(self.ledger, self.clock)
        self.audit = Audit(self.ledger, self.clock)
        self.release_log = ReleaseLog(self.ledger, self.clock)
        self.texts = ServedTexts(self.ledger, self.clock)
        self.watches = Watches(self.ledger, self.clock)
        self._lock = threading.Lock()
        self._follow(GraphStore.open(settings.data / "graph"))
        self.gate = Gate(
            lambda: self.store,
            self._members,
            self.clock,
            lambda: self.index,
            self.release_log.newly_shown,
            Counting(iri(settings.steward), settings.least_organizations),
            lambda: self.names,
        )
        if self.projector.outlived:
            self.rebuild()

    def _follow(self, store: GraphStore) -> None:
        """Work on a graph from now on, with the indexes that fit it."""
        self.store = store
        self.index = Index.open(store, self.settings.data / "index")
        self.names = NameIndex(store, self.settings.data / "names")
        self.projector = self._projector(store, Followers((self.index, self.names)))

    def _projector(self, store: GraphStore, follower: Followers | None = None, *, again: bool = False) -> Projector:
        return Projector(
            self.ledger,
            store,
            follower=follower,
            release_log=None if again else self.release_log,
            hops=self.catalogue["contracts-touching"],
            steward=iri(self.settings.steward),
            vocabulary=asset("ontology"),
            clock=self.clock,
        )

    def cursor(self) -> int:
        """The sequence number that the graph shows now, whichever projector there is."""
        return self.projector.cursor()

    def _members(self) -> Members:
        """The members now: asked of whichever projector there is, so that a replaced one lets go of its store."""
        return self.projector.members()

    def named(self, principal: Principal) -> str:
        """What a reader is called, as it sees itself: an organisation's label, where it has one."""
        from ewgraph.api.linkeddata.labels import Labels

        node = principal.organization
        if node is None:
            return principal.name
        labels = Labels(self.gate.view(principal))
        return labels[node] if labels.is_described(node) else principal.name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger and let go of the graph, which is free for others once nobody here reads it."""
        self.index.close()
        self.names.close()
        self.ledger.close()
        del self.gate, self.projector, self.index, self.names, self.store

    def project(self, progress: Callable[[int], None] | None = None, *, seconds: float = math.inf) -> int:
        """Bring the graph in step with the ledger as far as the seconds reach, at least by one record; give the cursor.

        One thread at a time does it.
        """
        until = time.monotonic() + seconds
        with self._lock:
            return self.projector.catch_up(progress, enough=lambda: time.monotonic() > until)

    def keep_names(self) -> None:
        """Bring the index of names in step with the graph, so that whoever searches next need not wait."""
        with self._lock:
            self.names.keep()

    def rebuild(self, progress: Callable[[int], None] | None = None) -> tuple[str, str]:
        """Make the graph again from the ledger, in place of the present one, and its indexes with it.

        The checkpoints and the copies of the past go too: they are made of the present one.

        Returns:
            The digests of the graph before and after: equal unless the graph had been damaged.
        """
        self.project()
        before = graph_digest(self.store)
        fresh = self.settings.data / "graph.new"
        shutil.rmtree(fresh, ignore_errors=True)
        again = GraphStore.open(fresh)
        self._projector(again, again=True).catch_up(progress)
        after = graph_digest(again)
        again.flush()
        del again
        self._replace_graph(fresh)
        return before, after

    def _replace_graph(self, fresh: Path) -> None:
        """Put the fresh directory in the graph's place. A crash between the two moves is mended by projecting anew."""
        graph = self.settings.data / "graph"
        old = self.settings.data / "graph.old"
        shutil.rmtree(old, ignore_errors=True)
        del (
            self.projector,
            self.index,
            self.names,
            self.store,
        )  # let go of the graph: nobody else may hold it when it moves
        graph.rename(old)
        fresh.rename(graph)
        shutil.rmtree(old)
        shutil.rmtree(self.settings.data / "index", ignore_errors=True)
        shutil.rmtree(self.settings.data / "names", ignore_errors=True)
        shutil.rmtree(self.settings.data / "checkpoints", ignore_errors=True)
        shutil.rmtree(self.settings.data / "pasts", ignore_errors=True)
        self._follow(GraphStore.open(graph))

    def checkpoint(self) -> Path:
        """Write a read-only copy of the graph as it is now, cheap on the same disk, and give its directory.

        Older ones are dropped once no query can read them any more.
        """
        folder = self.settings.data / "checkpoints"
        folder.mkdir(parents=True, exist_ok=True)
        with self._lock:
            numbers = sorted(int(path.name) for path in folder.iterdir() if path.name.isdigit())
            target = folder / str(numbers[-1] + 1 if numbers else 1)
            making = folder / "making"
            shutil.rmtree(making, ignore_errors=True)
            self.store.checkpoint(making)
            making.rename(target)
        self.drop_checkpoints()
        return target

    def copy(self, folder: Path) -> None:
        """Write a copy of the graph as it is now, cheap on the same disk, that may be opened and changed."""
        with self._lock:
            self.store.checkpoint(folder)

    def drop_checkpoints(self) -> None:
        """Remove the checkpoints that no query reads any more: all but the newest, and what was that just now."""
        kept_seconds = self.settings.query_seconds + _GRACE_SECONDS
        with self._lock:
            folders = (self.settings.data / "checkpoints").iterdir()
            for old in sorted((path for path in folders if path.name.isdigit()), key=lambda path: int(path.name))[:-1]:
                if time.time() - old.stat().st_mtime > kept_seconds:
                    shutil.rmtree(old, ignore_errors=True)


def open_ledger(settings: Settings, clock: Clock) -> Ledger:
    """The ledger of the data directory: enough for keys, and to append while a server projects."""
    return Ledger(settings.data / "ledger.sqlite", clock)


def newest_checkpoint(settings: Settings) -> Path:
    """The newest checkpoint of the data directory.

    Raises:
        ConfigurationError: there is none.
    """
    folder = settings.data / "checkpoints"
    numbers = [int(path.name) for path in folder.glob("*") if path.name.isdigit()]
    if not numbers:
        raise ConfigurationError(f"{settings.data} has no checkpoint yet: `ewgraph serve` makes one")
    return folder / str(max(numbers))

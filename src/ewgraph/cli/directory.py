"""The data directory as the commands use it: to append, to project, to read."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ewgraph.access import Counting, Gate
from ewgraph.assets import asset
from ewgraph.catalogue import Catalogue, load_catalogue
from ewgraph.cli import UsageError
from ewgraph.cli.progress import progress
from ewgraph.clock import SystemClock
from ewgraph.errors import UnavailableError
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.projector import Projector
from ewgraph.index.index import Index
from ewgraph.ledger import Ledger, ReleaseLog
from ewgraph.model.rdf import iri
from ewgraph.names.index import NameIndex
from ewgraph.settings import Settings
from ewgraph.web.workspace import Workspace, newest_checkpoint, open_ledger


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a command reads with.

    Attributes:
        store: the graph, or its newest checkpoint beside a running server.
        names: the index of its names; None beside a running server.
        index: the trace index of it; None beside a running server whose own does not fit the checkpoint.
        projector: tells who the members are; only the owner of a graph lets it project.
        at: the instant that the graph is of: nothing that came later is in it.
    """

    ledger: Ledger
    store: GraphStore
    index: Index | None
    projector: Projector
    gate: Gate
    catalogue: Catalogue
    at: dt.datetime
    names: NameIndex | None = None


@contextmanager
def ledger_of(settings: Settings, *, new: bool = False) -> Iterator[Ledger]:
    """The ledger alone: enough to append, and for keys, also while a server runs.

    A new data directory is made where there is none, if `new` says so.

    Raises:
        UsageError: there is no data directory.
    """
    if not new:
        require(settings)
    ledger = open_ledger(settings, SystemClock())
    try:
        yield ledger
    finally:
        ledger.close()


def require(settings: Settings) -> None:
    """Want a data directory.

    Raises:
        UsageError: there is none.
    """
    if not (settings.data / "ledger.sqlite").is_file():
        raise UsageError(
            f"{settings.data} is no data directory of ewgraph. `ewgraph load` or `ewgraph demo` makes one; "
            "--data or EWGRAPH_DATA names another",
        )


def catch_up(workspace: Workspace) -> int:
    """Bring the graph in step with the ledger, and say how far it is."""
    head = workspace.ledger.head()
    with progress("projecting") as told:
        return workspace.project(lambda cursor: told(cursor, head))


def show(settings: Settings) -> None:
    """Bring the graph in step with the ledger; where a running server holds it, the server will."""
    try:
        workspace = Workspace(settings)
    except UnavailableError:
        print("a running server holds the graph; it shows the new records in a moment", file=sys.stderr)
        return
    with workspace:
        catch_up(workspace)


@contextmanager
def reading(settings: Settings) -> Iterator[Reading]:
    """The data directory to read: the graph itself, or the newest checkpoint where a running server holds it.

    Raises:
        UsageError: there is no data directory.
        ConfigurationError: a server holds the graph and has made no checkpoint yet.
    """
    require(settings)
    try:
        workspace = Workspace(settings)
    except UnavailableError:
        with ledger_of(settings) as ledger:
            yield _beside_a_server(settings, ledger)
        return
    with workspace:
        catch_up(workspace)
        at = SystemClock().now()
        yield Reading(
            workspace.ledger,
            workspace.store,
            workspace.index,
            workspace.projector,
            workspace.gate,
            workspace.catalogue,
            at,
            workspace.names,
        )


def _beside_a_server(settings: Settings, ledger: Ledger) -> Reading:
    clock, catalogue = SystemClock(), load_catalogue(asset("queries"))
    checkpoint = newest_checkpoint(settings)
    at = dt.datetime.fromtimestamp(checkpoint.stat().st_mtime, dt.UTC)
    store = GraphStore.read_only(checkpoint)
    index = Index.beside(store, settings.data / "index")
    projector = Projector(
        ledger,
        store,
        hops=catalogue["contracts-touching"],
        steward=iri(settings.steward),
        vocabulary=asset("ontology"),
        clock=clock,
    )
    gate = Gate(
        lambda: store,
        projector.members,
        clock,
        lambda: index,
        ReleaseLog(ledger, clock).newly_shown,
        Counting(iri(settings.steward), settings.least_organizations),
    )
    return Reading(ledger, store, index, projector, gate, catalogue, at)

"""Two services: one over everything, and one over what a single reader may see, which never held more.

There are two ways to the second, and neither asks the policy. *By graph*: the reader's own audience graphs are copied,
and of the others nothing. It holds for every world, and shows that no exit reads beyond them. *By record*: a ledger
into which only the records, and of them only the claims, were loaded that the reader may see, as `reduction` says it
anew. It holds for worlds in which each record names who may see it, and shows that the graphs themselves tell nothing.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from starlette.testclient import TestClient

from ewgraph.clock import SystemClock
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.trust import PROJECTION, SUBMITTER
from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad, Triple
from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.workspace import Workspace
from tests.conftest import PREFIXES, TickingClock, by_record, draft, named
from tests.security.replies import Asked, Reply, reply

NOW = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
BASE = "https://data.example.org/"
_AUDIENCE = "https://w3id.org/ewgraph/audience/"
_KEPT_STATE = tuple(
    IRI(f"{PROJECTION.value}#{name}") for name in ("cursor", "member", "partner", "digest", "releasedUntil", "erasures")
)
_SHOWN = IRI(f"{PROJECTION.value}#shown")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: `public`, `staff`, or an organisation as `ex:name`.

    Attributes:
        is_member: whether it is an affiliate or a monitoring partner.
        is_partner: whether it is a monitoring partner.
    """

    name: str
    is_member: bool = False
    is_partner: bool = False

    @property
    def principal(self) -> str:
        """The name that a key is made for."""
        return named(self.name).value if self.name.startswith("ex:") else self.name

    @property
    def graphs(self) -> frozenset[str]:
        """The audience graphs that it reads, as `domain.md` 5.7 has them."""
        own = {
            "public": set[str](),
            "staff": {"affiliates", "staff"},
        }.get(self.name, {"org/" + self.principal.replace(":", "%3A").replace("/", "%2F")})
        return frozenset(_AUDIENCE + name for name in {"public", *own} | ({"affiliates"} if self.is_member else set()))


READERS = (
    Reader("public"),
    Reader("ex:aff0", is_member=True),
    Reader("ex:aff1", is_member=True),
    Reader("ex:res0"),
    Reader("ex:brand0"),
    Reader("ex:mon0", is_member=True, is_partner=True),
    Reader("staff"),
)
"""The readers of the drawn worlds: the public, two affiliates, a contractor, a brand, a monitoring partner, staff."""


@dataclass(slots=True)
class Service:
    """A service at work, with a key for each reader."""

    workspace: Workspace
    client: TestClient
    tokens: Mapping[str, str]

    def ask(self, asked: Asked, reader: str) -> Reply:
        """The answer to a request of a reader."""
        return reply(self.client, asked, self.tokens.get(reader))


def opened(folder: Path, clock: TickingClock) -> Workspace:
    """The workspace of a data directory."""
    settings = Settings(
        data=folder,
        base=BASE,
        steward=f"{BASE}id/steward",
        query_workers=1,
        query_seconds=5.0,
        requests_per_second=0,
        wrong_credentials_per_minute=0,
    )
    return Workspace(settings, clock)


@contextmanager
def at_work(folder: Path, text: str) -> Iterator[Service]:
    """The service over records, by the clock of the machine: the processes that work for it have the same."""
    settings = Settings(
        data=folder / "data", base=BASE, steward=named("steward").value, query_workers=1, requests_per_second=0
    )
    workspace = Workspace(settings, SystemClock())
    source = workspace.ledger.keep_source("records.trig", text.encode())
    workspace.ledger.append([draft(quads, source) for quads in by_record(PREFIXES + text)])
    workspace.project()
    with serving(workspace) as made:
        yield made


def empty(folder: Path) -> Path:
    """A data directory with nothing but the vocabulary in it, to be copied."""
    with opened(folder, TickingClock(NOW)) as workspace:
        workspace.project()
        workspace.store.flush()
    return folder


def filled(template: Path, folder: Path, records: Sequence[tuple[int, list[Quad]]]) -> Workspace:
    """A workspace over records, each with the minute at which its hand-in came: what others bring moves no instant."""
    shutil.copytree(template, folder)
    clock = TickingClock(NOW)
    workspace = opened(folder, clock)
    source = workspace.ledger.keep_source("records.trig", b"records")
    for place, together in groupby(records, key=itemgetter(0)):
        clock.time = NOW - dt.timedelta(days=100) + dt.timedelta(minutes=place)
        workspace.ledger.append([draft(quads, source) for _, quads in together])
        workspace.project()
    clock.time = NOW
    workspace.project()
    return workspace


def by_graph(whole: Workspace, template: Path, folder: Path, reader: Reader) -> Workspace:
    """A workspace over what a reader's audience graphs hold, and of the ledger what belongs to that."""
    shutil.copytree(template, folder)
    store = GraphStore.open(folder / "graph")
    shown = [quad for name in reader.graphs for quad in whole.store.quads(None, None, None, IRI(name))]
    records = [*_records(whole.store, {quad.triple for quad in shown})]
    held = _quads_of(template)
    store.change([quad for quad in [*shown, *records, *_bookkeeping(whole.store, reader)] if quad not in held])
    store.flush()
    del store
    _reduce_ledger(whole, folder, reader, {q.subject.value for q in shown if isinstance(q.subject, IRI)})
    return opened(folder, TickingClock(NOW))


@cache
def _quads_of(template: Path) -> frozenset[Quad]:
    store = GraphStore.open(template / "graph")
    return frozenset(quad for graph in store.graphs() for quad in store.quads(None, None, None, graph))


def _records(store: GraphStore, shown: set[Triple]) -> Iterator[Quad]:
    """Of each record that is shown the statements that are: the index is built from the records' own graphs."""
    for noted in store.quads(None, SUBMITTER, None, PROJECTION):
        record = noted.subject
        assert isinstance(record, IRI)
        kept = [quad for quad in store.quads(None, None, None, record) if quad.triple in shown]
        if any(quad.subject == record for quad in kept):
            yield from (noted, *kept)


def _bookkeeping(store: GraphStore, reader: Reader) -> Iterator[Quad]:
    """What the projector notes: who is a member and why, how far it came, and how much the reader's graphs show.

    How often the graph changed, and the newest sequence number, are told to staff. That is meant: see `docs/`.
    """
    for predicate in _KEPT_STATE:
        yield from store.quads(PROJECTION, predicate, None, PROJECTION)
    for name in (*reader.graphs, PROJECTION.value):
        yield from store.quads(IRI(name), _SHOWN, None, PROJECTION)
    for quad in store.quads(None, terms.RDF.type, terms.Affiliation):
        record = quad.graph_name
        if isinstance(record, IRI) and not record.value.startswith(_AUDIENCE):
            yield from store.quads(quad.subject, None, None, record)  # type: ignore[arg-type]  # no blank nodes
            yield from store.quads(record, terms.PROV.wasAttributedTo, None, record)
            yield from store.quads(record, terms.receivedAt, None, record)
            yield Quad(record, SUBMITTER, OPERATOR, PROJECTION)


def _reduce_ledger(whole: Workspace, folder: Path, reader: Reader, shown: set[str]) -> None:
    (folder / "ledger.sqlite").unlink()
    whole.ledger.backup(folder / "ledger.sqlite")
    connection = sqlite3.connect(folder / "ledger.sqlite")
    with connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for (record,) in connection.execute("SELECT iri FROM record").fetchall():
            if record not in shown:
                connection.execute("DELETE FROM record WHERE iri = ?", (record,))
                connection.execute("DELETE FROM revision WHERE record = ?", (record,))
                connection.execute("DELETE FROM role WHERE record = ?", (record,))
        marks = ", ".join("?" * len(reader.graphs))
        connection.execute(f"DELETE FROM release WHERE audience NOT IN ({marks})", tuple(reader.graphs))  # noqa: S608
        connection.execute("DELETE FROM api_key")
    connection.close()


@contextmanager
def serving(workspace: Workspace, readers: Sequence[Reader] = READERS) -> Iterator[Service]:
    """The real application over a workspace, its lifespan begun; both are closed in the end."""
    with workspace:
        tokens = {reader.name: workspace.keyring.add(reader.principal) for reader in readers if reader.name != "public"}
        with TestClient(create_app(workspace.settings, workspace), raise_server_exceptions=False) as client:
            yield Service(workspace, client, tokens)

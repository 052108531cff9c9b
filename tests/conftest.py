"""What most tests need: a house with a real ledger and a real graph, filled from TriG."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.access import Counting, Gate, View, parse_principal
from ewgraph.catalogue import Catalogue, load_catalogue
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.projector import Projector
from ewgraph.index.index import Index
from ewgraph.ledger import OPERATOR, Draft, Ledger, ReleaseLog
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad, RdfFormat, canonical_nquads, iri, parse

ROOT = Path(__file__).parents[1]
STEWARD = iri("https://data.example.org/id/steward")
PREFIXES = """
@prefix ew: <https://w3id.org/ewgraph/ns#> .
@prefix vis: <https://w3id.org/ewgraph/kos/visibility/> .
@prefix part: <https://w3id.org/ewgraph/kos/part/> .
@prefix tier: <https://w3id.org/ewgraph/kos/tier/> .
@prefix scope: <https://w3id.org/ewgraph/kos/scope/> .
@prefix eb: <https://w3id.org/ewgraph/kos/evidence-basis/> .
@prefix ex: <https://data.example.org/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


class TickingClock:
    """A clock that stands at one instant until it is set."""

    def __init__(self, start: dt.datetime) -> None:
        self.time = start

    def now(self) -> dt.datetime:
        return self.time


class House:
    """A ledger, a graph in memory and a gate over them."""

    def __init__(self, folder: Path, clock: TickingClock, catalogue: Catalogue) -> None:
        self.clock = clock
        self.catalogue = catalogue
        self.ledger = Ledger(folder if str(folder) == ":memory:" else folder / "ledger.sqlite", clock)
        self.release_log = ReleaseLog(self.ledger, clock)
        self.store = GraphStore.in_memory()
        self.index: Index | None = None
        self.projector = self.projector_of(self.store)
        self.gate = Gate(
            lambda: self.store,
            lambda: self.projector.members(),  # noqa: PLW0108  # it is replaced
            clock,
            lambda: self.index,
            self.release_log.newly_shown,
            Counting(STEWARD),
        )

    def follow(self) -> Index:
        """Keep an index in step from now on."""
        self.index = Index.built(self.store)
        self.projector = self.projector_of(self.store, follower=self.index)
        return self.index

    def projector_of(
        self,
        store: GraphStore,
        vocabulary: Path | None = None,
        follower: Index | None = None,
        *,
        logs_releases: bool = True,
    ) -> Projector:
        return Projector(
            self.ledger,
            store,
            follower=follower,
            release_log=self.release_log if logs_releases else None,
            hops=self.catalogue["contracts-touching"],
            steward=STEWARD,
            vocabulary=vocabulary or EMPTY,
            clock=self.clock,
        )

    def append(self, text: str, submitter: IRI = OPERATOR) -> None:
        """Append the records of a TriG text (the prefixes are known), without validation."""
        source = self.ledger.keep_source("test.trig", text.encode())
        self.ledger.append([draft(quads, source, submitter) for quads in by_record(PREFIXES + text)])

    def load(self, text: str, submitter: IRI = OPERATOR) -> None:
        """Append and project."""
        self.append(text, submitter)
        self.projector.catch_up()

    def view(self, reader: str, valid_at: str | None = None, known_at: str | None = None) -> View:
        return self.gate.view(
            parse_principal(reader if ":" not in reader or reader.startswith("http") else named(reader).value),
            valid_at=dt.date.fromisoformat(valid_at) if valid_at else None,
            known_at=dt.datetime.fromisoformat(known_at) if known_at else None,
        )

    def rebuilt(self) -> GraphStore:
        """A graph projected anew from the ledger, at once."""
        store = GraphStore.in_memory()
        self.projector_of(store, logs_releases=False).catch_up()
        return store


def by_definition(view: View) -> View:
    """The same view without its index: the stored queries answer."""
    return view.by_definition()


def named(text: str) -> IRI:
    """`ex:K1` as the IRI that it stands for."""
    return iri("https://data.example.org/id/" + text.removeprefix("ex:"))


def by_record(text: str) -> list[list[Quad]]:
    """The quads of each record of a TriG text, in order."""
    graphs: defaultdict[object, list[Quad]] = defaultdict(list)
    for quad in parse(text, format=RdfFormat.TRIG):
        graphs[quad.graph_name].append(quad)
    return list(graphs.values())


def draft(quads: list[Quad], source: str, submitter: IRI = OPERATOR) -> Draft:
    """The draft of one record's quads."""
    record = quads[0].graph_name
    assert isinstance(record, IRI)

    def said(predicate: IRI) -> list[object]:
        return [quad.object for quad in quads if quad.subject == record and quad.predicate == predicate]

    return Draft(
        iri=record,
        kind=said(terms.RDF.type)[0],  # type: ignore[arg-type]
        content=canonical_nquads(quads),
        source=source,
        submitter=submitter,
        received_at=said(terms.receivedAt)[0].value,  # type: ignore[attr-defined]
        revises=tuple(said(terms.PROV.wasRevisionOf)),  # type: ignore[arg-type]
    )


EMPTY = ROOT / "tests" / "graph" / "empty-vocabulary"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "queries")


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))


@pytest.fixture
def house(tmp_path: Path, clock: TickingClock, catalogue: Catalogue) -> Iterator[House]:
    made = House(tmp_path, clock, catalogue)
    yield made
    made.ledger.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository; tests that need it are skipped where it is not."""
    folder = Path(os.environ.get("REAL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data are not here: {folder} (set REAL_DATA)")
    return folder


def pytest_configure() -> None:
    """Work in memory where there is room and nothing else is said: what is synced to a disk is waited for."""
    memory = Path("/dev/shm")  # noqa: S108  # pytest makes a folder of its own there
    if "TMPDIR" not in os.environ and memory.is_dir() and shutil.disk_usage(memory).free > ROOM:
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None  # it is looked up again


ROOM = 8 << 30
"""Bytes: a run takes about one GiB of it, and gives it back when all has passed."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many random requests were compared, of each kind and with which status (`tests/security`)."""
    counts: Counter[str] = Counter()
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        counts.update(dict(report.user_properties).get("non-interference", {}))
    if counts:
        told = ", ".join(f"{kind}: {number}" for kind, number in sorted(counts.items()))
        terminalreporter.write_line(f"non-interference: {counts.total()} requests compared ({told})")

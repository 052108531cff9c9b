"""What the release policy costs: reading over a reader's graphs, projecting into them, and the disk that they take.

The peer of a read is the same store with all that the reader sees in one graph, so that the answers are equal. The peer
of projecting is the same records, all public. The peer of the disk is a store with the records' own graphs alone.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import Store

from benchmarks.measure import median_s, once_cpu_s, table
from benchmarks.records import disclosures
from ewgraph.access import PUBLIC_READER, STAFF_READER, Gate, Principal, View, organization
from ewgraph.catalogue import Catalogue
from ewgraph.clock import SystemClock
from ewgraph.graph.audience import PUBLIC, is_audience
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.trust import PROJECTION, VOCABULARY
from ewgraph.index.index import Index
from ewgraph.ingest.loading import draft_of
from ewgraph.ingest.reading import SourceFile, read_files
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import IRI, Quad
from ewgraph.settings import Settings
from ewgraph.trace import contracts_touching
from ewgraph.web.workspace import Workspace

SIZES: Final = (50, 200, 800)
_AFFILIATES: Final = 40
_BASE: Final = "https://data.example.org/id/bench/"
_SITE: Final = IRI(_BASE + "F0")
_READERS: Final = {"staff": STAFF_READER, "affiliate": organization(IRI(_BASE + "u0"))}
_TIMES: Final = 15
_SCAN: Final = """PREFIX ew: <https://w3id.org/ewgraph/ns#>
SELECT ?site (COUNT(?claim) AS ?claims) WHERE { ?claim a ew:SupplyClaim ; ew:site ?site } GROUP BY ?site"""
_LEVELS: Final = ("public", "affiliates", "contract-party")


class Held(NamedTuple):
    """A store as one reader sees it, with an index and without."""

    store: GraphStore
    indexed: View
    bare: View


_ASKED: Final[dict[str, Callable[[Held, Catalogue], object]]] = {
    "contractsTouching by the index": lambda held, catalogue: contracts_touching(held.indexed, catalogue, _SITE),
    "the same by its definition": lambda held, catalogue: contracts_touching(held.bare, catalogue, _SITE),
    "SPARQL over all claims": lambda held, _: held.store.select(_SCAN, held.bare.graphs, {}),
}


def run() -> str:
    """The tables."""
    costs, reads = [], []
    for size in SIZES:
        cost, read = _measured(size)
        print(cost, file=sys.stderr, flush=True)
        costs.append(cost)
        reads += read
    return "\n".join(
        [
            table(f"Reading with and without the policy, milliseconds (median of {_TIMES})", _READ, reads),
            table("Projecting and storing with and without the policy", _COST, costs),
        ]
    )


_READ: Final = ("records", "question", "reader", "found", "reader's graphs", "one graph", "ratio")
_COST: Final = (
    *("records", "project ms a record", "all public", "ratio", "quads", "of records alone", "ratio"),
    *("MB on disk", "of records alone", "ratio"),
)


def _measured(size: int) -> tuple[list[object], list[list[object]]]:
    """The cost of projecting and storing so many records, and of reading them."""
    with tempfile.TemporaryDirectory() as folder:
        public, _, _ = _projected(size, Path(folder) / "public", ("public",))
        seconds, data, reads = _projected(size, Path(folder) / "mixed", _LEVELS)
        quads, own = _split(data / "graph")
        whole, alone = _written(quads, Path(folder) / "whole"), _written(own, Path(folder) / "alone")
    records = size + _AFFILIATES + 1
    ours_ms, theirs_ms = (f"{taken * 1e3 / records:.1f}" for taken in (seconds, public))
    cost: list[object] = [records, ours_ms, theirs_ms, f"{seconds / public:.2f}"]
    cost += [whole[0], alone[0], f"{whole[0] / alone[0]:.2f}"]
    cost += [f"{whole[1] / 1e6:.1f}", f"{alone[1] / 1e6:.1f}", f"{whole[1] / alone[1]:.2f}"]
    return cost, reads


def _projected(size: int, data: Path, levels: tuple[str, ...]) -> tuple[float, Path, list[list[object]]]:
    """The processor seconds of projecting, the data directory, and what reading it takes."""
    path = data.with_suffix(".trig")
    path.write_text(_world(size, levels), encoding="utf-8")
    (file,) = (one for one in read_files([str(path)], megabytes=500) if isinstance(one, SourceFile))
    with Workspace(Settings(data=data, steward=_BASE + "steward")) as here:
        here.project()
        source = here.ledger.keep_source(file.name, file.content)
        here.ledger.append([draft_of(record, source, OPERATOR) for record in file.records])
        seconds = once_cpu_s(here.project)
        reads = list(_reads(size, here)) if len(levels) > 1 else []
        here.store.flush()
    return seconds, data, reads


def _world(size: int, levels: tuple[str, ...]) -> str:
    """Affiliates, a contract of each, and disclosures in turn for each level, those for parties for two affiliates."""
    prefixes, *stated = disclosures(size).split("\nex:D")
    text = prefixes + "".join(_leveled(number, levels, each) for number, each in enumerate(stated))
    part = "<https://w3id.org/ewgraph/kos/part/affiliate>"
    members = "".join(
        f"ex:m{n} a ew:Affiliation ; <http://www.w3.org/ns/org#member> ex:u{n} ;"
        f' <http://www.w3.org/ns/org#role> {part} ; ew:validFrom "2015-01-01"^^xsd:date . '
        for n in range(_AFFILIATES)
    )
    bought = "".join(_bought(n, levels[-1]) for n in range(_AFFILIATES))
    shown = 'ew:visibility vis:public ; ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime'
    return f"{text} ex:A {{ ex:A a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; {shown} . {members} }} {bought}"


def _leveled(number: int, levels: tuple[str, ...], disclosure: str) -> str:
    level = levels[number % len(levels)]
    party = f" ew:party ex:u{number % _AFFILIATES} , ex:u{(number + 1) % _AFFILIATES} ;" if "party" in level else ""
    stated = disclosure.replace(" a ew:Disclosure ;", f" a ew:Disclosure ;{party}", 1)
    return "\nex:D" + stated.replace("vis:affiliates", f"vis:{level}", 1)


def _bought(number: int, level: str) -> str:
    lines = range(number * 5, number * 5 + 10)
    return f"""ex:N{number} {{ ex:N{number} a ew:ContractNotice ; prov:wasAttributedTo ex:u{number} ;
      ew:visibility vis:{level} ; ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
      ex:K{number} a ew:Contract ; ew:buyer ex:u{number} ; ew:contractor ex:reseller ;
        ew:hasLine {" , ".join(f"ex:K{number}-{line}" for line in lines)} .
      {" ".join(f"ex:K{number}-{line} a ew:ContractLine ; ew:model ex:M{line % 211} ." for line in lines)} }}
    """


def _reads(size: int, here: Workspace) -> Iterator[list[object]]:
    """It yields what each question takes for each reader, over the reader's graphs and over one."""
    quads, members = list(here.store.quads()), here.projector.members()
    for name, reader in _READERS.items():
        mixed = _held(quads, reader, members)
        inner = [quad for quad in quads if not is_audience(quad.graph_name)]
        seen = [quad for quad in quads if quad.graph_name in mixed.bare.graphs]
        flat = [Quad(quad.subject, quad.predicate, quad.object, PUBLIC) for quad in seen]
        one = _held([*inner, *flat], PUBLIC_READER, members)
        for question, ask in _ASKED.items():
            ours, theirs = (partial(ask, held, here.catalogue) for held in (mixed, one))
            found = _size(ours())
            if found != _size(theirs()):
                raise RuntimeError(f"{question} finds another number of things for {name} in one graph")
            taken, peer = median_s(ours, _TIMES), median_s(theirs, _TIMES)
            yield [size, question, name, found, f"{taken * 1e3:.3g}", f"{peer * 1e3:.3g}", f"{taken / peer:.2f}"]


def _size(answer: object) -> int:
    return len(answer[1]) if isinstance(answer, tuple) else answer.total  # type: ignore[attr-defined]


def _held(quads: list[Quad], reader: Principal, members: frozenset[IRI]) -> Held:
    """A store in memory that holds the quads, as a reader sees it."""
    store = GraphStore.in_memory()
    store.change(quads)
    index = Index.built(store)
    views = (
        Gate(lambda: store, lambda: members, SystemClock(), each).view(reader) for each in (lambda: index, lambda: None)
    )
    return Held(store, *views)


def _written(quads: Iterable[Quad], folder: Path) -> tuple[int, int]:
    """How many quads a store holds to which they are written, and its bytes on disk once it is compacted."""
    store = Store(str(folder))
    store.bulk_extend(quads)
    store.optimize()
    store.flush()
    written = len(store)
    del store
    return written, sum(path.stat().st_size for path in folder.rglob("*.sst"))


def _split(graph: Path) -> tuple[list[Quad], list[Quad]]:
    """All quads of a graph but for the ontology and code lists, and those of the records' own graphs."""
    store = Store.read_only(str(graph))
    ontology = {quad.triple for quad in store.quads_for_pattern(None, None, None, VOCABULARY)}
    quads = [quad for quad in store if quad.graph_name != VOCABULARY and quad.triple not in ontology]
    return quads, [quad for quad in quads if not is_audience(quad.graph_name) and quad.graph_name != PROJECTION]

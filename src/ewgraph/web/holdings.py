"""What is loaded, within what a reader may see: counts by kind, for the start page and the VoID description."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Final

from ewgraph.access import View
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Triple

KINDS: Final = (
    ("Contracts", terms.Contract),
    ("Sites", terms.Site),
    ("Organizations", terms.Organization),
    ("Product models", terms.ProductModel),
    ("Records", terms.Record),
    ("Claims", terms.Claim),
)
_VOID: Final = "http://rdfs.org/ns/void#"


class Holdings:
    """Counts, each made once for what a reader's graphs show: that may change without a new record."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[IRI, ...], tuple[str, dict[str, int]]] = {}

    def counts(self, view: View) -> dict[str, int]:
        """How many visible things there are of each kind, and `Triples`."""
        shown = view.state().digest
        with self._lock:
            if view.graphs not in self._known or self._known[view.graphs][0] != shown:
                self._known[view.graphs] = shown, _counts(view)
            return self._known[view.graphs][1]


def _counts(view: View) -> dict[str, int]:
    found = {name: sum(1 for _ in view.quads(None, terms.RDF.type, kind)) for name, kind in KINDS}
    return {**found, "Triples": sum(1 for _ in view.quads())}


def void_description(base: str, counts: dict[str, int]) -> Iterator[Triple]:
    """The description of the dataset with the Vocabulary of Interlinked Datasets."""
    dataset = IRI(f"{base}.well-known/void#dataset")
    yield Triple(dataset, terms.RDF.type, _void("Dataset"))
    yield Triple(dataset, terms.DCT.title, Literal("ewgraph: disclosures of electronics supply chains", language="en"))
    yield Triple(dataset, _void("triples"), Literal(counts["Triples"]))
    yield Triple(dataset, _void("sparqlEndpoint"), IRI(f"{base}sparql"))
    yield Triple(dataset, _void("uriSpace"), Literal(f"{base}id/"))
    yield Triple(dataset, _void("uriLookupEndpoint"), IRI(f"{base}id?iri="))
    yield Triple(dataset, _void("vocabulary"), IRI(terms.EW))
    for name, kind in KINDS:
        partition = BlankNode()
        yield Triple(dataset, _void("classPartition"), partition)
        yield Triple(partition, _void("class"), kind)
        yield Triple(partition, _void("entities"), Literal(counts[name]))


def _void(name: str) -> IRI:
    return IRI(_VOID + name)

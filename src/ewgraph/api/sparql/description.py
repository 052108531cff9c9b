"""The service description: what the endpoint can do, and over which graphs of this caller (SPARQL 1.1 SD)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Triple

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def service_description(endpoint: IRI, graphs: Sequence[IRI]) -> Iterator[Triple]:
    """The description of the endpoint for a caller who reads these graphs."""
    service, dataset, default = BlankNode(), BlankNode(), BlankNode()
    yield Triple(service, terms.RDF.type, _sd("Service"))
    yield Triple(service, _sd("endpoint"), endpoint)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for form in _RESULTS:
        yield Triple(service, _sd("resultFormat"), IRI(_FORMATS + form))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, terms.RDF.type, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, terms.RDF.type, _sd("Graph"))
    for name in graphs:
        graph = BlankNode()
        yield Triple(dataset, _sd("namedGraph"), graph)
        yield Triple(graph, terms.RDF.type, _sd("NamedGraph"))
        yield Triple(graph, _sd("name"), name)


def _sd(name: str) -> IRI:
    return IRI(_SD + name)

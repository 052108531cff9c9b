"""The service description: what the endpoint can do, and over which graphs of this caller.

Source: SPARQL 1.1 Service Description; the names of formats are those of https://www.w3.org/ns/formats/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ewgraph.graph.oxigraph import EXTENSION_FUNCTIONS
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Triple

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "N-Quads",
    "TriG",
    "JSON-LD",
    "RDF_XML",
)
_SIMPLE: Final = IRI("http://www.w3.org/ns/entailment/Simple")
_COMMENT: Final = (
    "The default graph is the union of the graphs that you may read; each can be named. Refused are updates, SERVICE "
    "and graphs that are not yours. Time, memory, and the size of a query and of its answer are limited; what is past "
    "a limit is told as a problem (RFC 9457) that names the limit, and nothing of an answer is sent then."
)


def service_description(endpoint: IRI, graphs: Sequence[IRI]) -> Iterator[Triple]:
    """The description of the endpoint for a caller who reads these graphs."""
    service, dataset = BlankNode(), BlankNode()
    yield Triple(service, terms.RDF.type, _sd("Service"))
    yield Triple(service, terms.RDFS.comment, Literal(_COMMENT, language="en"))
    yield Triple(service, _sd("endpoint"), endpoint)
    for language in ("SPARQL10Query", "SPARQL11Query"):
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(service, _sd("defaultEntailmentRegime"), _SIMPLE)
    for form in _RESULTS:
        yield Triple(service, _sd("resultFormat"), IRI(_FORMATS + form))
    for function in EXTENSION_FUNCTIONS:
        yield Triple(service, _sd("extensionFunction"), function)
        yield Triple(function, terms.RDF.type, _sd("Function"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(service, _sd("availableGraphs"), dataset)
    yield Triple(dataset, terms.RDF.type, _sd("Dataset"))
    yield Triple(dataset, terms.RDF.type, _sd("GraphCollection"))
    yield from _graphs(dataset, graphs)


def _graphs(dataset: BlankNode, graphs: Sequence[IRI]) -> Iterator[Triple]:
    default = BlankNode()
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, terms.RDF.type, _sd("Graph"))
    for name in graphs:
        graph = BlankNode()
        yield Triple(dataset, _sd("namedGraph"), graph)
        yield Triple(graph, terms.RDF.type, _sd("NamedGraph"))
        yield Triple(graph, _sd("name"), name)


def _sd(name: str) -> IRI:
    return IRI(SD + name)

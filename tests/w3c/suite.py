"""The W3C test suites for SPARQL 1.0 and 1.1, from the source distribution of rdflib, which carries them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, RdfFormat, lexical, parse
from ewgraph.validate.shapes_graph import ShapesGraph
from tests.sdists import unpacked

MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QUERY = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
FORMATS = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES}
OUTSIDE = {
    "entailment": "no entailment regime is offered: answers are of what was said",
    "delete-insert": "updates are refused",
    "service": "SERVICE is refused: no request leaves this service",
}
"""The folders of query tests that are about what is not offered; their queries are shown to be refused, or left out."""


def suite_folder() -> Path:
    """The folder of the suites, fetched where it is not there yet."""
    return unpacked("rdflib") / "test" / "data" / "suites" / "w3c"


@dataclass(frozen=True)
class Case:
    """A test of a query.

    Attributes:
        name: the folder and the test.
        kind: the class of the test, without its namespace.
        query: the file of the query.
        data: the files of the default graph.
        named: the files of the named graphs.
        result: the file with the answer; None for tests of syntax.
        lax: whether solutions may come less often than the answer has them, as with REDUCED.
    """

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    named: tuple[Path, ...]
    result: Path | None
    lax: bool

    @property
    def folder(self) -> str:
        return self.query.parent.name


def entries(manifest: Path) -> Iterator[tuple[ShapesGraph, IRI, str]]:
    """The tests of a manifest, each with its class."""
    graph = ShapesGraph(
        quad.triple for quad in parse(path=str(manifest), format=RdfFormat.TURTLE, base_iri=manifest.as_uri())
    )
    for tests in graph.values(IRI(manifest.as_uri()), IRI(f"{MANIFEST}entries")):
        for test in graph.members(tests):
            assert isinstance(test, IRI)
            yield graph, test, lexical(graph.one(test, TYPE)).rpartition("#")[2]


def cases(root: Path) -> Iterator[Case]:
    """The tests of queries in both suites: those whose class is about a query."""
    for manifest in sorted(root.glob("*/*/manifest.ttl")):
        if manifest.parts[-3] not in {"dawg-data-r2", "sparql11"}:
            continue
        for graph, test, kind in entries(manifest):
            action = graph.one(test, IRI(f"{MANIFEST}action"))
            if action is None or "Update" in kind or kind in {"ProtocolTest", "ServiceDescriptionTest"}:
                continue
            query = action if isinstance(action, IRI) else graph.one(action, IRI(f"{QUERY}query"))
            if query is None:
                continue
            result = graph.one(test, IRI(f"{MANIFEST}result"))
            yield Case(
                name=f"{manifest.parts[-3]}/{manifest.parent.name}/{test.value.rpartition('#')[2]}",
                kind=kind,
                query=_path(query),
                data=tuple(map(_path, graph.values(action, IRI(f"{QUERY}data")))),
                named=tuple(map(_path, graph.values(action, IRI(f"{QUERY}graphData")))),
                result=None if result is None else _path(result),
                lax=graph.one(test, IRI(f"{MANIFEST}resultCardinality")) == IRI(f"{MANIFEST}LaxCardinality"),
            )


def _path(term: object) -> Path:
    return Path(lexical(term).removeprefix("file://"))


def name_of(path: Path, root: Path) -> IRI:
    """The name of the graph that a file is."""
    return IRI(f"http://www.w3.org/2009/sparql/suite/{path.relative_to(root)}")


def quads(path: Path, root: Path) -> Iterator[Quad]:
    """What a file says, in the graph that it is."""
    name = name_of(path, root)
    for quad in parse(path=str(path), format=FORMATS[path.suffix], base_iri=name.value, rename_blank_nodes=True):
        yield Quad(quad.subject, quad.predicate, quad.object, name)


__all__ = ["OUTSIDE", "BlankNode", "Case", "Literal", "cases", "entries", "name_of", "quads", "suite_folder"]

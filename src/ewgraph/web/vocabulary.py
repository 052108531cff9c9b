"""The ontology as it is served at `/ns`: in RDF, or as a list of terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import Principal
from ewgraph.api.linkeddata.labels import local_name
from ewgraph.api.negotiation import GRAPHS, HTML, preferred
from ewgraph.api.pages import Pages
from ewgraph.errors import FormatError
from ewgraph.graph.oxigraph import GRAPH_FORMATS
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, RdfFormat, Triple, parse, serialize

_OFFERS: Final = (GRAPHS[0], HTML, *GRAPHS[1:])
_PREFIX: Final = IRI("http://www.w3.org/ns/shacl#prefix")
_NAMESPACE: Final = IRI("http://www.w3.org/ns/shacl#namespace")


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A term as the list shows it."""

    node: IRI
    name: str
    kind: str
    label: str
    definition: str


class Vocabulary:
    """Answers `/ns`, from the ontology's own files (the code lists are entities of the graph)."""

    def __init__(self, folder: Path, pages: Pages, principal_of: Callable[[Request], Principal]) -> None:
        self._folder = folder
        self._pages = pages
        self._principal_of = principal_of

    def serve(self, request: Request) -> Response:
        """The ontology in the preferred format."""
        self._principal_of(request)
        media_type = preferred(request.query_params.get("accept") or request.headers.get("accept"), _OFFERS)
        if media_type is None:
            raise FormatError("the ontology is written as HTML, Turtle, N-Triples, JSON-LD or RDF/XML")
        if media_type == HTML:
            return self._pages(request, "vocabulary.html", {"terms": self.terms})
        prefixes = self.prefixes if media_type == GRAPHS[0] else None
        content = serialize(self.triples, format=GRAPH_FORMATS[media_type], prefixes=prefixes)
        return Response(content, media_type=media_type)

    @cached_property
    def triples(self) -> list[Triple]:
        """The triples of the ontology, without the prefix declarations."""
        files = [path for path in sorted(self._folder.glob("*.ttl")) if path.name != "prefixes.ttl"]
        return [quad.triple for path in files for quad in parse(path=str(path), format=RdfFormat.TURTLE)]

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The namespace of each prefix."""
        quads = list(parse(path=str(self._folder / "prefixes.ttl"), format=RdfFormat.TURTLE))
        names = {quad.subject: _text(quad.object) for quad in quads if quad.predicate == _PREFIX}
        spaces = {quad.subject: _text(quad.object) for quad in quads if quad.predicate == _NAMESPACE}
        return {name: spaces[node] for node, name in names.items()}

    @cached_property
    def terms(self) -> list[OntologyTerm]:
        """The classes and properties of ours, by kind and name."""
        found = []
        for triple in self.triples:
            node = triple.subject
            if triple.predicate == terms.RDF.type and isinstance(node, IRI) and node.value.startswith(terms.EW):
                kind = local_name(triple.object) if isinstance(triple.object, IRI) else ""
                name = local_name(node)
                label = self._said(node, (terms.SKOS.prefLabel, terms.RDFS.label))
                found.append(OntologyTerm(node, name, kind, label, self._said(node, (terms.SKOS.definition,))))
        return sorted(found, key=lambda term: (term.kind, term.name))

    def _said(self, node: IRI, predicates: Iterable[IRI]) -> str:
        return next((self._texts[node, predicate] for predicate in predicates if (node, predicate) in self._texts), "")

    @cached_property
    def _texts(self) -> dict[tuple[object, IRI], str]:
        return {(triple.subject, triple.predicate): _text(triple.object) for triple in self.triples}


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""

"""Dereferencing: the IRI of an entity, record, claim or term gives what the caller may see of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import Gate, Principal, View
from ewgraph.api.linkeddata.description import description
from ewgraph.api.linkeddata.portrait import MOST, portrait
from ewgraph.api.negotiation import GRAPHS, HTML, preferred
from ewgraph.api.pages import Pages
from ewgraph.catalogue import Catalogue
from ewgraph.errors import FormatError, InputError, NotFoundError
from ewgraph.graph.oxigraph import GRAPH_FORMATS
from ewgraph.model.rdf import IRI, iri, serialize

_OFFERS = (GRAPHS[0], HTML, *GRAPHS[1:])


@dataclass(frozen=True, slots=True)
class EntityEndpoint:
    """Answers `/id/<path>` for the IRIs under our base, and `/id?iri=<IRI>` for any.

    Attributes:
        gate: gives each caller a View.
        catalogue: the stored queries.
        principal_of: tells who asks.
        pages: renders the page for browsers.
        base: what our IRIs begin with, before `id/`.
        prefixes: for Turtle, namespace by prefix.
    """

    gate: Gate
    catalogue: Catalogue
    principal_of: Callable[[Request], Principal]
    pages: Pages
    base: str
    prefixes: Mapping[str, str]

    def describe(self, request: Request) -> Response:
        """The description of one node, in the preferred format.

        Raises:
            NotFoundError: nothing visible is said of it.
            FormatError: none of the formats is accepted.
        """
        view = self.gate.view(self.principal_of(request))
        node = self._node(request, view)
        media_type = preferred(request.query_params.get("accept") or request.headers.get("accept"), _OFFERS)
        if media_type is None:
            raise FormatError("a description is written as HTML, Turtle, N-Triples, JSON-LD or RDF/XML")
        if media_type == HTML:
            shown = portrait(view, self.catalogue, node)
            return self.pages(request, "entity.html", {"shown": shown, "labels": shown.labels, "most": MOST})
        content = serialize(
            description(view, node),
            format=GRAPH_FORMATS[media_type],
            prefixes=dict(self.prefixes) if media_type == GRAPHS[0] else None,
        )
        return Response(content, media_type=media_type)

    def _node(self, request: Request, view: View) -> IRI:
        """The node that is asked for. What a caller writes wrongly, may not see, or invents is one and the same."""
        path = request.path_params.get("path")
        text = request.query_params.get("iri", "") if path is None else f"{self.base}id/{path}"
        try:
            node = iri(text.strip())
        except InputError as error:
            raise _unknown() from error
        if not view.knows(node):
            raise _unknown()
        return node


def _unknown() -> NotFoundError:
    return NotFoundError("there is no such thing, or none that you may see")

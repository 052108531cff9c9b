"""Dereferencing: the IRI of an entity, record, claim or term leads to what the caller may see of it.

An IRI under our base names a factory, a contract, a record: no document. So it answers 303 and points to the document
about it, `/doc/…` (httpRange-14). `/id?iri=…` names a document itself, about any IRI, and answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import PUBLIC_READER, Gate, Principal, View
from ewgraph.api.linkeddata.context import Context
from ewgraph.api.linkeddata.description import description
from ewgraph.api.linkeddata.jsonld import json_ld
from ewgraph.api.linkeddata.portrait import MOST, portrait
from ewgraph.api.linkeddata.representation import (
    JSON_LD,
    NAMES,
    QUAD_OFFERS,
    QUADS,
    TRIPLES,
    TURTLE,
    Link,
    alternates,
    asked_for,
    conditional,
    link_header,
    see_other,
    wanted,
)
from ewgraph.api.linkeddata.structured import structured_data
from ewgraph.api.negotiation import HTML
from ewgraph.api.pages import Pages
from ewgraph.catalogue import Catalogue
from ewgraph.errors import InputError, NotFoundError
from ewgraph.model.rdf import IRI, Quad, Triple, iri, serialize

_IN_PATHS: Final = "/%:@!$&'()*+,;="


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes triples in any of the formats.

    Attributes:
        prefixes: for Turtle, namespace by prefix.
        context: for JSON-LD.
        address: where the context is published.
    """

    prefixes: Mapping[str, str]
    context: Context
    address: str

    def __call__(self, media_type: str, triples: list[Triple], accept: str | None = None) -> bytes:
        """The triples in that format; `accept` may ask for a profile of it."""
        if media_type == JSON_LD:
            return json_ld(self.context, triples, accept, self.address)
        prefixes = self._used(triples) if media_type == TURTLE else None
        return serialize(triples, format=TRIPLES[media_type], prefixes=prefixes) or b""

    def graphs(self, media_type: str, quads: list[Quad]) -> bytes:
        """The quads in that format."""
        prefixes = self._used([quad.triple for quad in quads]) if media_type == "application/trig" else None
        return serialize(quads, format=QUADS[media_type], prefixes=prefixes) or b""

    def _used(self, triples: list[Triple]) -> dict[str, str]:
        """The prefixes of namespaces that occur: no reader wants to see the others first."""
        names = {node.value for triple in triples for node in triple if isinstance(node, IRI)}
        names |= {getattr(triple.object, "datatype", triple.predicate).value for triple in triples}
        return {
            prefix: space for prefix, space in self.prefixes.items() if any(name.startswith(space) for name in names)
        }


@dataclass(frozen=True, slots=True)
class EntityEndpoint:
    """Answers `/id/<path>` and `/doc/<path>` for the IRIs under our base, and `/id?iri=<IRI>` for any.

    Attributes:
        gate: gives each caller a View.
        catalogue: the stored queries.
        principal_of: tells who asks.
        pages: renders the page for browsers.
        base: what our IRIs begin with, before `id/`.
        write: writes descriptions.
    """

    gate: Gate
    catalogue: Catalogue
    principal_of: Callable[[Request], Principal]
    pages: Pages
    base: str
    write: Writer

    def name(self, request: Request) -> Response:
        """From a thing's IRI to the document about it.

        Raises:
            NotFoundError: nothing visible is said of it.
        """
        self._visible(self.gate.view(self.principal_of(request)), self._own(request))
        query = f"?{request.url.query}" if request.url.query else ""
        place = f"{_place(request)}{query}"
        return see_other(place, [Link(place, "describedby")])

    def document(self, request: Request) -> Response:
        """The document about a thing of ours.

        Raises:
            NotFoundError: nothing visible is said of it.
            FormatError: none of the formats is accepted.
        """
        return self._described(request, self._own(request), _place(request))

    def look_up(self, request: Request) -> Response:
        """The document about the thing of any IRI.

        Raises:
            NotFoundError: nothing visible is said of it, or it is no IRI.
            FormatError: none of the formats is accepted.
        """
        node = request.query_params.get("iri", "")
        return self._described(request, node, f"/id?iri={quote(node, safe='/:')}")

    def _own(self, request: Request) -> str:
        return f"{self.base}id/{request.path_params['path']}"

    def _described(self, request: Request, name: str, address: str) -> Response:
        principal = self.principal_of(request)
        view = self.gate.view(principal)
        node = self._visible(view, name)
        media_type = wanted(request, QUAD_OFFERS, "a description")
        links = [Link(node.value, "describes"), *alternates(address, QUAD_OFFERS, media_type)]
        if media_type == HTML:
            response = self._page(request, view, node, address, is_public=principal == PUBLIC_READER)
        elif media_type in QUADS:
            quads = [quad for triple in description(view, node) for quad in view.quads(*triple)]
            response = Response(self.write.graphs(media_type, quads), media_type=media_type)
        else:
            content = self.write(media_type, description(view, node), asked_for(request))
            response = Response(content, media_type=media_type)
        response.headers.update(link_header(links))
        return conditional(request, response)

    def _page(self, request: Request, view: View, node: IRI, address: str, *, is_public: bool) -> Response:
        shown = portrait(view, self.catalogue, node)
        formats = [(link.target, link.type, NAMES[link.type]) for link in alternates(address, QUAD_OFFERS, HTML)]
        context = {
            "shown": shown,
            "labels": shown.labels,
            "most": MOST,
            "formats": formats,
            "structured": structured_data(view, node, shown) if is_public else None,
        }
        return self.pages(request, "entity.html", context)

    @staticmethod
    def _visible(view: View, name: str) -> IRI:
        """The node that is asked for. What a caller writes wrongly, may not see, or invents is one and the same."""
        try:
            node = iri(name.strip())
        except InputError as error:
            raise _unknown() from error
        if not view.knows(node):
            raise _unknown()
        return node


def _place(request: Request) -> str:
    """Where the document about a thing of ours is."""
    return f"/doc/{quote(request.path_params['path'], safe=_IN_PATHS)}"


def _unknown() -> NotFoundError:
    return NotFoundError("there is no such thing, or none that you may see")

"""What is new: for each audience that a reader is of, an Atom feed and an event stream."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import Gate, Principal, View
from ewgraph.api.linkeddata import Writer
from ewgraph.api.linkeddata.atom import ATOM, entries_of, feed
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.linkeddata.ldes import Stream, members_of, page_of
from ewgraph.api.linkeddata.representation import (
    JSON_LD,
    QUADS,
    TRIPLE_OFFERS,
    TRIPLES,
    Link,
    alternates,
    asked_for,
    conditional,
    link_header,
    see_other,
    wanted,
)
from ewgraph.api.linkeddata.timeline import Item, Timelines, audience_name
from ewgraph.api.negotiation import HTML
from ewgraph.api.pages import Pages
from ewgraph.errors import NotFoundError
from ewgraph.model.rdf import IRI, RdfFormat, serialize

MOST: Final = 50
"""How many records a page has at most."""
MOST_TRIPLES: Final = 20_000
"""A page of the event stream ends with the record by which it has so many."""

_FEEDS: Final = (ATOM, HTML, *(media_type for media_type in TRIPLE_OFFERS if media_type != HTML))
_PAGES: Final = (*QUADS, *TRIPLES, HTML)
_FULL: Final = {"Cache-Control": "public, max-age=86400, immutable"}
"""For a day, since what is erased by law has to go out of caches as well."""
_TITLES: Final = {
    "public": "What everybody may see",
    "affiliates": "What the members may see",
    "staff": "What the staff may see",
    "own": "What is shown to you in particular",
}


@dataclass(frozen=True, slots=True)
class Feeds:
    """Answers `/feed`, `/feed/<audience>` and `/feed/<audience>/pages`.

    Attributes:
        gate: gives each caller a View.
        principal_of: tells who asks.
        pages: renders pages.
        write: writes triples.
        base: the address of the service.
        publisher: who speaks for the network.
        timelines: what came when.
        address: where the page of a node is.
    """

    gate: Gate
    principal_of: Callable[[Request], Principal]
    pages: Pages
    write: Writer
    base: str
    publisher: IRI
    timelines: Timelines
    address: Callable[[IRI], str]

    def listed(self, request: Request) -> Response:
        """The streams of the reader."""
        view = self.gate.view(self.principal_of(request))
        media_type = wanted(request, TRIPLE_OFFERS, "the list of streams")
        streams = [self._stream(audience_name(graph)) for graph in view.graphs]
        if media_type == HTML:
            response = self.pages(request, "feeds.html", {"streams": streams})
        else:
            triples = [triple for stream in streams for triple in stream.description()]
            response = Response(self.write(media_type, triples, asked_for(request)), media_type=media_type)
        response.headers.update(link_header(alternates("/feed", TRIPLE_OFFERS, media_type)))
        return conditional(request, response)

    def one(self, request: Request) -> Response:
        """The newest of one stream, or what came before a cursor; in RDF what the stream is, and where it begins.

        Raises:
            NotFoundError: the reader has no such stream.
            InputError: the cursor is none.
        """
        view, stream, graph = self._asked(request)
        media_type = wanted(request, _FEEDS, "a feed")
        if media_type not in {ATOM, HTML}:
            content = self.write(media_type, list(stream.description()), asked_for(request))
            return self._sent(request, stream, Response(content, media_type=media_type), ())
        before = request.query_params.get("before")
        items, more = self.timelines.of(view, graph).before(before, MOST)
        older = f"{stream.address}?before={items[-1].key}" if more else ""
        entries = entries_of(view, items)
        if media_type == HTML:
            context = {"stream": stream, "entries": entries, "older": items[-1].key if more else "", "before": before}
            return self._sent(request, stream, self.pages(request, "feed.html", context), items)
        here = f"{stream.address}?before={before}" if before else stream.address
        links = [("self", here, ATOM), ("alternate", stream.address, HTML), ("first", stream.address, ATOM)]
        content = feed(
            stream,
            entries,
            links=[*links, *([("next", older, ATOM)] if older else [])],
            publisher=Labels(view)[self.publisher],
            page=lambda node: urljoin(self.base, self.address(node)),
        )
        return self._sent(request, stream, Response(content, media_type=ATOM, headers=_FULL if before else None), items)

    def page(self, request: Request) -> Response:
        """A page of the event stream: what came after a cursor, or first.

        Raises:
            NotFoundError: the reader has no such stream.
            InputError: the cursor is none.
        """
        view, stream, graph = self._asked(request)
        media_type = wanted(request, _PAGES, "a page of the stream")
        if media_type == HTML:
            return see_other(f"/feed/{audience_name(graph)}")
        after = request.query_params.get("after")
        items, more = self.timelines.of(view, graph).after(after, MOST)
        members = members_of(view, items, MOST_TRIPLES)
        more = more or len(members) < len(items)
        quads = list(page_of(stream, after, members, more=more))
        if media_type in QUADS:
            content = self.write.graphs(media_type, quads)
        elif media_type == JSON_LD:
            content = serialize(quads, format=RdfFormat.JSON_LD) or b"[]"
        else:
            content = self.write(media_type, list(dict.fromkeys(quad.triple for quad in quads)))
        response = Response(content, media_type=media_type, headers=_FULL if more else None)
        return self._sent(request, stream, response, [item for item, _ in members])

    def _asked(self, request: Request) -> tuple[View, Stream, IRI]:
        """The stream that is asked for, as all its readers see it. One that the reader may not see is as none.

        Who reads more than others finds no more in what is everybody's: it is passed on as that.
        """
        view = self.gate.view(self.principal_of(request))
        name = request.path_params["audience"]
        graph = next((graph for graph in view.graphs if audience_name(graph) == name), None)
        if graph is None:
            raise NotFoundError("there is no such stream, or none that you may see")
        return view.up_to(graph), self._stream(name), graph

    def _stream(self, name: str) -> Stream:
        return Stream(f"{self.base}feed/{name}", _TITLES[name])

    @staticmethod
    def _sent(request: Request, stream: Stream, response: Response, items: Sequence[Item]) -> Response:
        links = [Link(stream.page(None).value, "alternate", media_type) for media_type in QUADS]
        response.headers.update(link_header([*links, Link(stream.address, "alternate", ATOM)]))
        return conditional(request, response, max((item.at for item in items), default=None))

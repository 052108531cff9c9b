"""The dataset as a whole: its description, its dumps, and what crawlers ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from ewgraph.access import PUBLIC_READER, Gate, Principal, View
from ewgraph.api.linkeddata import Writer
from ewgraph.api.linkeddata.dumps import Dump, Dumps
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.linkeddata.representation import (
    NAMES,
    TRIPLE_OFFERS,
    Link,
    alternates,
    asked_for,
    conditional,
    link_header,
    wanted,
)
from ewgraph.api.negotiation import HTML
from ewgraph.api.pages import Pages
from ewgraph.errors import NotFoundError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Triple
from ewgraph.web.catalog import Description
from ewgraph.web.holdings import Holdings

MOST_PAGES: Final = 10_000
"""How many pages a site map names; the protocol allows 50,000."""
_KEPT: Final = {"Cache-Control": "public, max-age=3600"}
_IN_ADDRESSES: Final = "/:%?#@!$&'()*+,;="
_MAPPED: Final = (terms.Organization, terms.Site, terms.ProductModel, terms.Contract)
_ROBOTS: Final = """User-agent: *
Disallow: /sparql
Disallow: /graphql
Disallow: /queries/
Disallow: /disclosures
Disallow: /staff
Disallow: /sign-in
Disallow: /id?
Disallow: /*?accept=

Sitemap: {base}sitemap.xml
"""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Answers `/.well-known/void`, `/catalog`, `/dumps`, `/robots.txt` and `/sitemap.xml`.

    Attributes:
        gate: gives each caller a View.
        principal_of: tells who asks.
        pages: renders the page.
        write: writes the description.
        base: the address of the service.
        publisher: who speaks for the network.
        license: of the whole, where one is stated.
        holdings: what is loaded.
        dumps: of the public graph.
    """

    gate: Gate
    principal_of: Callable[[Request], Principal]
    pages: Pages
    write: Writer
    base: str
    publisher: IRI
    license: str
    holdings: Holdings
    dumps: Dumps

    def void(self, request: Request) -> Response:
        """What the caller may see, counted, and how to get it."""
        return self._described(request, "/.well-known/void", Description.triples)

    def catalog(self, request: Request) -> Response:
        """The same, under the address that catalogues look for."""
        return self._described(request, "/catalog", Description.triples)

    def listed(self, request: Request) -> Response:
        """The dumps of the public graph."""
        return self._described(request, "/dumps", Description.distributions)

    def _described(
        self, request: Request, address: str, triples: Callable[[Description], Iterator[Triple]]
    ) -> Response:
        view = self.gate.view(self.principal_of(request))
        media_type = wanted(request, TRIPLE_OFFERS, "the description")
        told = Description(
            base=self.base,
            publisher=(self.publisher, Labels(view)[self.publisher]),
            license=self.license,
            statistics=self.holdings.statistics(view),
            version=self.write.context.version,
            dumps=self.dumps.listed(),
        )
        links = alternates(address, TRIPLE_OFFERS, media_type)
        if media_type == HTML:
            response = self._page(request, view, told, address)
        else:
            response = Response(self.write(media_type, list(triples(told)), asked_for(request)), media_type=media_type)
        response.headers.update(link_header([Link(told.dataset.value, "describes"), *links]))
        return conditional(request, response)

    def _page(self, request: Request, view: View, told: Description, address: str) -> Response:
        labels = Labels(view)
        context = {
            "structured": self._structured(told) if view.principal == PUBLIC_READER else None,
            "told": told,
            "labels": labels,
            "classes": _most(told.statistics.classes),
            "properties": _most(told.statistics.properties),
            "formats": [(one.target, one.type, NAMES[one.type]) for one in alternates(address, TRIPLE_OFFERS, HTML)],
        }
        return self.pages(request, "dataset.html", context)

    def _structured(self, told: Description) -> dict[str, object]:
        """What search engines are told of the dumps, in the terms of schema.org."""
        return {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": told.public.value,
            "name": "ewgraph: what everybody may see",
            "description": "Who bought what from whom, where it was made, and on whose word, as far as it is public.",
            "url": f"{self.base}catalog",
            **({"license": self.license} if self.license else {}),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": f"{self.base}dumps/{dump.file}",
                    "encodingFormat": "application/zstd",
                    "dateModified": dump.at,
                    "sha256": dump.sha256,
                }
                for dump in told.dumps
            ],
        }

    def dump(self, request: Request) -> Response:
        """The file of a dump, or its checksum in the form of `sha256sum`.

        Raises:
            NotFoundError: there is no such dump.
        """
        self.principal_of(request)
        name = request.path_params["file"]
        listed = self.dumps.listed()
        if name == "latest.nq.zst" and listed:
            return Response(status_code=307, headers={"Location": f"/dumps/{listed[0].file}"})
        for dump in listed:
            if name == dump.file:
                return self._file(request, dump)
            if name == f"{dump.file}.sha256":
                return conditional(request, PlainTextResponse(f"{dump.sha256}  {dump.file}\n", headers=_KEPT))
        raise NotFoundError("there is no such dump")

    def _file(self, request: Request, dump: Dump) -> Response:
        headers = {**_KEPT, "ETag": f'"{dump.sha256}"', "Repr-Digest": f"sha-256=:{_base64(dump.sha256)}:"}
        response = FileResponse(
            self.dumps.path(dump), media_type="application/zstd", filename=dump.file, headers=headers
        )
        return conditional(request, response)

    def robots(self, _: Request) -> Response:
        """What crawlers are asked to leave alone."""
        return PlainTextResponse(_ROBOTS.format(base=self.base), headers=_KEPT)

    def sitemap(self, request: Request) -> Response:
        """The pages of what everybody sees, for search engines, whoever asks."""
        view = self.gate.view(PUBLIC_READER)
        nodes = (quad.subject for kind in _MAPPED for quad in view.quads(None, terms.RDF.type, kind))
        ours = (node for node in nodes if isinstance(node, IRI) and node.value.startswith(f"{self.base}id/"))
        places = [f"{self.base}doc/{node.value.removeprefix(self.base + 'id/')}" for node in islice(ours, MOST_PAGES)]
        lines = [
            f"<url><loc>{escape(quote(place, safe=_IN_ADDRESSES))}</loc></url>\n"
            for place in [self.base, f"{self.base}ns", *places]
        ]
        content = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"{''.join(lines)}</urlset>\n"
        )
        return conditional(request, Response(content, media_type="application/xml", headers=_KEPT))


def _base64(hexadecimal: str) -> str:
    from base64 import b64encode

    return b64encode(bytes.fromhex(hexadecimal)).decode()


def _most(counts: object) -> list[tuple[IRI, int]]:
    """The counts, largest first."""
    return sorted(dict(counts).items(), key=lambda item: (-item[1], item[0].value))  # type: ignore[call-overload]

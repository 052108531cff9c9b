"""The ontology as it is served at `/ns`, its code lists at `/kos`, and the JSON-LD context: all of it public."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import Principal
from ewgraph.api.linkeddata import Writer
from ewgraph.api.linkeddata.ontology import MODULES, NAMESPACE, CodeList, Ontology
from ewgraph.api.linkeddata.representation import (
    JSON_LD,
    NAMES,
    TRIPLE_OFFERS,
    Link,
    alternates,
    asked_for,
    conditional,
    link_header,
    see_other,
    wanted,
)
from ewgraph.api.negotiation import HTML
from ewgraph.api.pages import Pages
from ewgraph.errors import NotFoundError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Triple

_KEPT: Final = {"Cache-Control": "public, max-age=3600"}
_KEPT_FOR_GOOD: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


class Vocabulary:
    """Answers `/ns`, `/kos` and `/contexts`, from the ontology's own files.

    The IRIs are under `https://w3id.org/ewgraph/`, which redirects here; so these addresses are documents, and answer.
    """

    def __init__(
        self, ontology: Ontology, write: Writer, pages: Pages, principal_of: Callable[[Request], Principal]
    ) -> None:
        """Take what to show and how to write it."""
        self._ontology = ontology
        self._write = write
        self._pages = pages
        self._principal_of = principal_of

    def serve(self, request: Request) -> Response:
        """The ontology: its documentation, or all of its triples."""
        return self._answer(
            request,
            "/ns",
            NAMESPACE,
            lambda: self._ontology.whole.triples,
            "ontology.html",
            lambda: {
                "sections": self._ontology.sections,
                "lists": self._ontology.code_lists.values(),
                "prefixes": sorted(self._ontology.prefixes.items()),
                "version": self._ontology.version,
                "described": self._ontology.whole.text(NAMESPACE, terms.DCT.description),
                "names": {term.node: term.name for terms_ in self._ontology.sections.values() for term in terms_},
            },
        )

    def part(self, request: Request) -> Response:
        """A version of the ontology, which is its whole, or one of its modules.

        Raises:
            NotFoundError: there is no such version here, and no such module.
        """
        self._principal_of(request)
        name = request.path_params["name"]
        if name == self._ontology.version:
            return self.serve(request)
        if name not in MODULES:
            raise NotFoundError(f"there is version {self._ontology.version} of the ontology here, and no such module")
        if wanted(request, TRIPLE_OFFERS, "the ontology") == HTML:
            return see_other("/ns")
        node = IRI(f"{NAMESPACE.value}/{name}")
        return self._answer(request, f"/ns/{name}", node, lambda: self._ontology.module(name))

    def lists(self, request: Request) -> Response:
        """The code lists."""
        return self._answer(
            request,
            "/kos",
            IRI(terms.EWK),
            lambda: [t for t in self._ontology.kos.triples if t.subject in self._schemes()],
            "code_lists.html",
            lambda: {"lists": self._ontology.code_lists.values()},
        )

    def code_list(self, request: Request) -> Response:
        """One code list, or one concept of it: a page of a concept is a place on the page of its list.

        Raises:
            NotFoundError: there is no such list, and no such concept.
        """
        self._principal_of(request)
        name = request.path_params["path"].strip("/")
        held = self._ontology.code_lists.get(name)
        if held is not None:
            return self._list(request, held)
        above, _, code = name.rpartition("/")
        held = self._ontology.code_lists.get(above)
        concept = next((one for one in held.concepts if one.name == code), None) if held else None
        if concept is None:
            raise NotFoundError("there is no such code list, or no such concept in it")
        if wanted(request, TRIPLE_OFFERS, "a concept") == HTML:
            return see_other(f"/kos/{quote(above)}#{quote(code)}")
        return self._answer(request, f"/kos/{quote(name)}", concept.node, lambda: self._ontology.kos.of(concept.node))

    def _list(self, request: Request, held: CodeList) -> Response:
        nodes = [held.node, *(concept.node for concept in held.concepts)]
        return self._answer(
            request,
            f"/kos/{quote(held.name)}",
            held.node,
            lambda: [triple for node in nodes for triple in self._ontology.kos.of(node)],
            "code_list.html",
            lambda: {"list": held, "names": {concept.node: concept.name for concept in held.concepts}},
        )

    def context(self, request: Request) -> Response:
        """The JSON-LD context: the present one, or that of a version.

        Raises:
            NotFoundError: it is of no version that is kept here.
        """
        self._principal_of(request)
        name, version = request.path_params["name"], self._write.context.version
        if name not in {"ewgraph.jsonld", f"ewgraph-{version}.jsonld"}:
            raise NotFoundError(f"there is ewgraph.jsonld, and ewgraph-{version}.jsonld")
        document = {"@context": self._write.context.document()}
        content = orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"
        kept = _KEPT if name == "ewgraph.jsonld" else _KEPT_FOR_GOOD
        return conditional(request, Response(content, media_type=JSON_LD, headers=kept))

    def _schemes(self) -> set[IRI]:
        return {one.node for one in self._ontology.code_lists.values()}

    def _answer(  # noqa: PLR0913, PLR0917  # one document's whole case
        self,
        request: Request,
        address: str,
        node: IRI,
        triples: Callable[[], Iterable[Triple]],
        template: str = "",
        context: Callable[[], dict[str, object]] = dict,
    ) -> Response:
        """The document in the preferred format."""
        self._principal_of(request)
        media_type = wanted(request, TRIPLE_OFFERS, "the vocabulary")
        links = [Link(node.value, "describes"), *alternates(address, TRIPLE_OFFERS, media_type)]
        if media_type == HTML:
            formats = [(one.target, one.type, NAMES[one.type]) for one in alternates(address, TRIPLE_OFFERS, HTML)]
            response = self._pages(request, template, {**context(), "node": node, "formats": formats})
        else:
            content = self._write(media_type, list(triples()), asked_for(request))
            response = Response(content, media_type=media_type, headers=_KEPT)
        response.headers.update(link_header(links))
        return conditional(request, response)

"""Evidence paths beyond touches: where minerals come from, all the best paths, who is concerned by a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import strawberry

from ewgraph.api.graphql.answers import Answered, connection, stated
from ewgraph.api.graphql.contracts import Contract
from ewgraph.api.graphql.enums import SiteKind
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.nodes import Organization, ProductModel, Site, boundary
from ewgraph.api.graphql.paging import PageInfo, asked
from ewgraph.api.graphql.touches import Hop, classes_of, hop_of
from ewgraph.api.graphql.values import Concept, Node
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.hop import BASES, Concerned
from ewgraph.model.hop import EvidencePath as TracedPath
from ewgraph.model.hop import Exposure as TracedExposure
from ewgraph.model.hop import Origin as TracedOrigin
from ewgraph.model.rdf import IRI
from ewgraph.trace import Window, best_paths, by_concerned, by_mineral, exposed_to, mineral_origins

_CHAINED: Final = frozenset({terms.Contract, terms.ProductModel, terms.Site, terms.Boundary})
_BETWEEN_SITES: Final = frozenset({HopKind.SUPPLIED_BY, HopKind.SOURCES_FROM})

strawberry.enum(Concerned, description="Who is concerned by what happens at a site.")


@strawberry.type
class EvidencePath:
    """A chain of claims that leads upstream from one thing to another."""

    from_: Node = strawberry.field(name="from")
    to: Node
    scope: Scope = strawberry.field(description="The weakest scope on the path.")
    basis: EvidenceBasis = strawberry.field(description="The weakest evidence basis on the path.")
    hops: int = strawberry.field(description="How many steps the path has.")
    last_confirmed: dt.datetime = strawberry.field(description="When the newest record of the path was received.")
    possible: bool = strawberry.field(
        description="Whether the evidence is for a brand or company only: then it is possible, never certain.",
    )
    loader: strawberry.Private[Loader]
    found: strawberry.Private[TracedPath]

    @strawberry.field
    def path(self) -> list[Hop]:
        """The steps, from its start to its end."""
        return [hop_of(self.loader, hop, self.found.contract) for hop in self.found.path]

    @strawberry.field
    def weakest(self) -> Hop:
        """The weakest step: of the weakest scope, of several that of the weakest basis, of several the first."""
        return hop_of(self.loader, self.found.weakest, self.found.contract)


@strawberry.type
class Origin:
    """That a mineral in what a contract or model holds may come from a site."""

    mineral: Concept
    site: Site
    evidence: EvidencePath


@strawberry.type
class OriginEdge:
    """An origin in a list of origins."""

    cursor: str
    node: Origin


@strawberry.type
class OriginConnection(Answered):
    """A part of a list of origins: by mineral, then as touches are."""

    edges: list[OriginEdge]
    page_info: PageInfo
    total_count: int


@strawberry.type
class PathAnswer(Answered):
    """The best paths: strongest scope first, then strongest basis, fewest steps, step by step."""

    paths: list[EvidencePath]


@strawberry.type
class Exposure:
    """That somebody is concerned by a finding, on the word of the best path that leads from them to its site."""

    concerned: Concerned
    contract: Contract | None = strawberry.field(description="The contract, or that by which the buyer is concerned.")
    buyer: Organization | None = strawberry.field(description="The buyer, where a buyer is concerned.")
    model: ProductModel | None = strawberry.field(description="The model by which the brand is concerned.")
    brand: Organization | None = strawberry.field(description="The brand, where a brand is concerned.")
    evidence: EvidencePath


@strawberry.type
class ExposureEdge:
    """One who is concerned, in a list."""

    cursor: str
    node: Exposure


@strawberry.type
class ExposureConnection(Answered):
    """A part of a list of those who are concerned: contracts, then buyers, then brands, each as touches are."""

    edges: list[ExposureEdge]
    page_info: PageInfo
    total_count: int


def origins_connection(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
    loader: Loader,
    start: IRI,
    mineral: IRI | None,
    kinds: Sequence[SiteKind] | None,
    min_scope: Scope | None,
    first: int | None,
    after: str | None,
) -> OriginConnection:
    """Where minerals of a contract or model may come from; nowhere for none."""
    window, scope, classes = Window(*asked(first, after, "siiis")), min_scope or Scope.COMPANY, classes_of(kinds)
    found = loader.traced(
        "mineral-origins",
        start,
        _CHAINED - {terms.Site, terms.Boundary},
        lambda view, catalogue, node: mineral_origins(
            view, catalogue, node, mineral=mineral, kinds=classes, min_scope=scope, window=window
        ),
        *(mineral, classes, scope, window),
    )
    return connection(OriginConnection, OriginEdge, found, by_mineral, partial(_origin, loader))


def path_answer(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
    loader: Loader,
    start: IRI,
    end: IRI,
    min_scope: Scope | None,
    min_basis: EvidenceBasis | None,
    max_paths: int,
    max_hops: int,
) -> PathAnswer:
    """The best paths from one thing to another."""
    scope, basis = min_scope or Scope.COMPANY, min_basis or BASES[-1]
    found = loader.traced(
        "paths",
        start,
        _CHAINED,
        lambda view, catalogue, node: best_paths(
            view,
            catalogue,
            node,
            end,
            min_scope=scope,
            min_basis=basis,
            max_paths=max_paths,
            max_hops=max_hops,
        ),
        *(end, scope, basis, max_paths, max_hops),
    )
    return PathAnswer(paths=[path_of(loader, path) for path in found], **stated(found))


def exposure_connection(
    loader: Loader,
    finding: IRI,
    min_scope: Scope | None,
    first: int | None,
    after: str | None,
) -> ExposureConnection:
    """Who is concerned by a finding; nobody by none."""
    window, scope = Window(*asked(first, after, "iiiis")), min_scope or Scope.COMPANY
    found = loader.traced(
        "exposed-to",
        finding,
        {terms.Finding},
        lambda view, catalogue, node: exposed_to(view, catalogue, node, min_scope=scope, window=window),
        *(scope, window),
    )
    return connection(ExposureConnection, ExposureEdge, found, by_concerned, partial(exposure_of, loader))


def path_of(loader: Loader, path: TracedPath) -> EvidencePath:
    """A path as the schema has it."""
    first, last = path.path[0].kind, path.path[-1].kind
    start = Contract if first is HopKind.COVERS else Site if first in _BETWEEN_SITES else ProductModel
    end = ProductModel if last is HopKind.COVERS else Site
    return EvidencePath(
        from_=boundary(loader, path.start) or start.of(loader, path.start),
        to=boundary(loader, path.end) or end.of(loader, path.end),
        scope=path.scope,
        basis=path.basis,
        hops=len(path.path),
        last_confirmed=path.last_confirmed,
        possible=path.possible,
        loader=loader,
        found=path,
    )


def _origin(loader: Loader, origin: TracedOrigin) -> Origin:
    return Origin(
        mineral=Concept.of(loader, origin.mineral),
        site=Site.of(loader, origin.site),
        evidence=path_of(loader, origin),
    )


def exposure_of(loader: Loader, exposure: TracedExposure) -> Exposure:
    """An exposure as the schema has it."""

    def only(kind: type[Any], node: IRI, *concerned: Concerned) -> Any:
        return kind.of(loader, node) if exposure.concerned in concerned else None

    return Exposure(
        concerned=exposure.concerned,
        contract=only(Contract, exposure.start, Concerned.CONTRACT, Concerned.BUYER),
        buyer=only(Organization, exposure.who, Concerned.BUYER),
        model=only(ProductModel, exposure.start, Concerned.BRAND),
        brand=only(Organization, exposure.who, Concerned.BRAND),
        evidence=path_of(loader, exposure),
    )

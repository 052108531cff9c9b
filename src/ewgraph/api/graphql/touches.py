"""Touches: that a contract's supply chain reaches a site, with the evidence path that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import strawberry

from ewgraph.api.graphql.answers import Answered, connection
from ewgraph.api.graphql.claims import Claim, Record, claim_of
from ewgraph.api.graphql.contracts import Contract
from ewgraph.api.graphql.enums import SiteKind
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.nodes import ProductModel, Site, boundary
from ewgraph.api.graphql.paging import PageInfo, asked
from ewgraph.api.graphql.values import Concept, Node, SourceLocation, source_location
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope, Tier
from ewgraph.model.hop import BASES
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Key
from ewgraph.trace import Answer, Window, by_contract, by_site, contracts_touching, sites_touched_by
from ewgraph.trace import Hop as TracedHop
from ewgraph.trace import Touch as TracedTouch

KEY: Final = "iiis"
"""The parts of a touch's key."""
_ENDS: Final[dict[HopKind, tuple[type[Node], type[Node]]]] = {
    HopKind.COVERS: (Contract, ProductModel),
    HopKind.MADE_AT: (ProductModel, Site),
    HopKind.COMPONENT_AT: (ProductModel, Site),
    HopKind.LISTED_AT: (ProductModel, Site),
    HopKind.SUPPLIED_BY: (Site, Site),
    HopKind.DECLARES_SMELTER: (ProductModel, Site),
    HopKind.SOURCES_FROM: (Site, Site),
}


@strawberry.type
class Hop:
    """One step of an evidence path, upstream, with the claim that says so."""

    from_: Node = strawberry.field(name="from")
    to: Node
    kind: HopKind
    claim: Claim | None = strawberry.field(description="The claim; none for a covers hop, which a contract line says.")
    record: Record
    scope: Scope = strawberry.field(description="The scope that the step has for this contract.")
    basis: EvidenceBasis | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    tier: Tier | None = strawberry.field(
        description="What the site it leads to does, as the claim says or its kind implies; none for a covers hop.",
    )
    mineral: Concept | None = strawberry.field(description="The mineral that it is said of.")
    same_site: list[Claim] = strawberry.field(
        description="The claims by which the site is the one that the path goes on from, or ends at, by another name.",
    )
    loader: strawberry.Private[Loader]
    says: strawberry.Private[IRI]

    @strawberry.field
    def source(self) -> SourceLocation | None:
        """Where the claim stands in the source of its record."""
        return source_location(self.loader, self.says, self.record.iri)


@strawberry.type
class Touch:
    """That a contract touches a site, on the word of the best path that leads from one to the other."""

    contract: Contract
    site: Site
    scope: Scope = strawberry.field(description="The weakest scope on the path.")
    basis: EvidenceBasis = strawberry.field(description="The weakest evidence basis on the path.")
    hops: int = strawberry.field(description="How many steps the path has.")
    last_confirmed: dt.datetime | None = strawberry.field(
        description="When the newest record of the path was received.",
    )
    possible: bool = strawberry.field(
        description="Whether the evidence is for a brand or company only: then the touch is possible, never certain.",
    )
    loader: strawberry.Private[Loader]
    found: strawberry.Private[TracedTouch]

    @strawberry.field
    def path(self) -> list[Hop]:
        """The best path, from the contract to the site."""
        return [hop_of(self.loader, hop, self.found.contract) for hop in self.found.path]


@strawberry.type
class TouchEdge:
    """A touch in a list of touches."""

    cursor: str
    node: Touch


@strawberry.type
class TouchConnection(Answered):
    """A part of a list of touches: strongest scope first, then strongest basis, fewest hops, smallest IRI."""

    edges: list[TouchEdge]
    page_info: PageInfo
    total_count: int


def contracts_connection(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
    loader: Loader,
    site: IRI,
    min_scope: Scope | None,
    min_basis: EvidenceBasis | None,
    first: int | None,
    after: str | None,
) -> TouchConnection:
    """The contracts that touch a site; none for no site."""
    window, scope, basis = Window(*asked(first, after, KEY)), min_scope or Scope.COMPANY, min_basis or BASES[-1]
    found = loader.traced(
        "contracts-touching",
        site,
        {terms.Site, terms.Boundary},
        lambda view, catalogue, node: contracts_touching(
            view, catalogue, node, min_scope=scope, min_basis=basis, window=window
        ),
        scope,
        basis,
        window,
    )
    return _connection(loader, found, by_contract)


def sites_connection(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
    loader: Loader,
    contract: IRI,
    kinds: Sequence[SiteKind] | None,
    min_scope: Scope | None,
    first: int | None,
    after: str | None,
) -> TouchConnection:
    """The sites that a contract touches, of the kinds where any are given; none for no contract."""
    window, scope, classes = Window(*asked(first, after, KEY)), min_scope or Scope.COMPANY, classes_of(kinds)
    found = loader.traced(
        "sites-touched-by",
        contract,
        {terms.Contract},
        lambda view, catalogue, node: sites_touched_by(
            view, catalogue, node, kinds=classes, min_scope=scope, window=window
        ),
        scope,
        classes,
        window,
    )
    return _connection(loader, found, by_site)


def classes_of(kinds: Sequence[SiteKind] | None) -> frozenset[IRI] | None:
    """The classes of the kinds; None where none are given."""
    return frozenset(kind.iri for kind in kinds) if isinstance(kinds, list) else None


def _connection(loader: Loader, found: Answer[TracedTouch], key: Callable[[TracedTouch], Key]) -> TouchConnection:
    return connection(TouchConnection, TouchEdge, found, key, partial(_touch, loader))


def _touch(loader: Loader, touch: TracedTouch) -> Touch:
    return Touch(
        contract=Contract.of(loader, touch.contract),
        site=Site.of(loader, touch.site),
        scope=touch.scope,
        basis=touch.basis,
        hops=len(touch.path),
        last_confirmed=touch.last_confirmed,
        possible=touch.possible,
        loader=loader,
        found=touch,
    )


def hop_of(loader: Loader, hop: TracedHop, contract: IRI | None) -> Hop:
    """A step of a path that begins at a contract, or elsewhere."""
    start, end = _ENDS[hop.kind]
    return Hop(
        from_=boundary(loader, hop.start) or start.of(loader, hop.start),
        to=boundary(loader, hop.end) or end.of(loader, hop.end),
        kind=hop.kind,
        claim=None if hop.kind is HopKind.COVERS else claim_of(loader, hop.claim),
        record=Record.of(loader, hop.record),
        scope=hop.scope_for(contract),
        basis=hop.basis,
        valid_from=hop.valid_from,
        valid_to=hop.valid_to,
        tier=hop.tier,
        mineral=Concept.of(loader, hop.mineral) if hop.mineral else None,
        same_site=[claim_of(loader, claim) for claim in hop.same_site],
        loader=loader,
        says=hop.claim,
    )

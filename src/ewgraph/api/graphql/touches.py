"""Touches: that a contract's supply chain reaches a site, with the evidence path that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

import strawberry

from ewgraph.api.graphql.claims import Claim, Record, claim_of
from ewgraph.api.graphql.enums import SiteKind
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.nodes import Contract, ProductModel, Site
from ewgraph.api.graphql.paging import PageInfo, asked, page_of
from ewgraph.api.graphql.values import Node, SourceLocation, source_location
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.rdf import IRI
from ewgraph.trace import NONE, Touches, Window, key_of
from ewgraph.trace import Hop as TracedHop
from ewgraph.trace import Touch as TracedTouch

_KEY: Final = "iiis"
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
        return [_hop(self.loader, hop, self.found.contract) for hop in self.found.path]


@strawberry.type
class TouchEdge:
    """A touch in a list of touches."""

    cursor: str
    node: Touch


@strawberry.type
class TouchConnection:
    """A part of a list of touches: strongest scope first, then strongest basis, fewest hops, smallest IRI."""

    edges: list[TouchEdge]
    page_info: PageInfo
    total_count: int


def contracts_connection(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
    loader: Loader,
    site: IRI | None,
    min_scope: Scope | None,
    min_basis: EvidenceBasis | None,
    first: int | None,
    after: str | None,
) -> TouchConnection:
    """The contracts that touch a site; none for no site."""
    size, mark = asked(first, after, _KEY)
    window = Window(size, mark)  # type: ignore[arg-type]  # its parts are of these kinds
    found = NONE if site is None else loader.contracts_touching(site, min_scope or None, min_basis or None, window)
    return _connection(loader, found, lambda touch: touch.contract)


def sites_connection(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
    loader: Loader,
    contract: IRI | None,
    kinds: Sequence[SiteKind] | None,
    min_scope: Scope | None,
    first: int | None,
    after: str | None,
) -> TouchConnection:
    """The sites that a contract touches, of the kinds where any are given; none for no contract."""
    classes = [kind.iri for kind in kinds] if isinstance(kinds, list) else None
    size, mark = asked(first, after, _KEY)
    window = Window(size, mark)  # type: ignore[arg-type]  # its parts are of these kinds
    found = NONE if contract is None else loader.sites_touched_by(contract, classes, min_scope or None, window)
    return _connection(loader, found, lambda touch: touch.site)


def _connection(loader: Loader, found: Touches, end: Callable[[TracedTouch], IRI]) -> TouchConnection:
    part = page_of(found.items, lambda touch: key_of(touch, end(touch)), found.start, found.total)
    edges = [TouchEdge(cursor=mark, node=_touch(loader, touch)) for mark, touch in part.items]
    return TouchConnection(edges=edges, page_info=part.info, total_count=part.total)


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


def _hop(loader: Loader, hop: TracedHop, contract: IRI) -> Hop:
    start, end = _ENDS[hop.kind]
    return Hop(
        from_=start.of(loader, hop.start),
        to=end.of(loader, hop.end),
        kind=hop.kind,
        claim=None if hop.kind is HopKind.COVERS else claim_of(loader, hop.claim),
        record=Record.of(loader, hop.record),
        scope=hop.scope_for(contract),
        basis=hop.basis,
        valid_from=hop.valid_from,
        valid_to=hop.valid_to,
        loader=loader,
        says=hop.claim,
    )

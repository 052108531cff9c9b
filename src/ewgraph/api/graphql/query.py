"""The root of the schema."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.changes import ChangeConnection, ConflictConnection, change_connection, conflict_connection
from ewgraph.api.graphql.contracts import Contract
from ewgraph.api.graphql.enums import EntityKind, SiteKind, of_types
from ewgraph.api.graphql.federation import Subgraph
from ewgraph.api.graphql.gaps import DisclosureGapConnection, RiskConnection, gap_connection, risk_connection
from ewgraph.api.graphql.handing import Submissions
from ewgraph.api.graphql.instants import AsOfInput, as_of
from ewgraph.api.graphql.kinds import KINDS, node_of
from ewgraph.api.graphql.leverage import SharedLeverage, leverage_of
from ewgraph.api.graphql.loader import Loader, absolute
from ewgraph.api.graphql.nodes import Site
from ewgraph.api.graphql.paging import LARGEST, PageInfo, page
from ewgraph.api.graphql.paths import (
    ExposureConnection,
    OriginConnection,
    PathAnswer,
    exposure_connection,
    origins_connection,
    path_answer,
)
from ewgraph.api.graphql.roots import Lists
from ewgraph.api.graphql.touches import TouchConnection, contracts_connection, sites_connection
from ewgraph.api.graphql.values import Info, Named, Node
from ewgraph.api.graphql.watching import Watched
from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.rdf import iri
from ewgraph.trace.paths import HOPS, PATHS


@strawberry.type
class SearchEdge:
    """A thing that was found."""

    cursor: str
    node: Node
    kind: EntityKind
    label: str | None


@strawberry.type
class SearchConnection:
    """A part of what was found, the likest first."""

    edges: list[SearchEdge]
    page_info: PageInfo
    total_count: int


@strawberry.type
class Query(Lists, Subgraph, Submissions, Watched):
    """What can be asked. What does not exist and what you may not see give the same answer."""

    @strawberry.field
    def node(self, info: Info, named: Named, at: AsOfInput | None = UNSET) -> Node | None:
        """Anything that has an IRI."""
        return _known(as_of(info, at), named)

    @strawberry.field
    def nodes(self, info: Info, ids: list[strawberry.ID], at: AsOfInput | None = UNSET) -> list[Node | None]:
        """Several things by their IRIs, in that order; null for what is not there."""
        if len(ids) > LARGEST:
            raise InputError(f"`ids` names {len(ids)} things. At most {LARGEST} are allowed.")
        loader = as_of(info, at)
        return [_known(loader, one) for one in ids]

    @strawberry.field
    def site(self, info: Info, named: Named, at: AsOfInput | None = UNSET) -> Site | None:
        """A site."""
        loader, found = as_of(info, at), absolute(named)
        return Site.of(loader, found) if found and loader.is_a(found, terms.Site) else None

    @strawberry.field
    def contract(self, info: Info, named: Named, at: AsOfInput | None = UNSET) -> Contract | None:
        """A contract."""
        loader, found = as_of(info, at), absolute(named)
        return Contract.of(loader, found) if found and loader.is_a(found, terms.Contract) else None

    @strawberry.field
    def search(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        text: str,
        kinds: list[EntityKind] | None = UNSET,
        first: int | None = 20,
        after: str | None = UNSET,
        at: AsOfInput | None = UNSET,
    ) -> SearchConnection:
        """The things whose name or address is like the text, or whose identifier it is a part of, the likest first."""
        loader = as_of(info, at)
        wanted = kinds if isinstance(kinds, list) else list(EntityKind)
        part = page(
            loader.search(text, [kind.iri for kind in wanted]) if wanted else [],
            lambda hit: hit.key,
            "iss",
            20 if first is None else first,
            after,
        )
        edges = [
            SearchEdge(
                cursor=mark,
                node=KINDS[kind.iri].of(loader, hit.thing),
                kind=kind,
                label=loader.label(hit.thing) or loader.text(hit.thing, terms.DCT.title),
            )
            for mark, hit in part.items
            for kind in [kind for kind in of_types(EntityKind, hit.classes) if kind in wanted][:1]
        ]
        return SearchConnection(edges=edges, page_info=part.info, total_count=part.total)

    @strawberry.field
    def contracts_touching(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        site: strawberry.ID,
        at: AsOfInput | None = UNSET,
        min_scope: Scope | None = UNSET,
        min_basis: EvidenceBasis | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> TouchConnection:
        """The contracts whose supply chain reaches a site."""
        loader = as_of(info, at)
        return contracts_connection(loader, iri(site), min_scope, min_basis, first, after)

    @strawberry.field
    def sites_touched_by(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        contract: strawberry.ID,
        at: AsOfInput | None = UNSET,
        kinds: list[SiteKind] | None = UNSET,
        min_scope: Scope | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> TouchConnection:
        """The sites that the supply chain of a contract reaches."""
        loader = as_of(info, at)
        return sites_connection(loader, iri(contract), kinds, min_scope, first, after)

    @strawberry.field
    def mineral_origins(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        start: Annotated[strawberry.ID, strawberry.argument(name="from", description="A contract or a product model.")],
        at: AsOfInput | None = UNSET,
        mineral: strawberry.ID | None = UNSET,
        kinds: list[SiteKind] | None = UNSET,
        min_scope: Scope | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> OriginConnection:
        """The mines and smelters that minerals in what a contract or model holds may come from."""
        wanted = iri(mineral) if mineral else None
        return origins_connection(as_of(info, at), iri(start), wanted, kinds, min_scope, first, after)

    @strawberry.field
    def paths(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        start: Annotated[
            strawberry.ID, strawberry.argument(name="from", description="A contract, product model or site.")
        ],
        end: Annotated[
            strawberry.ID, strawberry.argument(name="to", description="A site or product model upstream of it.")
        ],
        at: AsOfInput | None = UNSET,
        min_scope: Scope | None = UNSET,
        min_basis: EvidenceBasis | None = UNSET,
        max_paths: int = PATHS,
        max_hops: int = HOPS,
    ) -> PathAnswer:
        """The best evidence paths from one thing to another, not only one."""
        loader = as_of(info, at)
        return path_answer(loader, iri(start), iri(end), min_scope, min_basis, max_paths, max_hops)

    @strawberry.field
    def exposed_to(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        finding: strawberry.ID,
        at: AsOfInput | None = UNSET,
        min_scope: Scope | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> ExposureConnection:
        """The contracts, buyers and brands that the site of a finding reaches."""
        return exposure_connection(as_of(info, at), iri(finding), min_scope, first, after)

    @strawberry.field
    def shared_leverage(self, info: Info, site: strawberry.ID) -> SharedLeverage:
        """How many affiliates lead to a site and what they spend; told to affiliates, monitoring partners and staff."""
        return leverage_of(info.context.loader, iri(site))

    @strawberry.field
    def disclosure_gaps(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        contract: strawberry.ID,
        at: AsOfInput | None = UNSET,
        confirmed_since: dt.datetime | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> DisclosureGapConnection:
        """How far the sites behind a contract's models are disclosed, tier by tier, and what to ask next, and whom."""
        return gap_connection(as_of(info, at), iri(contract), confirmed_since or None, first, after)

    @strawberry.field
    def risk_map(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        affiliate: strawberry.ID,
        at: AsOfInput | None = UNSET,
        confirmed_since: dt.datetime | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> RiskConnection:
        """The risk that assessments see in what a buyer buys, by category and stage, and what is disclosed there."""
        return risk_connection(as_of(info, at), iri(affiliate), confirmed_since or None, first, after)

    @strawberry.field
    def what_changed(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        about: strawberry.ID,
        since: Annotated[dt.datetime, strawberry.argument(name="from", description="The earlier instant.")],
        until: Annotated[dt.datetime, strawberry.argument(name="to", description="The later instant.")],
        valid_at: dt.date | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> ChangeConnection:
        """What changed between two instants in what is known of a contract, a site or a buyer's contracts."""
        loader = info.context.loader.at(valid_at or None, None)
        return change_connection(loader, iri(about), since, until, first, after)

    @strawberry.field
    def conflicts(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        about: strawberry.ID,
        at: AsOfInput | None = UNSET,
        window: Annotated[
            int,
            strawberry.argument(description="Observations at most so many days apart contradict; later ones do not."),
        ] = 0,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> ConflictConnection:
        """What is said of a site or product model that does not agree, and how it is to be read."""
        return conflict_connection(as_of(info, at), iri(about), window, first, after)


def _known(loader: Loader, named: strawberry.ID) -> Node | None:
    found = absolute(named)
    return node_of(loader, found) if found is not None and loader.about(found) else None

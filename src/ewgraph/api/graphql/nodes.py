"""The entities of supply: organizations, product models and sites, and what stands for them where they are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.enums import ClaimKind, RecordKind, SiteKind, of_types
from ewgraph.api.graphql.listed import Connection, Direction, Paging, TimeOrder, classes, given, paged, part_of
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.observed import Observation, observations
from ewgraph.api.graphql.told import told
from ewgraph.api.graphql.values import (
    Address,
    Concept,
    Identifier,
    Node,
    Point,
    addresses,
    concept,
    country,
    identifiers,
    location,
)
from ewgraph.model import terms
from ewgraph.model.codes import BreachStatus, EvidenceBasis, Scope
from ewgraph.model.rdf import IRI, iri

if TYPE_CHECKING:
    from ewgraph.api.graphql.claims import Claim, Finding, Record
    from ewgraph.api.graphql.contracts import Contract
    from ewgraph.api.graphql.touches import TouchConnection

_CLAIMS: Final = strawberry.lazy("ewgraph.api.graphql.claims")
Contracts: TypeAlias = Annotated["Contract", strawberry.lazy("ewgraph.api.graphql.contracts")]
Models: TypeAlias = Annotated["ProductModel", strawberry.lazy("ewgraph.api.graphql.nodes")]
Sites: TypeAlias = Annotated["Site", strawberry.lazy("ewgraph.api.graphql.nodes")]
Records: TypeAlias = Annotated["Record", _CLAIMS]
Findings: TypeAlias = Annotated["Finding", _CLAIMS]
Claims: TypeAlias = Annotated["Claim", _CLAIMS]


@told(terms.Boundary)
class Boundary(Node):
    """`ew:Boundary`."""

    @strawberry.field
    def hides(self) -> list[strawberry.ID]:
        """The classes of what is hidden."""
        return [strawberry.ID(kind.value) for kind in self.loader.nodes(self.iri, terms.hides)]

    @strawberry.field
    def kinds(self) -> list[SiteKind]:
        """What kind of site is hidden, as far as that is told; none for an organization."""
        return of_types(SiteKind, self.loader.nodes(self.iri, terms.hides))

    @strawberry.field
    def country(self) -> Concept | None:
        """The country it lies in, where that is told."""
        return country(self.loader, self.iri)


def boundary(loader: Loader, node: IRI) -> Boundary | None:
    """The node, where it stands for something that is not disclosed."""
    return Boundary.of(loader, node) if loader.is_a(node, terms.Boundary) else None


@told(terms.Organization)
class Organization(Node):
    """`ew:Organization`."""

    @strawberry.field
    def boundary(self) -> Boundary | None:
        """What is told of it where it is not disclosed to you; null where it is."""
        return boundary(self.loader, self.iri)

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def country(self) -> Concept | None:
        """Where it is seated."""
        return country(self.loader, self.iri)

    @strawberry.field
    def address(self) -> Address | None:
        """Where it is reached, as finely as is known."""
        return next(iter(addresses(self.loader, self.iri)), None)

    @strawberry.field
    def addresses(self) -> list[Address]:
        """All addresses that were given for it, the finest first."""
        return addresses(self.loader, self.iri)

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        return identifiers(self.loader, self.iri)

    @strawberry.field
    @paged
    def contracts_as_buyer(self, paging: Paging) -> Connection[Contracts]:
        """The contracts under which it acquires."""
        return part_of(self.loader, "contracts", given(buyer=self.iri), "Contract", paging)

    @strawberry.field
    @paged
    def contracts_as_contractor(self, paging: Paging) -> Connection[Contracts]:
        """The contracts under which it has signed to deliver."""
        return part_of(self.loader, "contracts", given(contractor=self.iri), "Contract", paging)

    @strawberry.field
    @paged
    def models(self, paging: Paging) -> Connection[Models]:
        """The product models that are sold under its name."""
        return part_of(self.loader, "product-models", given(brand=self.iri), "ProductModel", paging)

    @strawberry.field
    @paged
    def sites(self, paging: Paging) -> Connection[Sites]:
        """The sites that it operates, owns or staffs, as some claim says."""
        return part_of(self.loader, "sites", given(operator=self.iri), "Site", paging)

    @strawberry.field
    @paged
    def records(self, paging: Paging, kinds: list[RecordKind] | None = UNSET) -> Connection[Records]:
        """What was handed in on its word."""
        return part_of(self.loader, "records", given(by=self.iri, kind=classes(kinds)), "Record", paging)

    @strawberry.field
    @paged
    def claims(
        self, paging: Paging, kinds: list[ClaimKind] | None = UNSET, history: bool = False
    ) -> Connection[Claims]:
        """What is said of it in claims."""
        asked = given(organization=self.iri, kind=classes(kinds), current=not history)
        return part_of(self.loader, "claims", asked, "Claim", paging)


@told(terms.Affiliation)
class Affiliation(Node):
    """`ew:Affiliation`."""


@told(terms.ProductModel)
class ProductModel(Node):
    """`ew:ProductModel`."""

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def category(self) -> Concept | None:
        """What kind of product it is, in the Common Procurement Vocabulary; the first of several."""
        return concept(self.loader, self.iri, terms.category)

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        return identifiers(self.loader, self.iri)

    @strawberry.field
    @paged
    def contracts(self, paging: Paging) -> Connection[Contracts]:
        """The contracts of which a line buys it."""
        return part_of(self.loader, "contracts", given(model=self.iri), "Contract", paging)

    @strawberry.field
    @paged
    def claims(
        self, paging: Paging, kinds: list[ClaimKind] | None = UNSET, history: bool = False
    ) -> Connection[Claims]:
        """What is said of it in claims."""
        asked = given(model=self.iri, kind=classes(kinds), current=not history)
        return part_of(self.loader, "claims", asked, "Claim", paging)


@told(terms.Site)
class Site(Node):
    """`ew:Site`."""

    @strawberry.field
    def boundary(self) -> Boundary | None:
        """What is told of it where it is not disclosed to you; null where it is."""
        return boundary(self.loader, self.iri)

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def kind(self) -> SiteKind | None:
        """What it is; the first where it is several."""
        return next(iter(of_types(SiteKind, self.loader.types(self.iri))), None)

    @strawberry.field
    def kinds(self) -> list[SiteKind]:
        """All that it is."""
        return of_types(SiteKind, self.loader.types(self.iri))

    @strawberry.field
    def country(self) -> Concept | None:
        """The country it lies in."""
        return country(self.loader, self.iri)

    @strawberry.field
    def address(self) -> Address | None:
        """Where it is, as finely as is known."""
        return next(iter(addresses(self.loader, self.iri)), None)

    @strawberry.field
    def addresses(self) -> list[Address]:
        """All addresses that were given for it, the finest first."""
        return addresses(self.loader, self.iri)

    @strawberry.field
    def location(self) -> Point | None:
        """Where it lies on the map, where that was said; the first of several points."""
        return location(self.loader, self.iri)

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        return identifiers(self.loader, self.iri)

    @strawberry.field
    @paged
    def findings(
        self,
        paging: Paging,
        status: list[BreachStatus] | None = UNSET,
        order_by: TimeOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Findings]:
        """What was found there, as was known at the instants of the answer; none is not that it complies."""
        asked = given(site=self.iri, status=classes(status), current=True)
        return part_of(self.loader, "findings", asked, "Finding", paging, order_by, direction)

    @strawberry.field
    @paged
    def claims(
        self, paging: Paging, kinds: list[ClaimKind] | None = UNSET, history: bool = False
    ) -> Connection[Claims]:
        """What is said of it in claims."""
        asked = given(site=self.iri, kind=classes(kinds), current=not history)
        return part_of(self.loader, "claims", asked, "Claim", paging)

    @strawberry.field
    @paged
    def records(self, paging: Paging, kinds: list[RecordKind] | None = UNSET) -> Connection[Records]:
        """The records that name it, as was known at the instants of the answer."""
        return part_of(self.loader, "records", given(about=self.iri, kind=classes(kinds)), "Record", paging)

    @strawberry.field
    def observed(self, topic: strawberry.ID) -> list[Observation]:
        """What was observed there on a topic of the code list observation-topic; unknown where nobody looked."""
        return observations(self.loader, self.iri, iri(topic))

    @strawberry.field
    def contracts_touching(
        self,
        min_scope: Scope | None = UNSET,
        min_basis: EvidenceBasis | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> Annotated[TouchConnection, strawberry.lazy("ewgraph.api.graphql.touches")]:
        """The contracts whose supply chain reaches it, at the instants of the answer that holds it."""
        from ewgraph.api.graphql.touches import contracts_connection

        return contracts_connection(self.loader, self.iri, min_scope, min_basis, first, after)

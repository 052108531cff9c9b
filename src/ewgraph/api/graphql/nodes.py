"""The entities: organizations, product models, contracts and sites."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.enums import SiteKind, of_types
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.values import (
    Address,
    Concept,
    Identifier,
    Node,
    addresses,
    concept,
    concepts,
    country,
    identifiers,
)
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.rdf import IRI

if TYPE_CHECKING:
    from ewgraph.api.graphql.touches import TouchConnection


@strawberry.type
class Boundary(Node):
    """What stands for a site or organization that is not disclosed to you: it tells its kind, perhaps its country."""

    @strawberry.field
    def reference(self) -> str | None:
        """By which you recognise it: the same hidden thing has the same reference, as far as you are told of it."""
        return self.loader.text(self.iri, terms.boundaryHash)

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


@strawberry.type
class Organization(Node):
    """A legal person: a buyer, reseller, brand, operator, union or monitoring partner."""

    @strawberry.field
    def boundary(self) -> Boundary | None:
        """What is told of it where it is not disclosed to you; null where it is."""
        return boundary(self.loader, self.iri)

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def legal_name(self) -> str | None:
        """The name under which it is registered."""
        return self.loader.text(self.iri, terms.ROV.legalName)

    @strawberry.field
    def country(self) -> Concept | None:
        """Where it is seated."""
        return country(self.loader, self.iri)

    @strawberry.field
    def address(self) -> Address | None:
        """Where it is reached, as finely as is known."""
        return next(iter(addresses(self.loader, self.iri)), None)

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        return identifiers(self.loader, self.iri)


@strawberry.type
class ProductModel(Node):
    """A model of a product, as its brand sells it."""

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def brand(self) -> Organization | None:
        """Whose name it is sold under."""
        found = self.loader.one(self.iri, terms.brand)
        return None if found is None else Organization.of(self.loader, found)

    @strawberry.field
    def category(self) -> Concept | None:
        """What kind of product it is, in the Common Procurement Vocabulary."""
        return concept(self.loader, self.iri, terms.category)

    @strawberry.field
    def model_number(self) -> str | None:
        """The brand's own number for it."""
        return self.loader.text(self.iri, terms.modelNumber)

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        return identifiers(self.loader, self.iri)


@strawberry.type
class ContractLine(Node):
    """What a contract buys, in one line."""

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def model(self) -> ProductModel | None:
        """The product model; the first where the line names several."""
        found = self.loader.one(self.iri, terms.model)
        return None if found is None else ProductModel.of(self.loader, found)

    @strawberry.field
    def models(self) -> list[ProductModel]:
        """All product models that the line names."""
        return [ProductModel.of(self.loader, found) for found in self.loader.nodes(self.iri, terms.model)]

    @strawberry.field
    def category(self) -> Concept | None:
        """The product category; the first where the line names several."""
        return concept(self.loader, self.iri, terms.category)

    @strawberry.field
    def categories(self) -> list[Concept]:
        """All product categories that the line names."""
        return concepts(self.loader, self.iri, terms.category)

    @strawberry.field
    def quantity(self) -> float | None:
        """How many are bought."""
        return self.loader.number(self.iri, terms.quantity)


@strawberry.type
class Contract(Node):
    """An agreement by which buyers acquire goods or services from contractors."""

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def buyers(self) -> list[Organization]:
        """Who buys."""
        return [Organization.of(self.loader, found) for found in self.loader.nodes(self.iri, terms.buyer)]

    @strawberry.field
    def contractors(self) -> list[Organization]:
        """Who sells and owes the disclosures."""
        return [Organization.of(self.loader, found) for found in self.loader.nodes(self.iri, terms.contractor)]

    @strawberry.field
    def signed_on(self) -> dt.date | None:
        """The day on which it was signed."""
        return self.loader.date(self.iri, terms.signedOn)

    @strawberry.field
    def ends_on(self) -> dt.date | None:
        """The day on which it ends."""
        return self.loader.date(self.iri, terms.endsOn)

    @strawberry.field
    def ocid(self) -> str | None:
        """Its Open Contracting identifier."""
        return self.loader.text(self.iri, terms.ocid)

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        return identifiers(self.loader, self.iri)

    @strawberry.field
    def lines(self) -> list[ContractLine]:
        """What it buys."""
        return [ContractLine.of(self.loader, found) for found in self.loader.nodes(self.iri, terms.hasLine)]

    @strawberry.field
    def covers(self) -> list[ProductModel]:
        """The product models of its lines, as was known at the instants of the answer."""
        return [ProductModel.of(self.loader, found) for found in self.loader.covered(self.iri)]

    @strawberry.field
    def sites_touched(
        self,
        kinds: list[SiteKind] | None = UNSET,
        min_scope: Scope | None = UNSET,
        first: int | None = 50,
        after: str | None = UNSET,
    ) -> Annotated[TouchConnection, strawberry.lazy("ewgraph.api.graphql.touches")]:
        """The sites that its supply chain reaches, at the instants of the answer that holds it."""
        from ewgraph.api.graphql.touches import sites_connection

        return sites_connection(self.loader, self.iri, kinds, min_scope, first, after)


@strawberry.type
class Site(Node):
    """A place where goods are made, treated, extracted or kept, or where their makers live."""

    @strawberry.field
    def boundary(self) -> Boundary | None:
        """What is told of it where it is not disclosed to you; null where it is."""
        return boundary(self.loader, self.iri)

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def native_name(self) -> str | None:
        """What it is called in the language of the place."""
        return self.loader.text(self.iri, terms.nativeName)

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
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        return identifiers(self.loader, self.iri)

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

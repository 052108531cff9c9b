"""What every type of the schema builds on: the Node interface, concepts, identifiers, addresses, places in a source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Self, TypeAlias

import strawberry

import ewgraph.api.graphql.enums  # noqa: F401  # the code lists are described before a type uses one
from ewgraph.api.graphql.clerk import Clerk
from ewgraph.api.graphql.loader import Loader
from ewgraph.model import terms
from ewgraph.model.codes import AddressPrecision
from ewgraph.model.rdf import IRI

if TYPE_CHECKING:
    from ewgraph.api.graphql.live import Live

_WKT: Final = re.compile(r"POINT ?\((?P<longitude>-?[0-9.]+) (?P<latitude>-?[0-9.]+)\)")
_LETTERS: Final = re.compile(r"[A-Za-z]{1,3}")


@dataclass(slots=True)
class Context:
    """What the resolvers of one request share.

    Attributes:
        loader: what they read with.
        operation_name: which operation of the document the caller asked for.
        clerk: takes in what they hand in; None where nobody does.
        live: what a subscription listens with; None where the request is no subscription.
    """

    loader: Loader
    operation_name: str | None = None
    clerk: Clerk | None = None
    live: Live | None = None


Info: TypeAlias = strawberry.Info[Context, None]
Named: TypeAlias = Annotated[strawberry.ID, strawberry.argument(name="id")]


@strawberry.interface
class Node:
    """Anything that has an IRI, which is its id."""

    loader: strawberry.Private[Loader]
    iri: strawberry.Private[IRI]

    @classmethod
    def of(cls, loader: Loader, iri: IRI) -> Self:
        """The thing of that IRI, as the loader reads it."""
        return cls(loader=loader, iri=iri)

    @strawberry.field
    def id(self) -> strawberry.ID:
        """Its IRI."""
        return strawberry.ID(self.iri.value)


@strawberry.type
class Concept(Node):
    """An entry of a code list, such as a country or a product category."""

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def notation(self) -> str | None:
        """Its code, such as the ISO code of a country."""
        return self.loader.text(self.iri, terms.SKOS.notation)

    @strawberry.field
    def alternative_labels(self) -> list[str]:
        """What it is called besides, in any language."""
        return self.loader.texts(self.iri, terms.SKOS.altLabel)

    @strawberry.field
    def definition(self) -> str | None:
        """What it means."""
        return self.loader.text(self.iri, terms.SKOS.definition)

    @strawberry.field
    def scheme(self) -> strawberry.ID | None:
        """The IRI of its code list."""
        found = self.loader.one(self.iri, terms.SKOS.inScheme)
        return None if found is None else strawberry.ID(found.value)

    @strawberry.field
    def rank(self) -> int | None:
        """Its place in an ordered code list; larger is later, stricter or stronger, as the list says."""
        return self.loader.integer(self.iri, terms.rank)

    @strawberry.field
    def broader(self) -> list[Concept]:
        """The wider entries that it belongs to."""
        return [Concept.of(self.loader, one) for one in self.loader.nodes(self.iri, terms.SKOS.broader)]

    @strawberry.field
    def narrower(self) -> list[Concept]:
        """The narrower entries that belong to it."""
        return [Concept.of(self.loader, one) for one in self.loader.subjects(terms.SKOS.broader, self.iri)]

    @strawberry.field
    def exact_matches(self) -> list[strawberry.ID]:
        """Entries of other lists that mean the same."""
        return [strawberry.ID(one.value) for one in self.loader.nodes(self.iri, terms.SKOS.exactMatch)]


@strawberry.type
class Thing(Node):
    """Anything that has no type of its own here, in this version of the schema."""

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def classes(self) -> list[strawberry.ID]:
        """The IRIs of its classes."""
        return [strawberry.ID(kind.value) for kind in self.loader.nodes(self.iri, terms.RDF.type)]


@strawberry.type
class Identifier:
    """What a scheme of identifiers calls a thing."""

    scheme: str
    notation: str


@strawberry.type
class Address:
    """Where a site or organisation is, as far as it was said."""

    full_address: str | None
    thoroughfare: str | None
    locality: str | None
    province: str | None
    post_code: str | None
    country: Concept | None
    precision: AddressPrecision | None


@strawberry.type
class Point:
    """A point on the map, in degrees of WGS 84."""

    latitude: float
    longitude: float


@strawberry.type
class SourceLocation:
    """Where in a source document a claim stands."""

    document: str | None
    sha256: str | None
    sheet: str | None
    row: int | None
    column: str | None
    page: str | None
    cell: str | None


def concept(loader: Loader, node: IRI, predicate: IRI) -> Concept | None:
    """The concept that a property gives."""
    found = loader.one(node, predicate)
    return None if found is None else Concept.of(loader, found)


def concepts(loader: Loader, node: IRI, predicate: IRI) -> list[Concept]:
    """The concepts that a property gives."""
    return [Concept.of(loader, found) for found in loader.nodes(node, predicate)]


def identifiers(loader: Loader, node: IRI) -> list[Identifier]:
    """The identifiers of a thing, sorted by scheme; none of which a part is missing."""
    found = set()
    for identifier in loader.nodes(node, terms.ADMS.identifier):
        scheme = loader.text(identifier, terms.ADMS.schemaAgency)
        notation = loader.text(identifier, terms.SKOS.notation)
        if scheme and notation:
            found.add((scheme, notation))
    return [Identifier(scheme=scheme, notation=notation) for scheme, notation in sorted(found)]


def addresses(loader: Loader, node: IRI) -> list[Address]:
    """The addresses of a thing, the finest first."""
    found = [_address(loader, address) for address in loader.nodes(node, terms.LOCN.address)]
    return sorted(found, key=lambda one: (one.precision.rank or 0) if one.precision else 0)


def _address(loader: Loader, address: IRI) -> Address:
    return Address(
        full_address=loader.text(address, terms.LOCN.fullAddress),
        thoroughfare=loader.text(address, terms.LOCN.thoroughfare),
        locality=loader.text(address, terms.LOCN.postName),
        province=loader.text(address, terms.LOCN.adminUnitL2),
        post_code=loader.text(address, terms.LOCN.postCode),
        country=concept(loader, address, terms.country),
        precision=loader.code(address, terms.addressPrecision, AddressPrecision),
    )


def location(loader: Loader, node: IRI) -> Point | None:
    """Where a thing lies on the map; the first of several points."""
    for geometry in loader.nodes(node, terms.GEO.hasGeometry):
        if found := _WKT.fullmatch(loader.text(geometry, terms.GEO.asWKT) or ""):
            return Point(latitude=float(found["latitude"]), longitude=float(found["longitude"]))
    return None


def country(loader: Loader, node: IRI) -> Concept | None:
    """The country of a thing: its own, or else its address's."""
    own = concept(loader, node, terms.country)
    return own or next((one.country for one in addresses(loader, node) if one.country), None)


def source_location(loader: Loader, claim: IRI, record: IRI | None) -> SourceLocation | None:
    """Where a claim stands in the source of its record; None where nothing is known of it."""
    document = loader.text(record, terms.sourceDocument) if record else None
    sha256 = loader.text(record, terms.sha256) if record else None
    row, column = loader.integer(claim, terms.sourceRow), loader.text(claim, terms.sourceColumn)
    sheet, page = loader.text(claim, terms.sourceSheet), loader.text(claim, terms.sourcePage)
    if document is None and sha256 is None and row is None and column is None and sheet is None and page is None:
        return None
    first = column.partition(",")[0].strip() if column else ""
    cell = f"{first.upper()}{row}" if row and _LETTERS.fullmatch(first) else None
    return SourceLocation(document=document, sha256=sha256, sheet=sheet, row=row, column=column, page=page, cell=cell)

"""Records, and the claims that are asserted in them."""

from __future__ import annotations

import datetime as dt
from typing import Final

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.enums import ClaimKind, RecordKind, of_types
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.nodes import Contract, Organization, ProductModel, Site
from ewgraph.api.graphql.paging import PageInfo, page
from ewgraph.api.graphql.values import Concept, Node, SourceLocation, concept, concepts, source_location
from ewgraph.errors import NotFoundError
from ewgraph.model import terms
from ewgraph.model.codes import (
    AffectedGroup,
    Band,
    BreachStatus,
    Confidence,
    EvidenceBasis,
    FindingType,
    Linkage,
    Scope,
    Tier,
    Visibility,
)
from ewgraph.model.rdf import IRI
from ewgraph.trace.reasons import How


@strawberry.type
class Why:
    """Why you see something: told from what you may see alone."""

    how: How = strawberry.field(description="By what.")
    text: str = strawberry.field(description="The same as a sentence.")
    meant_for: Visibility | None = strawberry.field(description="Whom its author meant it for.")
    contracts: list[Contract] = strawberry.field(description="The contracts of your organisation by which you see it.")
    releases: list[Record] = strawberry.field(description="The records that opened it to more readers since.")


def _why(loader: Loader, node: IRI) -> Why | None:
    found = loader.why(node)
    if found is None:
        return None
    return Why(
        how=found.how,
        text=f"You see this, because {found.how.value}.",
        meant_for=found.level,
        contracts=[Contract.of(loader, one) for one in found.contracts],
        releases=[Record.of(loader, one) for one in found.releases],
    )


@strawberry.type
class Record(Node):
    """What somebody handed in at one time: a disclosure, a list, a report, a notice."""

    @strawberry.field
    def kind(self) -> RecordKind:
        """What kind of record it is."""
        return next(iter(of_types(RecordKind, self.loader.types(self.iri))), RecordKind.RECORD)

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri) or self.loader.text(self.iri, terms.DCT.title)

    @strawberry.field
    def attributed_to(self) -> list[Organization]:
        """On whose word it stands."""
        return [Organization.of(self.loader, one) for one in self.loader.nodes(self.iri, terms.PROV.wasAttributedTo)]

    @strawberry.field
    def received_at(self) -> dt.datetime | None:
        """When it was received: from then on it is known."""
        return self.loader.instant(self.iri, terms.receivedAt)

    @strawberry.field
    def recorded_at(self) -> dt.datetime | None:
        """When this service took it in."""
        return self.loader.instant(self.iri, terms.recordedAt)

    @strawberry.field
    def visibility(self) -> Visibility | None:
        """Whom it is meant for."""
        return self.loader.code(self.iri, terms.visibility, Visibility)

    @strawberry.field
    def source_document(self) -> str | None:
        """The document it was read from."""
        return self.loader.text(self.iri, terms.sourceDocument)

    @strawberry.field
    def revises(self) -> list[Record]:
        """The records that it takes the place of."""
        return [Record.of(self.loader, one) for one in self.loader.nodes(self.iri, terms.PROV.wasRevisionOf)]

    @strawberry.field
    def why(self) -> Why | None:
        """Why you see it."""
        return _why(self.loader, self.iri)

    @strawberry.field
    def revised_by(self) -> list[Record]:
        """The records that take its place."""
        return [Record.of(self.loader, one) for one in self.loader.subjects(terms.PROV.wasRevisionOf, self.iri)]

    @strawberry.field
    def claims(self, first: int | None = 50, after: str | None = UNSET) -> ClaimConnection:
        """What it asserts, by IRI; also what was retracted since."""
        asserted = self.loader.subjects(terms.assertedIn, self.iri)
        found = [one for one in asserted if self.loader.is_a(one, terms.Claim)]
        part = page(found, lambda one: (one.value,), "s", first, after)
        edges = [ClaimEdge(cursor=mark, node=claim_of(self.loader, one)) for mark, one in part.items]
        return ClaimConnection(edges=edges, page_info=part.info, total_count=part.total)


@strawberry.interface
class Claim(Node):
    """One assertion of one record. It is what somebody said, not what is so."""

    @strawberry.field
    def kind(self) -> ClaimKind:
        """What kind of assertion it is."""
        return next(iter(of_types(ClaimKind, self.loader.types(self.iri))), ClaimKind.CLAIM)

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def record(self) -> Record:
        """The record that asserts it."""
        found = self.loader.one(self.iri, terms.assertedIn)
        if found is None:
            raise NotFoundError(f"{self.iri.value!r} is asserted in no record")
        return Record.of(self.loader, found)

    @strawberry.field
    def valid_from(self) -> dt.date | None:
        """The first day for which it holds; none where that was not said."""
        return self.loader.date(self.iri, terms.validFrom)

    @strawberry.field
    def valid_to(self) -> dt.date | None:
        """The first day for which it holds no longer; none where that was not said."""
        return self.loader.date(self.iri, terms.validTo)

    @strawberry.field
    def observed_on(self) -> dt.date | None:
        """The day on which it was observed."""
        return self.loader.date(self.iri, terms.observedOn)

    @strawberry.field
    def basis(self) -> EvidenceBasis | None:
        """What kind of evidence it rests on."""
        return self.loader.code(self.iri, terms.evidenceBasis, EvidenceBasis)

    @strawberry.field
    def confidence(self) -> Confidence | None:
        """How sure its author is."""
        return self.loader.code(self.iri, terms.confidence, Confidence)

    @strawberry.field
    def scope(self) -> Scope | None:
        """For which scope it is said."""
        return self.loader.code(self.iri, terms.scope, Scope)

    @strawberry.field
    def scope_contract(self) -> Contract | None:
        """The contract for which it is said."""
        found = self.loader.one(self.iri, terms.scopeContract)
        return None if found is None else Contract.of(self.loader, found)

    @strawberry.field
    def tier(self) -> Tier | None:
        """The stage of production that it speaks of."""
        return self.loader.code(self.iri, terms.tier, Tier)

    @strawberry.field
    def source(self) -> SourceLocation | None:
        """Where it stands in the source."""
        return source_location(self.loader, self.iri, self.loader.one(self.iri, terms.assertedIn))

    @strawberry.field
    def retracted_by(self) -> list[Record]:
        """The records that take it back."""
        return [Record.of(self.loader, one) for one in self.loader.subjects(terms.retracts, self.iri)]

    @strawberry.field
    def why(self) -> Why | None:
        """Why you see it."""
        return _why(self.loader, self.iri)

    @strawberry.field
    def replies(self) -> list[Record]:
        """The replies of those whom it concerns."""
        return [Record.of(self.loader, one) for one in self.loader.subjects(terms.repliesTo, self.iri)]


@strawberry.type
class ClaimEdge:
    """A claim in a list of claims."""

    cursor: str
    node: Claim


@strawberry.type
class ClaimConnection:
    """A part of a list of claims."""

    edges: list[ClaimEdge]
    page_info: PageInfo
    total_count: int


@strawberry.type
class SupplyClaim(Claim):
    """That something is made at a site."""

    @strawberry.field
    def site(self) -> Site | None:
        """Where it is made."""
        return _site(self.loader, self.iri, terms.site)

    @strawberry.field
    def output(self) -> Node | None:
        """What is made: a product model, or a kind of component or mineral."""
        found = self.loader.one(self.iri, terms.output)
        if found is None:
            return None
        is_concept = self.loader.is_a(found, terms.SKOS.Concept)
        return Concept.of(self.loader, found) if is_concept else ProductModel.of(self.loader, found)

    @strawberry.field
    def for_brand(self) -> Organization | None:
        """The brand whose products are made, where no model was named."""
        found = self.loader.one(self.iri, terms.forBrand)
        return None if found is None else Organization.of(self.loader, found)

    @strawberry.field
    def into_models(self) -> list[ProductModel]:
        """The product models that the component goes into."""
        return [ProductModel.of(self.loader, one) for one in self.loader.nodes(self.iri, terms.intoModel)]

    @strawberry.field
    def delivered_to(self) -> list[Site]:
        """The sites that it is delivered to."""
        return [Site.of(self.loader, one) for one in self.loader.nodes(self.iri, terms.deliveredTo)]


@strawberry.type
class SmelterListingClaim(Claim):
    """That a declarant names a smelter for a mineral."""

    @strawberry.field
    def declarant(self) -> Organization | None:
        """Who names it."""
        found = self.loader.one(self.iri, terms.declarant)
        return None if found is None else Organization.of(self.loader, found)

    @strawberry.field
    def mineral(self) -> Concept | None:
        """What it treats."""
        return concept(self.loader, self.iri, terms.mineral)

    @strawberry.field
    def smelter(self) -> Site | None:
        """The smelter."""
        return _site(self.loader, self.iri, terms.smelter)

    @strawberry.field
    def into_models(self) -> list[ProductModel]:
        """The product models that the mineral goes into, where any were named."""
        return [ProductModel.of(self.loader, one) for one in self.loader.nodes(self.iri, terms.intoModel)]


@strawberry.type
class SourcingClaim(Claim):
    """That a smelter takes a mineral from a mine, a country or scrap."""

    @strawberry.field
    def smelter(self) -> Site | None:
        """The smelter."""
        return _site(self.loader, self.iri, terms.smelter)

    @strawberry.field
    def mineral(self) -> Concept | None:
        """What it takes."""
        return concept(self.loader, self.iri, terms.mineral)

    @strawberry.field
    def mine(self) -> Site | None:
        """The mine."""
        return _site(self.loader, self.iri, terms.mine)

    @strawberry.field
    def origin_country(self) -> Concept | None:
        """The country that it comes from."""
        return concept(self.loader, self.iri, terms.originCountry)

    @strawberry.field
    def recycled_share(self) -> float | None:
        """How much of it is scrap, from 0 to 1."""
        return self.loader.number(self.iri, terms.recycledShare)


@strawberry.type
class Finding(Claim):
    """That a provision was breached at a site, as its author says; its status tells how far that is established."""

    @strawberry.field
    def site(self) -> Site | None:
        """Where."""
        return _site(self.loader, self.iri, terms.site)

    @strawberry.field
    def provisions(self) -> list[Concept]:
        """What was breached."""
        return concepts(self.loader, self.iri, terms.provision)

    @strawberry.field
    def finding_types(self) -> list[FindingType]:
        """What happened, by kind."""
        return self.loader.codes(self.iri, terms.findingType, FindingType)

    @strawberry.field
    def breach_status(self) -> BreachStatus | None:
        """How far it is established or settled."""
        return self.loader.code(self.iri, terms.breachStatus, BreachStatus)

    @strawberry.field
    def severities(self) -> list[Concept]:
        """How severe its author holds it to be, by the scales that the author used."""
        return concepts(self.loader, self.iri, terms.severity)

    @strawberry.field
    def affected_band(self) -> Band | None:
        """How many are affected, as a size class."""
        return self.loader.code(self.iri, terms.affectedBand, Band)

    @strawberry.field
    def affected_groups(self) -> list[AffectedGroup]:
        """Which groups are affected more than others."""
        return self.loader.codes(self.iri, terms.affectedGroup, AffectedGroup)

    @strawberry.field
    def linkage(self) -> Linkage | None:
        """How the company is related to the harm."""
        return self.loader.code(self.iri, terms.linkage, Linkage)

    @strawberry.field
    def closed_on(self) -> dt.date | None:
        """The day on which it was closed."""
        return self.loader.date(self.iri, terms.closedOn)


@strawberry.type
class OtherClaim(Claim):
    """A claim of any other kind."""

    @strawberry.field
    def site(self) -> Site | None:
        """The site that it is about."""
        return _site(self.loader, self.iri, terms.site)


_CLASSES: Final[dict[IRI, type[Claim]]] = {
    terms.SupplyClaim: SupplyClaim,
    terms.SmelterListingClaim: SmelterListingClaim,
    terms.SourcingClaim: SourcingClaim,
    terms.Finding: Finding,
}


def claim_of(loader: Loader, claim: IRI) -> Claim:
    """The claim as the type of its class."""
    types = loader.types(claim)
    return next((make for kind, make in _CLASSES.items() if kind in types), OtherClaim).of(loader, claim)


def _site(loader: Loader, claim: IRI, predicate: IRI) -> Site | None:
    found = loader.one(claim, predicate)
    return None if found is None else Site.of(loader, found)

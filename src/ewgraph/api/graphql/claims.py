"""Records, and the claims that are asserted in them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.contracts import Activities, Contract
from ewgraph.api.graphql.enums import ClaimKind, RecordKind, of_types
from ewgraph.api.graphql.listed import Connection, Paging, classes, given, paged, part_of
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.nodes import Claims, ProductModel, Site
from ewgraph.api.graphql.observed import ObservedValue, observed_value
from ewgraph.api.graphql.told import told
from ewgraph.api.graphql.values import Concept, Node, SourceLocation, source_location
from ewgraph.errors import NotFoundError
from ewgraph.model import terms
from ewgraph.model.codes import Scope, Tier, Visibility
from ewgraph.model.rdf import IRI
from ewgraph.trace.reasons import How

if TYPE_CHECKING:
    from ewgraph.api.graphql.activities import Remedy

Remedies: TypeAlias = Annotated["Remedy", strawberry.lazy("ewgraph.api.graphql.activities")]


@strawberry.type
class Why:
    """Why you see something: told from what you may see alone."""

    how: How = strawberry.field(description="By what.")
    text: str = strawberry.field(description="The same as a sentence.")
    meant_for: Visibility | None = strawberry.field(description="Whom its author meant it for.")
    contracts: list[Contract] = strawberry.field(description="The contracts of your organisation by which you see it.")
    releases: list[Record] = strawberry.field(description="The records that opened it to more readers since.")


def why_of(loader: Loader, node: IRI) -> Why | None:
    """Why the reader sees a record, claim or activity."""
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


@told(terms.Record)
class Record(Node):
    """`ew:Record`."""

    @strawberry.field
    def kind(self) -> RecordKind:
        """What kind of record it is."""
        return next(iter(of_types(RecordKind, self.loader.types(self.iri))), RecordKind.RECORD)

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri) or self.loader.text(self.iri, terms.DCT.title)

    @strawberry.field
    def recorded_at(self) -> dt.datetime | None:
        """When this service took it in."""
        return self.loader.instant(self.iri, terms.recordedAt)

    @strawberry.field
    def why(self) -> Why | None:
        """Why you see it."""
        return why_of(self.loader, self.iri)

    @strawberry.field
    def revised_by(self) -> list[Record]:
        """The records that take its place."""
        return [Record.of(self.loader, one) for one in self.loader.subjects(terms.PROV.wasRevisionOf, self.iri)]

    @strawberry.field
    @paged
    def claims(self, paging: Paging, kinds: list[ClaimKind] | None = UNSET) -> Connection[Claims]:
        """What it asserts; also what was retracted since."""
        return part_of(self.loader, "claims", {"in": [self.iri]} | given(kind=classes(kinds)), "Claim", paging)


@told(terms.Claim, is_interface=True)
class Claim(Node):
    """`ew:Claim`."""

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
        return why_of(self.loader, self.iri)

    @strawberry.field
    def replies(self) -> list[Record]:
        """The replies of those whom it concerns."""
        return [Record.of(self.loader, one) for one in self.loader.subjects(terms.repliesTo, self.iri)]


@told(terms.SupplyClaim)
class SupplyClaim(Claim):
    """`ew:SupplyClaim`."""

    @strawberry.field
    def output(self) -> Node | None:
        """What is made: a product model, or a kind of component or mineral."""
        found = self.loader.one(self.iri, terms.output)
        if found is None:
            return None
        is_concept = self.loader.is_a(found, terms.SKOS.Concept)
        return Concept.of(self.loader, found) if is_concept else ProductModel.of(self.loader, found)


@told(terms.SmelterListingClaim)
class SmelterListingClaim(Claim):
    """`ew:SmelterListingClaim`."""


@told(terms.SourcingClaim)
class SourcingClaim(Claim):
    """`ew:SourcingClaim`."""


@told(terms.OperationClaim)
class OperationClaim(Claim):
    """`ew:OperationClaim`."""


@told(terms.SiteAttributeClaim)
class SiteAttributeClaim(Claim):
    """`ew:SiteAttributeClaim`."""

    @strawberry.field
    def value(self) -> ObservedValue:
        """What it gives for its attribute; a blank is unknown, never no."""
        return observed_value(self.loader, self.iri)


@told(terms.ObservationClaim)
class ObservationClaim(Claim):
    """`ew:ObservationClaim`."""

    @strawberry.field
    def value(self) -> ObservedValue:
        """What was seen or said; a blank is unknown, never no."""
        return observed_value(self.loader, self.iri)


@told(terms.RecruitmentClaim)
class RecruitmentClaim(Claim):
    """`ew:RecruitmentClaim`."""


@told(terms.RepresentationClaim)
class RepresentationClaim(Claim):
    """`ew:RepresentationClaim`."""


@told(terms.WorkforceClaim)
class WorkforceClaim(Claim):
    """`ew:WorkforceClaim`."""


@told(terms.CertificationClaim)
class CertificationClaim(Claim):
    """`ew:CertificationClaim`."""


@told(terms.DispositionClaim)
class DispositionClaim(Claim):
    """`ew:DispositionClaim`."""


@told(terms.ChemicalClaim)
class ChemicalClaim(Claim):
    """`ew:ChemicalClaim`."""


@told(terms.CompletenessClaim)
class CompletenessClaim(Claim):
    """`ew:CompletenessClaim`."""


@told(terms.SameSiteClaim)
class SameSiteClaim(Claim):
    """`ew:SameSiteClaim`."""


@told(terms.SameOrgClaim)
class SameOrgClaim(Claim):
    """`ew:SameOrgClaim`."""


@told(terms.Finding)
class Finding(Claim):
    """`ew:Finding`."""

    @strawberry.field
    @paged
    def activities(self, paging: Paging) -> Connection[Activities]:
        """What was done about it, or is to be done, as was known at the instants of the answer."""
        return part_of(self.loader, "activities", given(finding=self.iri, current=True), "Activity", paging)

    @strawberry.field
    @paged
    def remedies(self, paging: Paging) -> Connection[Remedies]:
        """What makes good the harm, as was known at the instants of the answer."""
        asked = given(finding=self.iri, kind=terms.Remedy, current=True)
        return part_of(self.loader, "activities", asked, "Remedy", paging)


@told(terms.RiskCell)
class RiskCell(Claim):
    """`ew:RiskCell`."""


@told(terms.ListedGoods)
class ListedGoods(Claim):
    """`ew:ListedGoods`."""


@strawberry.type
class OtherClaim(Claim):
    """A claim of a kind that this schema does not know yet."""

    @strawberry.field
    def site(self) -> Site | None:
        """The site that it is about."""
        found = self.loader.one(self.iri, terms.site)
        return None if found is None else Site.of(self.loader, found)


def claim_of(loader: Loader, claim: IRI) -> Claim:
    """The claim as the type of its class."""
    from ewgraph.api.graphql.kinds import CLAIMS

    types = loader.types(claim)
    return next((make for kind, make in CLAIMS.items() if kind in types), OtherClaim).of(loader, claim)

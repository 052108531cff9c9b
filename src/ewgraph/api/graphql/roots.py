"""The lists at the root of the schema: what there is of each kind, filtered and sorted in the store."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from typing import Final

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.claims import Finding, Record
from ewgraph.api.graphql.contracts import Contract, Obligation, ObligationOrder
from ewgraph.api.graphql.enums import RecordKind, SiteKind
from ewgraph.api.graphql.instants import AsOfInput, as_of
from ewgraph.api.graphql.listed import (
    Connection,
    Direction,
    NameOrder,
    Paging,
    TimeOrder,
    classes,
    given,
    named,
    paged,
    part_of,
)
from ewgraph.api.graphql.nodes import Organization, ProductModel, Site
from ewgraph.api.graphql.owed import ObligationState
from ewgraph.api.graphql.values import Concept, Info
from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.codes import BreachStatus, FindingType
from ewgraph.model.rdf import Literal, Term, iri

_FARTHEST_KM: Final = 20_100.0
_STANDARDS: Final = iri(f"{terms.EWK}standard")


@strawberry.input
class NearInput:
    """A circle on the map, in degrees of WGS 84."""

    latitude: float = strawberry.field(description="From -90 to 90.")
    longitude: float = strawberry.field(description="From -180 to 180.")
    within_km: float = strawberry.field(description="Its radius in kilometres, more than 0 and at most 20,100.")

    def terms(self) -> dict[str, Sequence[Term]]:
        """The circle as parameters of a list.

        Raises:
            InputError: there is no such circle.
        """
        bounds = (
            ("latitude", self.latitude, -90.0, 90.0),
            ("longitude", self.longitude, -180.0, 180.0),
            ("withinKm", self.within_km, 0.001, _FARTHEST_KM),
        )
        for name, value, least, most in bounds:
            if not least <= value <= most:
                raise InputError(f"`near.{name}` has to be from {least:g} to {most:g}, not {value!r}.")
        metres = Literal(f"{self.within_km * 1000:.3f}", datatype=terms.XSD.decimal)
        return {"point": [Literal(f"POINT({self.longitude:.7f} {self.latitude:.7f})")], "metres": [metres]}


@strawberry.input
class PeriodInput:
    """A period, of which the last day no longer is a part; a bound that is left out is open."""

    from_: dt.date | None = strawberry.field(name="from", default=UNSET, description="Its first day.")
    to: dt.date | None = strawberry.field(default=UNSET, description="The first day after it.")

    def bounds(self) -> tuple[dt.date | None, dt.date | None]:
        """Its two bounds.

        Raises:
            InputError: it ends before it begins.
        """
        if self.from_ and self.to and self.from_ >= self.to:
            raise InputError(f"`period.to` is the first day after the period, and {self.to} is not after {self.from_}.")
        return self.from_, self.to


@strawberry.enum(description="By what contracts are sorted.")
class ContractOrder(enum.Enum):
    """By what contracts are sorted."""

    IRI = "iri"
    NAME = "name"
    SIGNED_ON = "signed-on"


@strawberry.enum(description="What an organization does, as far as you can see.")
class OrganizationRole(enum.Enum):
    """What an organization does, as far as you can see."""

    BUYER = "buys"
    CONTRACTOR = "sells"
    BRAND = "brands"
    OPERATOR = "operates"


@strawberry.type
class Lists:
    """What there is of each kind."""

    @strawberry.field
    @paged
    def sites(  # noqa: PLR0913  # the arguments of the GraphQL field
        self,
        info: Info,
        paging: Paging,
        *,
        country: strawberry.ID | None = UNSET,
        kind: list[SiteKind] | None = UNSET,
        commodity: strawberry.ID | None = UNSET,
        text: str | None = UNSET,
        near: NearInput | None = UNSET,
        at: AsOfInput | None = UNSET,
        order_by: NameOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Site]:
        """The sites: in a country, of a kind, of a mineral, by a part of a name or identifier, near a point."""
        asked = given(country=named(country), kind=classes(kind), commodity=named(commodity), text=text or None)
        circle = near.terms() if near else {}
        return part_of(as_of(info, at), "sites", asked | circle, "Site", paging, order_by, direction)

    @strawberry.field
    @paged
    def contracts(  # noqa: PLR0913  # the arguments of the GraphQL field
        self,
        info: Info,
        paging: Paging,
        *,
        buyer: strawberry.ID | None = UNSET,
        contractor: strawberry.ID | None = UNSET,
        category: strawberry.ID | None = UNSET,
        model: strawberry.ID | None = UNSET,
        period: PeriodInput | None = UNSET,
        text: str | None = UNSET,
        at: AsOfInput | None = UNSET,
        order_by: ContractOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Contract]:
        """The contracts: of a buyer or contractor, of a category or a narrower one, that run in a period."""
        since, until = period.bounds() if period else (None, None)
        asked = given(
            buyer=named(buyer),
            contractor=named(contractor),
            category=named(category),
            model=named(model),
            text=text or None,
            from_=since,
            to=until,
        )
        return part_of(as_of(info, at), "contracts", asked, "Contract", paging, order_by, direction)

    @strawberry.field
    @paged
    def findings(  # noqa: PLR0913  # the arguments of the GraphQL field
        self,
        info: Info,
        paging: Paging,
        *,
        site: strawberry.ID | None = UNSET,
        provision: list[strawberry.ID] | None = UNSET,
        finding_type: list[FindingType] | None = UNSET,
        severity: list[strawberry.ID] | None = UNSET,
        status: list[BreachStatus] | None = UNSET,
        by: strawberry.ID | None = UNSET,
        since: dt.datetime | None = UNSET,
        history: bool = False,
        at: AsOfInput | None = UNSET,
        order_by: TimeOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Finding]:
        """The findings: at a site, of a provision, severity or status, received since an instant.

        The status is the author's. With `history` also those that were revised or retracted since.
        """
        asked = given(
            site=named(site),
            provision=_several(provision),
            type=classes(finding_type),
            severity=_several(severity),
            status=classes(status),
            by=named(by),
            since=since,
            current=not history,
        )
        return part_of(as_of(info, at), "findings", asked, "Finding", paging, order_by, direction)

    @strawberry.field
    @paged
    def organizations(  # noqa: PLR0913  # the arguments of the GraphQL field
        self,
        info: Info,
        paging: Paging,
        *,
        country: strawberry.ID | None = UNSET,
        role: OrganizationRole | None = UNSET,
        text: str | None = UNSET,
        at: AsOfInput | None = UNSET,
        order_by: NameOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Organization]:
        """The organizations: seated in a country, in a role, by a part of a name or identifier."""
        asked = given(country=named(country), text=text or None, **({role.value: True} if role else {}))
        return part_of(as_of(info, at), "organizations", asked, "Organization", paging, order_by, direction)

    @strawberry.field
    @paged
    def models(  # noqa: PLR0913  # the arguments of the GraphQL field
        self,
        info: Info,
        paging: Paging,
        *,
        brand: strawberry.ID | None = UNSET,
        category: strawberry.ID | None = UNSET,
        text: str | None = UNSET,
        at: AsOfInput | None = UNSET,
        order_by: NameOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[ProductModel]:
        """The product models: of a brand, of a category or a narrower one, by a part of a name or number."""
        asked = given(brand=named(brand), category=named(category), text=text or None)
        return part_of(as_of(info, at), "product-models", asked, "ProductModel", paging, order_by, direction)

    @strawberry.field
    @paged
    def records(  # noqa: PLR0913  # the arguments of the GraphQL field
        self,
        info: Info,
        paging: Paging,
        *,
        kind: list[RecordKind] | None = UNSET,
        by: strawberry.ID | None = UNSET,
        about: strawberry.ID | None = UNSET,
        since: dt.datetime | None = UNSET,
        until: dt.datetime | None = UNSET,
        history: bool = True,
        at: AsOfInput | None = UNSET,
        order_by: TimeOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Record]:
        """The records: of a kind, on somebody's word, about a thing, received since an instant and before another.

        Without `history` those are left out that another record took the place of.
        """
        asked = given(
            kind=classes(kind),
            by=named(by),
            about=named(about),
            since=since,
            until=until,
            current=not history,
        )
        return part_of(as_of(info, at), "records", asked, "Record", paging, order_by, direction)

    @strawberry.field
    @paged
    def obligations(  # noqa: PLR0913  # the arguments of the GraphQL field
        self,
        info: Info,
        paging: Paging,
        *,
        contract: strawberry.ID | None = UNSET,
        contractor: strawberry.ID | None = UNSET,
        obligation_type: strawberry.ID | None = UNSET,
        status: ObligationState | None = UNSET,
        due_before: dt.date | None = UNSET,
        at: AsOfInput | None = UNSET,
        order_by: ObligationOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Obligation]:
        """The obligations: under a contract, of a contractor, to an outcome, in a state, due before a day."""
        asked = given(
            contract=named(contract),
            contractor=named(contractor),
            type=named(obligation_type),
            dueBefore=due_before,
            **({status.value: True} if status else {}),
        )
        return part_of(as_of(info, at), "obligations", asked, "Obligation", paging, order_by, direction)

    @strawberry.field
    @paged
    def concepts(  # noqa: PLR0913  # the arguments of the GraphQL field
        self,
        info: Info,
        paging: Paging,
        *,
        scheme: strawberry.ID | None = UNSET,
        broader: strawberry.ID | None = UNSET,
        text: str | None = UNSET,
        at: AsOfInput | None = UNSET,
        order_by: NameOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Concept]:
        """The entries of code lists: of one list, below an entry, by a part of a label or code."""
        asked = given(scheme=named(scheme), broader=named(broader), text=text or None)
        return part_of(as_of(info, at), "concepts", asked, "Concept", paging, order_by, direction)

    @strawberry.field
    @paged
    def standards(self, info: Info, paging: Paging, *, at: AsOfInput | None = UNSET) -> Connection[Concept]:
        """The codes, conventions and norms that findings and certificates refer to."""
        return part_of(as_of(info, at), "concepts", given(scheme=_STANDARDS), "Concept", paging)

    @strawberry.field
    @paged
    def provisions(
        self,
        info: Info,
        paging: Paging,
        *,
        scheme: strawberry.ID | None = UNSET,
        text: str | None = UNSET,
        at: AsOfInput | None = UNSET,
    ) -> Connection[Concept]:
        """The requirements that a finding may cite: of one version of a standard, by a part of a label or code."""
        asked = given(scheme=named(scheme), text=text or None, class_=terms.Provision)
        return part_of(as_of(info, at), "concepts", asked, "Concept", paging)


def _several(ids: list[strawberry.ID] | None) -> Sequence[Term] | None:
    return (named(*ids) or []) if isinstance(ids, list) else None

"""Contracts, what they buy, and what is owed under them."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.enums import ClaimKind, RecordKind, SiteKind
from ewgraph.api.graphql.listed import Connection, Direction, Paging, classes, given, paged, part_of
from ewgraph.api.graphql.nodes import Claims, ProductModel, Records
from ewgraph.api.graphql.owed import ObligationState, state_of
from ewgraph.api.graphql.told import told
from ewgraph.api.graphql.values import Concept, Identifier, Node, concept, identifiers
from ewgraph.model import terms
from ewgraph.model.codes import Scope

if TYPE_CHECKING:
    from ewgraph.api.graphql.activities import Activity
    from ewgraph.api.graphql.touches import TouchConnection

Obligations: TypeAlias = Annotated["Obligation", strawberry.lazy("ewgraph.api.graphql.contracts")]
Activities: TypeAlias = Annotated["Activity", strawberry.lazy("ewgraph.api.graphql.activities")]


@strawberry.enum(description="By what obligations are sorted.")
class ObligationOrder(enum.Enum):
    """By what obligations are sorted."""

    IRI = "iri"
    DUE_ON = "due-on"


@told(terms.ContractLine)
class ContractLine(Node):
    """`ew:ContractLine`."""

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
    def category(self) -> Concept | None:
        """The product category; the first where the line names several."""
        return concept(self.loader, self.iri, terms.category)


@told(terms.Contract)
class Contract(Node):
    """`ew:Contract`."""

    @strawberry.field
    def label(self) -> str | None:
        """What it is called."""
        return self.loader.label(self.iri)

    @strawberry.field
    def identifiers(self) -> list[Identifier]:
        """What registers call it."""
        return identifiers(self.loader, self.iri)

    @strawberry.field
    def covers(self) -> list[ProductModel]:
        """The product models of its lines, as was known at the instants of the answer."""
        return [ProductModel.of(self.loader, found) for found in self.loader.covered(self.iri)]

    @strawberry.field
    @paged
    def obligations(
        self,
        paging: Paging,
        order_by: ObligationOrder | None = UNSET,
        direction: Direction | None = UNSET,
    ) -> Connection[Obligations]:
        """What is owed under it, as was known at the instants of the answer."""
        return part_of(self.loader, "obligations", given(contract=self.iri), "Obligation", paging, order_by, direction)

    @strawberry.field
    @paged
    def activities(self, paging: Paging) -> Connection[Activities]:
        """The steps by which its contractors were pressed."""
        return part_of(self.loader, "activities", given(contract=self.iri, current=True), "Activity", paging)

    @strawberry.field
    @paged
    def claims(
        self, paging: Paging, kinds: list[ClaimKind] | None = UNSET, history: bool = False
    ) -> Connection[Claims]:
        """What is said for it in claims."""
        asked = given(contract=self.iri, kind=classes(kinds), current=not history)
        return part_of(self.loader, "claims", asked, "Claim", paging)

    @strawberry.field
    @paged
    def records(self, paging: Paging, kinds: list[RecordKind] | None = UNSET) -> Connection[Records]:
        """The records that describe it, or are about it, as was known at the instants of the answer."""
        return part_of(self.loader, "records", given(about=self.iri, kind=classes(kinds)), "Record", paging)

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


@told(terms.ClauseSet)
class ClauseSet(Node):
    """`ew:ClauseSet`."""


@told(terms.ObligationRule)
class ObligationRule(Node):
    """`ew:ObligationRule`."""


@told(terms.Obligation)
class Obligation(Node):
    """`ew:Obligation`."""

    @strawberry.field
    def record(self) -> Records | None:
        """The record that states it."""
        from ewgraph.api.graphql.claims import Record

        found = self.loader.one(self.iri, terms.assertedIn)
        return None if found is None else Record.of(self.loader, found)

    @strawberry.field
    def state(self) -> ObligationState | None:
        """How it stands with it at the instants of the answer; null where no last day is known."""
        return state_of(self.loader, self.iri)

    @strawberry.field
    def answers(self) -> list[Records]:
        """The records that were filed to meet it."""
        from ewgraph.api.graphql.claims import Record

        return [Record.of(self.loader, one) for one in self.loader.subjects(terms.fulfils, self.iri)]

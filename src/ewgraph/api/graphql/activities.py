"""What was done, or is to be done, about findings and contracts."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

import strawberry

from ewgraph.api.graphql.claims import Record, Why, why_of
from ewgraph.api.graphql.listed import Connection, Paging, given, paged, part_of
from ewgraph.api.graphql.told import told
from ewgraph.api.graphql.values import Node, SourceLocation, source_location
from ewgraph.errors import NotFoundError
from ewgraph.model import terms

_HERE: Final = strawberry.lazy("ewgraph.api.graphql.activities")
Verifications: TypeAlias = Annotated["Verification", _HERE]
CorrectiveActions: TypeAlias = Annotated["CorrectiveAction", _HERE]


@told(terms.Activity, is_interface=True)
class Activity(Node):
    """`ew:Activity`."""

    @strawberry.field
    def record(self) -> Record:
        """The record that states it."""
        found = self.loader.one(self.iri, terms.assertedIn)
        if found is None:
            raise NotFoundError(f"{self.iri.value!r} is asserted in no record")
        return Record.of(self.loader, found)

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


@told(terms.CorrectiveActionPlan)
class CorrectiveActionPlan(Activity):
    """`ew:CorrectiveActionPlan`."""

    @strawberry.field
    @paged
    def actions(self, paging: Paging) -> Connection[CorrectiveActions]:
        """The actions that are part of it, as was known at the instants of the answer."""
        return part_of(self.loader, "activities", given(plan=self.iri, current=True), "CorrectiveAction", paging)


@told(terms.CorrectiveAction)
class CorrectiveAction(Activity):
    """`ew:CorrectiveAction`."""

    @strawberry.field
    @paged
    def verifications(self, paging: Paging) -> Connection[Verifications]:
        """The checks whether it took effect, as was known at the instants of the answer."""
        asked = given(verified=self.iri, current=True)
        return part_of(self.loader, "activities", asked, "Verification", paging)


@told(terms.Remedy)
class Remedy(Activity):
    """`ew:Remedy`."""

    @strawberry.field
    @paged
    def verifications(self, paging: Paging) -> Connection[Verifications]:
        """The checks whether it took effect, as was known at the instants of the answer."""
        asked = given(verified=self.iri, current=True)
        return part_of(self.loader, "activities", asked, "Verification", paging)


@told(terms.Verification)
class Verification(Activity):
    """`ew:Verification`."""


@told(terms.EscalationStep)
class EscalationStep(Activity):
    """`ew:EscalationStep`."""

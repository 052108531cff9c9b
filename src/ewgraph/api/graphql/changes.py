"""What changed in what is known, and what does not agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Final

import strawberry

from ewgraph.api.graphql.answers import Answered, connection
from ewgraph.api.graphql.claims import Record
from ewgraph.api.graphql.contracts import Contract
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.nodes import ProductModel, Site, boundary
from ewgraph.api.graphql.paging import PageInfo, asked
from ewgraph.api.graphql.values import Concept, Node, Thing
from ewgraph.model import conflicts as conflicting
from ewgraph.model import terms
from ewgraph.model.changes import Change as TracedChange
from ewgraph.model.changes import ChangeKind
from ewgraph.model.codes import ConflictKind
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, Term
from ewgraph.trace import Window
from ewgraph.trace.changes import by_instant, what_changed
from ewgraph.trace.conflicts import by_kind, conflicts

strawberry.enum(ChangeKind, description=ChangeKind.__doc__)

_CHANGING: Final = frozenset({terms.Contract, terms.Site, terms.Boundary, terms.Organization})


@strawberry.type
class Change:
    """One change in what is known."""

    change: ChangeKind
    at: dt.datetime | None = strawberry.field(
        description="When the record was received that made it, or when you came to see it; none where no record did.",
    )
    what: str = strawberry.field(description="The kind of a hop, `SAME_SITE`, or the class of another statement.")
    statement: Thing = strawberry.field(description="The claim, contract line or other statement.")
    record: Record
    about: Node = strawberry.field(description="Where the hop leads to, or what the statement names.")
    by: Record | None = strawberry.field(description="The record that made the change.")
    replaced_by: Thing | None = strawberry.field(description="What is said instead, of something that was revised.")


@strawberry.type
class ChangeEdge:
    """A change in a list of changes."""

    cursor: str
    node: Change


@strawberry.type
class ChangeConnection(Answered):
    """A part of what changed, by instant."""

    edges: list[ChangeEdge]
    page_info: PageInfo
    total_count: int


@strawberry.type
class ConflictSide:
    """What one record says."""

    record: Record
    statements: list[Thing] = strawberry.field(description="The claims that say so; none where it leaves it out.")
    values: list[str] = strawberry.field(description="What they say and the other side does not.")


@strawberry.type
class Conflict:
    """That two records do not agree about a site or model. Only a contradiction is alarming; nothing is decided."""

    kind: ConflictKind
    dimension: Concept = strawberry.field(description="The tier, attribute or topic.")
    one: ConflictSide
    other: ConflictSide


@strawberry.type
class ConflictEdge:
    """A conflict in a list of conflicts."""

    cursor: str
    node: Conflict


@strawberry.type
class ConflictConnection(Answered):
    """A part of what does not agree: contradictions first."""

    edges: list[ConflictEdge]
    page_info: PageInfo
    total_count: int


def change_connection(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
    loader: Loader,
    node: IRI,
    since: dt.datetime,
    until: dt.datetime,
    first: int | None,
    after: str | None,
) -> ChangeConnection:
    """What changed of a contract, a site or a buyer's contracts."""
    window, begin, end = Window(*asked(first, after, "ssssss")), zoned(since), zoned(until)
    found = loader.traced(
        "what-changed",
        node,
        _CHANGING,
        lambda view, catalogue, node: what_changed(view, catalogue, node, since=begin, until=end, window=window),
        *(begin, end, window),
    )
    return connection(ChangeConnection, ChangeEdge, found, by_instant, partial(_change, loader))


def conflict_connection(
    loader: Loader,
    about: IRI,
    days: int,
    first: int | None,
    after: str | None,
) -> ConflictConnection:
    """What does not agree about a site or model."""
    window = Window(*asked(first, after, "isssss"))
    found = loader.traced(
        "conflicts",
        about,
        {terms.Site, terms.ProductModel},
        lambda view, catalogue, node: conflicts(view, catalogue, node, days=days, window=window),
        *(days, window),
    )
    return connection(ConflictConnection, ConflictEdge, found, by_kind, partial(_conflict, loader))


def _change(loader: Loader, change: TracedChange) -> Change:
    entry, instead = change.entry, change.replaced_by
    return Change(
        change=change.kind,
        at=change.at,
        what=entry.what,
        statement=Thing.of(loader, entry.claim),
        record=Record.of(loader, entry.record),
        about=_named(loader, entry.about),
        by=Record.of(loader, change.by) if change.by else None,
        replaced_by=Thing.of(loader, instead.claim) if instead else None,
    )


def _named(loader: Loader, node: IRI) -> Node:
    for kind, make in ((terms.Site, Site), (terms.ProductModel, ProductModel), (terms.Contract, Contract)):
        if loader.is_a(node, kind):
            return make.of(loader, node)
    return boundary(loader, node) or Thing.of(loader, node)


def _conflict(loader: Loader, conflict: conflicting.Conflict) -> Conflict:
    return Conflict(
        kind=conflict.kind,
        dimension=Concept.of(loader, conflict.dimension),
        one=_side(loader, conflict.one),
        other=_side(loader, conflict.other),
    )


def _side(loader: Loader, side: conflicting.Side) -> ConflictSide:
    return ConflictSide(
        record=Record.of(loader, side.record),
        statements=[Thing.of(loader, claim) for claim in side.claims],
        values=_texts(side.values),
    )


def _texts(values: Iterable[Term]) -> list[str]:
    return [value.value for value in values]

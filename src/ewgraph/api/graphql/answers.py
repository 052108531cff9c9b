"""What every answer to a question of traceability has: how complete it is, and what to cite for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

import strawberry

from ewgraph.api.graphql.paging import page_of
from ewgraph.model.window import Key
from ewgraph.trace import Answer

T = TypeVar("T")
C = TypeVar("C")


@strawberry.type
class Limit:
    """A limit that an answer reached: there may be more than it tells."""

    name: str
    value: int


@strawberry.type
class Completeness:
    """How complete an answer is."""

    limits: list[Limit] = strawberry.field(description="The limits that were reached; none where all is told.")
    withheld: str = strawberry.field(
        description="What the policy keeps from readers of your kind, in general terms: the same whatever there is.",
    )
    unknown: str = strawberry.field(description="What it means that something is not in the answer.")


@strawberry.type
class Provenance:
    """What to cite for an answer, so that it can be asked again and compared."""

    query: str = strawberry.field(description="The stored query that defines it: see /queries.")
    query_sha256: str = strawberry.field(name="querySha256", description="The SHA-256 of the text of that query.")
    valid_at: dt.date = strawberry.field(description="The day on which the claims hold.")
    known_at: dt.datetime = strawberry.field(description="The instant by which their records were received.")
    graph_digest: str | None = strawberry.field(
        description="The digest of all that you could see; none where that changed while the answer was made, "
        "or where it counts over more than that.",
    )
    records: int = strawberry.field(description="How many records you could see.")
    ledger_sequence: int | None = strawberry.field(description="The newest number in the ledger; for staff.")
    index_generation: int | None = strawberry.field(description="How often the graph had changed; for staff.")


@strawberry.interface
class Answered:
    """An answer to a question of traceability."""

    completeness: Completeness
    provenance: Provenance


class Stated(TypedDict):
    """The fields of `Answered`."""

    completeness: Completeness
    provenance: Provenance


def stated(answer: Answer[Any]) -> Stated:
    """How complete an answer is, and what to cite for it."""
    complete, told = answer.completeness, answer.provenance
    return Stated(
        completeness=Completeness(
            limits=[Limit(name=limit.name, value=limit.value) for limit in complete.limits],
            withheld=complete.withheld,
            unknown=complete.unknown,
        ),
        provenance=Provenance(
            query=told.query,
            query_sha256=told.query_sha256,
            valid_at=told.valid_at,
            known_at=told.known_at,
            graph_digest=told.graph_digest,
            records=told.records,
            ledger_sequence=told.ledger_sequence,
            index_generation=told.index_generation,
        ),
    )


def connection(
    kind: Callable[..., C],
    edge: Callable[..., object],
    found: Answer[T],
    key: Callable[[T], Key],
    node: Callable[[T], object],
) -> C:
    """A part of a sorted answer as a connection.

    Args:
        kind: of the connection.
        edge: of its edges.
        found: the answer.
        key: what it is sorted by.
        node: an item as the schema has it.
    """
    part = page_of(found.items, key, found.start, found.total)
    edges = [edge(cursor=mark, node=node(item)) for mark, item in part.items]
    return kind(edges=edges, page_info=part.info, total_count=part.total, **stated(found))

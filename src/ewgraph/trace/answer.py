"""Answers: a part of what was found, how complete it is, and what to cite for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from ewgraph.access import View
from ewgraph.catalogue import StoredQuery
from ewgraph.graph.audience import AFFILIATES
from ewgraph.graph.state import State
from ewgraph.model.window import Limit, Part

T = TypeVar("T")

_TRIES: Final = 3
_OTHERS: Final = "What is meant for others is not here, nor whether there is any."
_FOR_THE_PUBLIC: Final = f"Only what is public is here. {_OTHERS}"
_FOR_ORGANISATIONS: Final = f"Only what is public or meant for this organisation is here. {_OTHERS}"
_FOR_MEMBERS: Final = f"Only what is public, for all affiliates or meant for this organisation is here. {_OTHERS}"
_FOR_STAFF: Final = "All is here but what monitoring partners keep to themselves."
UNKNOWN: Final = "Only what is recorded is found. Where nothing is recorded, nobody said so: that is not a no."


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete an answer is.

    Attributes:
        limits: the limits that were reached; none where all is there that the reader may see.
        withheld: what the policy keeps from readers of this kind, in general terms: the same whatever there is.
        unknown: what it means that something is not in the answer.
    """

    limits: tuple[Limit, ...]
    withheld: str
    unknown: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class Provenance:
    """What to cite for an answer, so that it can be asked again and compared.

    Attributes:
        query: the id of the stored query that defines it.
        query_sha256: of the text of that query.
        valid_at: the day on which the claims hold.
        known_at: the instant by which their records were received.
        graph_digest: of all that the reader's graphs showed; None where they changed while the answer was made, or it
            counts over more.
        records: how many records were in them.
        ledger_sequence: the number of the newest record in the ledger; for staff.
        index_generation: how often the graph, and with it the index, had changed; for staff.
    """

    query: str
    query_sha256: str
    valid_at: dt.date
    known_at: dt.datetime
    graph_digest: str | None
    records: int
    ledger_sequence: int | None
    index_generation: int | None


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A part of a sorted answer.

    Attributes:
        items: the part.
        start: how many come before it.
        total: how many there are in all.
        completeness: how complete it is.
        provenance: what to cite for it.
    """

    items: Sequence[T]
    start: int
    total: int
    completeness: Completeness
    provenance: Provenance

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    @property
    def more(self) -> bool:
        """Whether any come after it."""
        return self.start + len(self.items) < self.total


def answered(view: View, query: StoredQuery, find: Callable[[], Part[T]]) -> Answer[T]:
    """The answer to a stored query, with what to cite: found anew, a few times, where the graph changed meanwhile."""
    for _ in range(_TRIES):
        before = view.state()
        part = find()
        after = view.state()
        if before == after:
            break
    return cited(view, query, part, after, steady=before == after)


def cited(  # noqa: PLR0913  # all that an answer is made of
    view: View,
    query: StoredQuery,
    part: Part[T],
    state: State,
    *,
    steady: bool = True,
    withheld: str | None = None,
) -> Answer[T]:
    """The answer to a stored query, with what to cite.

    Args:
        view: the reader's view, as of the instants of the answer.
        query: the query.
        part: what was found.
        state: of the reader's graphs.
        steady: whether they were in that state all along, and what was found stands in them.
        withheld: what is kept from readers of this kind, where that is something of its own.
    """
    provenance = Provenance(
        query=query.id,
        query_sha256=query.digest,
        valid_at=view.as_of.valid_at,
        known_at=view.as_of.known_at,
        graph_digest=state.digest if steady else None,
        records=state.records,
        ledger_sequence=state.sequence,
        index_generation=state.generation,
    )
    return Answer(
        part.items, part.start, part.total, Completeness(part.limits, withheld or _withheld(view)), provenance
    )


def _withheld(view: View) -> str:
    if view.principal.name == "staff":
        return _FOR_STAFF
    if view.principal.organization is None:
        return _FOR_THE_PUBLIC
    return _FOR_MEMBERS if AFFILIATES in view.graphs else _FOR_ORGANISATIONS

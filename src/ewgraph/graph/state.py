"""What a reader's graphs show, in numbers to cite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ewgraph.graph.cursor import cursor
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.tally import Tally
from ewgraph.model.rdf import IRI


@dataclass(frozen=True, slots=True)
class State:
    """What a reader's graphs show: the same for the same content, whatever else there is.

    Attributes:
        digest: of all that they show.
        records: how many records are in them.
        sequence: the ledger's sequence number that the graph shows; for staff only, since it counts all records.
        generation: how often the graph changed; for staff only.
    """

    digest: str
    records: int
    sequence: int | None
    generation: int | None

    def for_others(self) -> State:
        """The same for readers who are not staff."""
        return replace(self, sequence=None, generation=None)


def state_of(store: GraphStore, chain: Iterable[IRI]) -> State:
    """What the graphs show now that a reader reads."""
    tally = Tally(store)
    digest, records = tally.shown_to(chain)
    return State(f"{digest:016x}", records, cursor(store), tally.whole().version)

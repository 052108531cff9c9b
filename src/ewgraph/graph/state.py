"""What a reader's graphs show, in numbers to cite."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ewgraph.graph.cursor import cursor
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.tally import Tally
from ewgraph.graph.trust import PROJECTION, VOCABULARY_STAMP
from ewgraph.model.rdf import IRI, lexical


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


def validator_of(store: GraphStore, chain: Iterable[IRI], media_type: str) -> str:
    """A word that changes whenever what a reader is told may change; not with what others are shown.

    It is made of what each of the reader's graphs shows and of the vocabulary. What was asked is the address's to tell.
    """
    tally, summed = Tally(store), hashlib.sha256()
    stamps = sorted(lexical(quad.object) for quad in store.quads(PROJECTION, VOCABULARY_STAMP, None, PROJECTION))
    shown = [f"{graph.value} {tally.shown(graph)}" for graph in chain]
    for part in (media_type, *stamps, *shown):
        summed.update(f"{len(part)}:{part}".encode())
    return summed.hexdigest()[:32]

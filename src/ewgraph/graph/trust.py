"""Whose records give rights, and whose claims link an affiliate to a site.

Who handed a record in is noted by the ledger; what a record says of itself gives no right. So a record counts by its
submitter alone: it is trusted where the operator, the staff or the steward organisation handed it in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ewgraph.graph.audience import is_audience
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad

PROJECTION: Final = IRI("https://w3id.org/ewgraph/projection")
VOCABULARY: Final = IRI("https://w3id.org/ewgraph/vocabulary")
SUBMITTER: Final = IRI("https://w3id.org/ewgraph/projection#submitter")

_INTERNAL: Final = frozenset({PROJECTION, VOCABULARY})


class Trust:
    """Tells trusted records from others. Answers are kept for the life of the object.

    Args:
        store: the graph with the records' own graphs.
        steward: the organisation that speaks for the network.
    """

    def __init__(self, store: GraphStore, steward: IRI) -> None:
        self._store = store
        self._steward = steward
        self._trusted: dict[IRI, bool] = {}

    def said(self, subject: IRI | None, predicate: IRI | None = None, value: IRI | None = None) -> Iterator[Quad]:
        """What records say of that pattern: quads of the records' graphs."""
        return (quad for quad in self._store.quads(subject, predicate, value) if _is_record(quad))

    def rights(self, subject: IRI | None, predicate: IRI, value: IRI | None = None) -> Iterator[Quad]:
        """What trusted records say of that pattern."""
        return (quad for quad in self.said(subject, predicate, value) if self.trusted(graph_of(quad)))

    def trusted(self, record: IRI) -> bool:
        """Whether rights in the record count: a trusted submitter handed it in, and none revised it."""
        if record not in self._trusted:
            self._trusted[record] = self._speaks(record) and not any(
                self._speaks(graph_of(quad)) for quad in self.said(None, terms.PROV.wasRevisionOf, record)
            )
        return self._trusted[record]

    def _speaks(self, record: IRI) -> bool:
        return any(
            Quad(record, SUBMITTER, submitter, PROJECTION) in self._store for submitter in (OPERATOR, self._steward)
        )

    def submitters(self, record: IRI) -> frozenset[IRI]:
        """Who handed a record in: one, where the graph shows it."""
        noted = self._store.quads(record, SUBMITTER, None, PROJECTION)
        return frozenset(quad.object for quad in noted if isinstance(quad.object, IRI))

    def values(self, subject: IRI, predicate: IRI) -> frozenset[IRI]:
        """The things that trusted records name as values of a property."""
        return frozenset(quad.object for quad in self.rights(subject, predicate) if isinstance(quad.object, IRI))


def graph_of(quad: Quad) -> IRI:
    """The graph that a quad of the store is in."""
    return quad.graph_name  # type: ignore[return-value]  # every quad of the store is in a named graph


def _is_record(quad: Quad) -> bool:
    return not is_audience(quad.graph_name) and quad.graph_name not in _INTERNAL

"""Whose records give rights, and whose claims link an affiliate to a site.

Who handed a record in is noted by the ledger; what a record says of itself gives no right. So a record counts by its
submitter alone: it is trusted where the operator, the staff or the steward organisation handed it in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from ewgraph.graph.audience import is_audience
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.codes import Part
from ewgraph.model.rdf import IRI, Quad, Term, lexical

PROJECTION: Final = IRI("https://w3id.org/ewgraph/projection")
VOCABULARY: Final = IRI("https://w3id.org/ewgraph/vocabulary")
VOCABULARY_STAMP: Final = IRI(PROJECTION.value + "#digest")
"""Of the projection: the digest of the vocabulary that every reader is shown."""
SUBMITTER: Final = IRI("https://w3id.org/ewgraph/projection#submitter")

_INTERNAL: Final = frozenset({PROJECTION, VOCABULARY})


class Trust:
    """Tells trusted records from others. Answers are kept for the life of the object.

    Args:
        store: the graph with the records' own graphs.
        steward: the organisation that speaks for the network.
        until: only records that were taken in before count; None where all do.
    """

    def __init__(self, store: GraphStore, steward: IRI, until: dt.datetime | None = None) -> None:
        self._store = store
        self._steward = steward
        self._until = until
        self._trusted: dict[IRI, bool] = {}

    def said(self, subject: IRI | None, predicate: IRI | None = None, value: Term | None = None) -> Iterator[Quad]:
        """What records say of that pattern: quads of the records' graphs."""
        return (quad for quad in self._store.quads(subject, predicate, value) if _is_record(quad))

    def rights(self, subject: IRI | None, predicate: IRI, value: Term | None = None) -> Iterator[Quad]:
        """What trusted records say of that pattern."""
        return (quad for quad in self.said(subject, predicate, value) if self.trusted(graph_of(quad)))

    def trusted(self, record: IRI) -> bool:
        """Whether rights in the record count: a trusted submitter handed it in, and none revised it."""
        if record not in self._trusted:
            self._trusted[record] = self.speaks(record) and not any(
                self.speaks(graph_of(quad)) for quad in self.said(None, terms.PROV.wasRevisionOf, record)
            )
        return self._trusted[record]

    def speaks(self, record: IRI) -> bool:
        """Whether a trusted submitter handed it in."""
        return self.was_there(record) and any(
            Quad(record, SUBMITTER, submitter, PROJECTION) in self._store for submitter in (OPERATOR, self._steward)
        )

    def was_there(self, record: IRI) -> bool:
        """Whether the record had been taken in before then."""
        return self._until is None or any(
            dt.datetime.fromisoformat(lexical(quad.object)) < self._until
            for quad in self._store.quads(record, terms.recordedAt, None, record)
        )

    def submitters(self, record: IRI) -> frozenset[IRI]:
        """Who handed a record in: one, where the graph shows it."""
        noted = self._store.quads(record, SUBMITTER, None, PROJECTION)
        return frozenset(quad.object for quad in noted if isinstance(quad.object, IRI))

    def values(self, subject: IRI, predicate: IRI) -> frozenset[IRI]:
        """The things that trusted records name as values of a property."""
        return frozenset(quad.object for quad in self.rights(subject, predicate) if isinstance(quad.object, IRI))

    def with_part(self, part: Part, day: dt.date | None) -> frozenset[IRI]:
        """The organisations that have a part in the network, on that day; None for ever."""
        return frozenset(
            member.object
            for quad in self.rights(None, terms.ORG.role, part.iri)
            if isinstance(quad.subject, IRI) and self._holds(quad.subject, graph_of(quad), day)
            for member in self._store.quads(quad.subject, terms.ORG.member, None, graph_of(quad))
            if isinstance(member.object, IRI)
        )

    def _holds(self, affiliation: IRI, record: IRI, day: dt.date | None) -> bool:
        if day is None:
            return True
        since = [lexical(q.object) for q in self._store.quads(affiliation, terms.validFrom, None, record)]
        until = [lexical(q.object) for q in self._store.quads(affiliation, terms.validTo, None, record)]
        return bool(since) and max(since) <= day.isoformat() and all(day.isoformat() < end for end in until)


def graph_of(quad: Quad) -> IRI:
    """The graph that a quad of the store is in."""
    return quad.graph_name  # type: ignore[return-value]  # every quad of the store is in a named graph


def _is_record(quad: Quad) -> bool:
    return not is_audience(quad.graph_name) and quad.graph_name not in _INTERNAL

"""What the policy knows of the rest of the graph, looked up in the records' own graphs.

Rights (who is an affiliate, who is party to a contract, what was released) count only where a trusted record says so:
see `trust`. Whose claims link an affiliate to a site: see `links`.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ewgraph.catalogue import StoredQuery
from ewgraph.graph.audience import Members
from ewgraph.graph.links import Linked, Links
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.policy import ABOUT, SITE_OF, Opening
from ewgraph.graph.trust import Trust, graph_of
from ewgraph.model import terms
from ewgraph.model.codes import Part, Redaction
from ewgraph.model.rdf import IRI, Literal, Quad

OPENED: Final = (terms.releases, terms.redactedAs)
"""What a release says of the records whose audience it decides."""

_DEPTH: Final = 8


class _Dated(NamedTuple):
    """When a release opens something, and whether that was so already when it was recorded."""

    at: dt.datetime
    is_due: bool


class StoreFacts:
    """The policy's facts, from a store. Answers are kept for the life of the object: make one per projected record."""

    def __init__(  # noqa: PLR0913  # handed down by the projector alone
        self,
        store: GraphStore,
        hops: StoredQuery,
        *,
        steward: IRI,
        members: Members,
        partners: frozenset[IRI],
        links: dict[IRI, Linked],
        released_until: dt.datetime | None,
    ) -> None:
        """Look up in the store.

        Args:
            store: the store.
            hops: the query that tells the hops at a site.
            steward: who may say who is a member.
            members: the affiliates and monitoring partners.
            partners: the monitoring partners.
            links: the sites' links that were looked up before; it is added to.
            released_until: releases dated until then have come due.
        """
        self._store = store
        self._hops = hops
        self._trust = Trust(store, steward)
        self.members = members
        self.partners = partners
        self._links = links
        self._released_until = released_until

    def said(self, subject: IRI | None, predicate: IRI | None = None, value: IRI | None = None) -> Iterator[Quad]:
        """What records say of that pattern: quads of the records' graphs."""
        return self._trust.said(subject, predicate, value)

    def record(self, record: IRI) -> list[Quad]:
        """All that a record contributes."""
        return list(self._store.quads(None, None, None, record))

    def trusted(self, record: IRI) -> bool:
        """Whether rights in the record count."""
        return self._trust.trusted(record)

    def parties(self, contract: IRI) -> frozenset[IRI]:
        """The buyers and contractors of a contract."""
        return self._trust.values(contract, terms.buyer) | self._trust.values(contract, terms.contractor)

    def contracts(self, obligation: IRI) -> frozenset[IRI]:
        """The contracts that an obligation is of."""
        return self._trust.values(obligation, terms.ofContract)

    def sites(self, statement: IRI) -> frozenset[IRI]:
        """The sites that a claim or activity is about, or what it addresses, verifies or replies to."""
        return self._reached(statement)[0]

    def bearing(self, statement: IRI) -> frozenset[IRI]:
        """The same sites, with the statements on the way: what is said of those decides which sites they are."""
        sites, statements = self._reached(statement)
        return sites | statements

    def _reached(self, statement: IRI) -> tuple[frozenset[IRI], frozenset[IRI]]:
        found, seen, queue = set[IRI](), {statement}, deque([(statement, 0)])
        while queue:
            here, depth = queue.popleft()
            for predicate in SITE_OF:
                found |= {q.object for q in self.said(here, predicate) if isinstance(q.object, IRI)}
            for predicate in ABOUT if depth < _DEPTH else ():
                for quad in self.said(here, predicate):
                    if isinstance(quad.object, IRI) and quad.object not in seen:
                        seen.add(quad.object)
                        queue.append((quad.object, depth + 1))
        return frozenset(found), frozenset(seen)

    def is_told_by_others(self, record: IRI, quad: Quad) -> bool:
        """Whether a trusted record other than this says the same."""
        same = self._trust.rights(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]  # no blank nodes
        return any(graph_of(other) != record for other in same)

    def record_of(self, claim: IRI) -> IRI | None:
        """The record in which a claim is asserted; None where no record says so itself."""
        return next((graph_of(q) for q in self.said(claim, terms.assertedIn) if q.object == q.graph_name), None)

    def released(self, record: IRI) -> frozenset[Opening]:
        """To whom trusted releases opened a record: when they were recorded, or since on their day."""
        found = set()
        for release in self._releases(record):
            dated = self._dated(release)
            if dated and (dated.is_due or (self._released_until and dated.at <= self._released_until)):
                parties = frozenset(_iris(self.said(release, terms.party)))
                found |= {Opening(level, parties) for level in _iris(self.said(release, terms.toVisibility))}
        return frozenset(found)

    def _releases(self, record: IRI) -> Iterator[IRI]:
        """The trusted releases that open the record: as it is, or as the edition that stands for another."""
        for release in map(graph_of, self._trust.rights(None, terms.releases, record)):
            if all(lessened == Redaction.NONE.iri for lessened in _iris(self.said(release, terms.redaction))):
                yield release
        yield from map(graph_of, self._trust.rights(None, terms.redactedAs, record))

    def retractions_in_favour_of(self, record: IRI) -> set[IRI]:
        """The records that withdraw the twins of the record's claims from whoever sees these."""
        if next(self.said(None, terms.inFavourOf), None) is None:
            return set()
        claims = {quad.subject for quad in self.record(record) if quad.predicate == terms.assertedIn}
        return {graph_of(quad) for claim in claims for quad in self.said(None, terms.inFavourOf, claim)}  # type: ignore[arg-type]

    def replies_to(self, record: IRI) -> set[IRI]:
        """The records that reply to what the record states."""
        if next(self.said(None, terms.repliesTo), None) is None:
            return set()
        stated = [quad.subject for quad in self.record(record) if quad.predicate == terms.assertedIn]
        return {graph_of(quad) for one in stated for quad in self.said(None, terms.repliesTo, one)}  # type: ignore[arg-type]

    def coming_due(self, now: dt.datetime) -> dict[IRI, dt.datetime]:
        """The records that trusted releases open on a day that has come since, each with that instant."""
        found: dict[IRI, dt.datetime] = {}
        for release in {graph_of(quad) for quad in self.said(None, terms.releasedAt)}:
            dated = self._dated(release)
            if dated is None or dated.is_due or dated.at > now or not self.trusted(release):
                continue
            if self._released_until is None or dated.at > self._released_until:
                for predicate in OPENED:
                    for record in _iris(self.said(release, predicate)):
                        found[record] = max(dated.at, found.get(record, dated.at))
        return found

    def _dated(self, release: IRI) -> _Dated | None:
        at, recorded = (self._instants(release, each) for each in (terms.releasedAt, terms.recordedAt))
        return _Dated(max(at), max(at) <= max(recorded)) if at and recorded else None

    def _instants(self, subject: IRI, predicate: IRI) -> list[dt.datetime]:
        return [
            dt.datetime.fromisoformat(quad.object.value)
            for quad in self.said(subject, predicate)
            if isinstance(quad.object, Literal)
        ]

    def affiliates(self) -> frozenset[IRI]:
        """The members whose part is affiliate."""
        return self._trust.with_part(Part.AFFILIATE, None) & self.members

    def affiliates_on(self, day: dt.date) -> frozenset[IRI]:
        """The affiliates on that day."""
        return self._trust.with_part(Part.AFFILIATE, day)

    def partners_on(self, day: dt.date) -> frozenset[IRI]:
        """The monitoring partners on that day."""
        return self._trust.with_part(Part.MONITORING_PARTNER, day)

    def linked(self, site: IRI) -> frozenset[IRI]:
        """The affiliates with a contract that touches the site."""
        if site not in self._links:
            follow = Links(self._store, self._trust, self._hops, self.affiliates(), self.partners)
            self._links[site] = follow.linked(site)
        return self._links[site].affiliates


def _iris(quads: Iterable[Quad]) -> Iterator[IRI]:
    """The values that are IRIs."""
    return (quad.object for quad in quads if isinstance(quad.object, IRI))

"""What the policy knows of the rest of the graph, looked up in the records' own graphs.

Rights (who is an affiliate, who is party to a contract, what was released) count only where a trusted record says so:
one that the operator loaded, or that the steward organisation is the author of.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from ewgraph.catalogue import StoredQuery
from ewgraph.graph.audience import Members, chain_of_staff, is_audience
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.policy import ABOUT, SITE_OF
from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.codes import Part, Scope
from ewgraph.model.rdf import IRI, Literal, Quad, datetime_literal, lexical

SUBMITTER: Final = IRI("https://w3id.org/ewgraph/projection#submitter")
PROJECTION: Final = IRI("https://w3id.org/ewgraph/projection")
VOCABULARY: Final = IRI("https://w3id.org/ewgraph/vocabulary")

_STRONG: Final = frozenset({Scope.MODEL.iri, Scope.CONTRACT.iri})
_SAME_SITE: Final = Literal("SAME_SITE")
_FOREVER: Final = datetime_literal(dt.datetime(9999, 12, 31, tzinfo=dt.UTC))
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
        links: dict[IRI, frozenset[IRI]],
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
        self._steward = steward
        self.members = members
        self.partners = partners
        self._trusted: dict[IRI, bool] = {}
        self._links = links
        self._released_until = released_until

    def said(self, subject: IRI | None, predicate: IRI | None = None, value: IRI | None = None) -> Iterator[Quad]:
        """What records say of that pattern: quads of the records' graphs."""
        return (quad for quad in self._store.quads(subject, predicate, value) if _is_record(quad))

    def record(self, record: IRI) -> list[Quad]:
        """All that a record contributes."""
        return list(self._store.quads(None, None, None, record))

    def trusted(self, record: IRI) -> bool:
        """Whether rights in the record count: it is the operator's or the steward's, and not revised by such a one."""
        if record not in self._trusted:
            self._trusted[record] = self._speaks(record) and not any(
                self._speaks(_graph(quad)) for quad in self.said(None, terms.PROV.wasRevisionOf, record)
            )
        return self._trusted[record]

    def _speaks(self, record: IRI) -> bool:
        if Quad(record, SUBMITTER, OPERATOR, PROJECTION) in self._store:
            return True
        return Quad(record, terms.PROV.wasAttributedTo, self._steward, record) in self._store

    def _rights(self, subject: IRI | None, predicate: IRI, value: IRI | None = None) -> Iterator[Quad]:
        return (quad for quad in self.said(subject, predicate, value) if self.trusted(_graph(quad)))

    def parties(self, contract: IRI) -> frozenset[IRI]:
        """The buyers and contractors of a contract."""
        return frozenset(
            quad.object
            for predicate in (terms.buyer, terms.contractor)
            for quad in self._rights(contract, predicate)
            if isinstance(quad.object, IRI)
        )

    def contracts(self, obligation: IRI) -> frozenset[IRI]:
        """The contracts that an obligation is of."""
        return frozenset(q.object for q in self._rights(obligation, terms.ofContract) if isinstance(q.object, IRI))

    def sites(self, statement: IRI) -> frozenset[IRI]:
        """The sites that a claim or activity is about, or what it addresses, verifies or replies to."""
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
        return frozenset(found)

    def released(self, record: IRI) -> frozenset[IRI]:
        """The levels to which trusted releases opened a record: when they were recorded, or since on their day."""
        levels = set()
        for quad in self._rights(None, terms.releases, record):
            release = _graph(quad)
            dated = self._dated(release)
            if dated and (dated.is_due or (self._released_until and dated.at <= self._released_until)):
                levels |= {q.object for q in self.said(release, terms.toVisibility) if isinstance(q.object, IRI)}
        return frozenset(levels)

    def coming_due(self, now: dt.datetime) -> dict[IRI, dt.datetime]:
        """The records that trusted releases open on a day that has come since, each with that instant."""
        found: dict[IRI, dt.datetime] = {}
        for release in {_graph(quad) for quad in self.said(None, terms.releasedAt)}:
            dated = self._dated(release)
            if dated is None or dated.is_due or dated.at > now or not self.trusted(release):
                continue
            if self._released_until is None or dated.at > self._released_until:
                for quad in self.said(release, terms.releases):
                    if isinstance(quad.object, IRI):
                        found[quad.object] = max(dated.at, found.get(quad.object, dated.at))
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
        return self._with_part(Part.AFFILIATE, None) & self.members

    def affiliates_on(self, day: dt.date) -> frozenset[IRI]:
        """The affiliates on that day."""
        return self._with_part(Part.AFFILIATE, day)

    def partners_on(self, day: dt.date) -> frozenset[IRI]:
        """The monitoring partners on that day."""
        return self._with_part(Part.MONITORING_PARTNER, day)

    def _with_part(self, part: Part, day: dt.date | None) -> frozenset[IRI]:
        found = set()
        for quad in self._rights(None, terms.ORG.role):
            if (
                quad.object == part.iri
                and isinstance(quad.subject, IRI)
                and self._holds(quad.subject, _graph(quad), day)
            ):
                found |= {
                    q.object
                    for q in self._store.quads(quad.subject, terms.ORG.member, None, _graph(quad))
                    if isinstance(q.object, IRI)
                }
        return frozenset(found)

    def _holds(self, affiliation: IRI, record: IRI, day: dt.date | None) -> bool:
        if day is None:
            return True
        since = [lexical(q.object) for q in self._store.quads(affiliation, terms.validFrom, None, record)]
        until = [lexical(q.object) for q in self._store.quads(affiliation, terms.validTo, None, record)]
        return bool(since) and max(since) <= day.isoformat() and all(day.isoformat() < end for end in until)

    def linked(self, site: IRI) -> frozenset[IRI]:
        """The affiliates with a contract that touches the site, by what staff know, with scope MODEL or better.

        A chain counts whatever its period: who had products made there stays concerned with what happened there.
        """
        if site not in self._links:
            self._links[site] = self._buyers_downstream(site) & self.affiliates()
        return self._links[site]

    def _buyers_downstream(self, site: IRI) -> frozenset[IRI]:
        buyers, seen, queue = set[IRI](), {site}, deque([site])
        while queue:
            here = queue.popleft()
            names, rows = self._store.select(
                self._hops.text,
                chain_of_staff(),
                {"site": here, "knownAt": _FOREVER},
            )
            for row in rows:
                hop = dict(zip(names, row, strict=True))
                if hop["line"] is not None:
                    buyers |= {
                        quad.object
                        for quad in self._rights(hop["from"], terms.buyer)  # type: ignore[arg-type]
                        if isinstance(quad.object, IRI)
                    }
                elif (hop["scope"] in _STRONG or hop["kind"] == _SAME_SITE) and hop["from"] not in seen:
                    seen.add(hop["from"])  # type: ignore[arg-type]
                    queue.append(hop["from"])  # type: ignore[arg-type]
        return frozenset(buyers)


def _is_record(quad: Quad) -> bool:
    return not is_audience(quad.graph_name) and quad.graph_name not in _INTERNAL


_INTERNAL: Final = frozenset({PROJECTION, VOCABULARY})


def _graph(quad: Quad) -> IRI:
    return quad.graph_name  # type: ignore[return-value]  # every quad of the store is in a named graph

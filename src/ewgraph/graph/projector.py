"""The projector: applies the ledger's records, in order, to the audience graphs.

The store holds each record's contribution in a graph of the record's own name, which no reader ever reads, and each
triple once more in the widest audience graphs that the policy allows. What a subject shows is a function of the
records that name it, so any subject can be computed again at any time. The cursor is written in the transaction of the
record it counts: a crash at any point is followed by the same graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from ewgraph.catalogue import StoredQuery
from ewgraph.clock import Clock
from ewgraph.graph.audience import PUBLIC, Members, organization_of
from ewgraph.graph.content import contribution
from ewgraph.graph.facts import PROJECTION, SUBMITTER, StoreFacts
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.showing import Reach, additions, difference
from ewgraph.ledger import Entry, Ledger, ReleaseChange
from ewgraph.model import terms
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI, Literal, Quad, RdfFormat, digest, lexical, parse

VOCABULARY: Final = IRI("https://w3id.org/ewgraph/vocabulary")

_CURSOR: Final = IRI(PROJECTION.value + "#cursor")
_PENDING: Final = IRI(PROJECTION.value + "#pending")
_MEMBER: Final = IRI(PROJECTION.value + "#member")
_DIGEST: Final = IRI(PROJECTION.value + "#digest")

_MEMBERS: Final = Literal("members")
_LINKS: Final = Literal("links")
_EDGE_MAKERS: Final = frozenset({terms.SupplyClaim, terms.SmelterListingClaim, terms.SourcingClaim, terms.Coverage})
_HEADER: Final = (terms.buyer, terms.contractor)
_BATCH: Final = 256
_CHUNK: Final = 50_000


class Projector:
    """Keeps a graph store in step with a ledger. One thread at a time may project."""

    def __init__(  # noqa: PLR0913  # handed down once, by the composition root
        self,
        ledger: Ledger,
        store: GraphStore,
        *,
        hops: StoredQuery,
        steward: IRI,
        vocabulary: Path,
        clock: Clock,
    ) -> None:
        self._ledger = ledger
        self._store = store
        self._hops = hops
        self._steward = steward
        self._vocabulary = vocabulary
        self._clock = clock

    @property
    def store(self) -> GraphStore:
        """The store that is kept in step."""
        return self._store

    def cursor(self) -> int:
        """The sequence number of the last record that the graph shows; 0 for none."""
        return max((int(lexical(quad.object)) for quad in self._state(_CURSOR)), default=0)

    def members(self) -> Members:
        """The affiliates and monitoring partners, as the graph was projected for."""
        return frozenset(quad.object for quad in self._state(_MEMBER) if isinstance(quad.object, IRI))

    def _state(self, predicate: IRI) -> list[Quad]:
        return list(self._store.quads(PROJECTION, predicate, None, PROJECTION))

    def _state_quad(self, predicate: IRI, value: IRI | Literal) -> Quad:
        return Quad(PROJECTION, predicate, value, PROJECTION)

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        """Apply what the ledger holds beyond the cursor; then settle memberships and links that it changed.

        Args:
            progress: called with the sequence number of each record applied.

        Returns:
            The cursor.
        """
        self._load_vocabulary()
        cursor = self.cursor()
        while entries := self._ledger.entries(cursor, _BATCH):
            for entry in entries:
                self._apply(entry)
                cursor = entry.seq
                if progress:
                    progress(cursor)
            stale = [quad for quad in self._state(_CURSOR) if int(lexical(quad.object)) < cursor]
            self._store.change([], stale)
        self._settle(cursor)
        return cursor

    def _load_vocabulary(self) -> None:
        """Show the ontology and code lists to everybody; load them again when their files changed."""
        paths = [path for path in sorted(self._vocabulary.rglob("*.ttl")) if path.name != "alignments.ttl"]
        contents = [path.read_bytes() for path in paths]
        stamp = Literal(digest(b"\n".join(contents)))
        if self._state_quad(_DIGEST, stamp) in self._store:
            return
        removed = list(self._store.quads(None, None, None, VOCABULARY))
        removed += [Quad(q.subject, q.predicate, q.object, PUBLIC) for q in removed]
        triples = {
            (quad.subject, quad.predicate, quad.object)
            for content in contents
            for quad in parse(content, format=RdfFormat.TURTLE)
        }
        added = [Quad(*triple, graph) for triple in triples for graph in (VOCABULARY, PUBLIC)]
        self._store.change([*added, self._state_quad(_DIGEST, stamp)], [*removed, *self._state(_DIGEST)])

    def _facts(self, members: Members | None = None) -> StoreFacts:
        return StoreFacts(self._store, self._hops, self._steward, self.members() if members is None else members)

    def _apply(self, entry: Entry) -> None:
        """Project one record, with the cursor, in one transaction; then compute again what it changes elsewhere."""
        quads = contribution(entry)
        record = entry.iri
        own = [*quads, Quad(record, SUBMITTER, entry.submitter, PROJECTION)]
        pending = [self._state_quad(_PENDING, what) for what in _unsettled(quads)]
        touched = self._touched(record, quads)
        if touched is None:
            added, removed = additions(self._store, self._facts(), record, quads)
            self._store.change([*own, *added, *pending, self._state_quad(_CURSOR, Literal(entry.seq))], removed)
            return
        self._store.change(own)  # the records' graphs first: what is computed again reads them; replaying adds nothing
        subjects = {quad.subject for quad in quads if isinstance(quad.subject, IRI)}
        added, removed, _ = difference(self._store, self._facts(), subjects | touched)
        self._store.change([*added, *pending, self._state_quad(_CURSOR, Literal(entry.seq))], removed)

    def _touched(self, record: IRI, quads: Sequence[Quad]) -> set[IRI] | None:
        """The subjects of other records that show something else because of this one; None where it only adds."""
        facts = self._facts()
        revised = [q.object for q in quads if q.predicate == terms.PROV.wasRevisionOf and isinstance(q.object, IRI)]
        released = [q.object for q in quads if q.predicate == terms.releases and isinstance(q.object, IRI)]
        late = [_graph(quad) for quad in facts.said(None, terms.PROV.wasRevisionOf, record)]
        late += [_graph(quad) for quad in facts.said(None, terms.releases, record)]
        headed = {q.subject for q in quads if q.predicate in _HEADER and isinstance(q.subject, IRI)}
        for other in revised:
            headed |= {q.subject for q in self._contribution(other) if q.predicate in _HEADER}  # type: ignore[misc]
        obligations = {q.subject for q in quads if q.predicate == terms.obligationType and isinstance(q.subject, IRI)}
        records = {*revised, *released, *late}
        for contract in headed:
            records |= self._records_about(facts, contract)
        for obligation in obligations:
            records |= {_graph(quad) for quad in facts.said(None, terms.fulfils, obligation)}
        records.discard(record)
        if not records and not late:
            return None
        return self._subjects(records)

    def _records_about(self, facts: StoreFacts, contract: IRI) -> set[IRI]:
        """The records whose parties are, unless they name them, the parties of the contract."""
        found = {
            _graph(quad)
            for predicate in (terms.scopeContract, terms.ofContract, *_HEADER)
            for quad in (
                facts.said(contract, predicate) if predicate in _HEADER else facts.said(None, predicate, contract)
            )
        }
        for quad in list(facts.said(None, terms.ofContract, contract)):
            found |= {_graph(q) for q in facts.said(None, terms.fulfils, quad.subject)}  # type: ignore[arg-type]
        return found

    def _contribution(self, record: IRI) -> list[Quad]:
        return list(self._store.quads(None, None, None, record))

    def _subjects(self, records: Iterable[IRI]) -> set[IRI]:
        return {q.subject for record in records for q in self._contribution(record) if isinstance(q.subject, IRI)}

    def _settle(self, cursor: int) -> None:
        """Compute again what depends on everything: who is a member, and which affiliates are linked to which sites."""
        pending = self._state(_PENDING)
        now, today = self.members(), self._clock.now().date()
        members = self._facts().members_on(today)
        settled = [*pending, *(self._state_quad(_MEMBER, gone) for gone in now - members)]
        joined = [self._state_quad(_MEMBER, new) for new in members - now]
        if members != now:
            subjects = self._subjects(self._records())
        elif pending:
            subjects = self._linked_subjects()
        else:
            return
        added, removed, changed = difference(self._store, self._facts(members), subjects)
        for start in range(0, max(len(added), len(removed)), _CHUNK):
            self._store.change(added[start : start + _CHUNK], removed[start : start + _CHUNK])
        self._ledger.log_releases(_changes(cursor, changed))
        self._store.change(joined, settled)

    def _records(self) -> list[IRI]:
        return [quad.subject for quad in self._store.quads(None, SUBMITTER, None, PROJECTION)]  # type: ignore[misc]

    def _linked_subjects(self) -> set[IRI]:
        """The subjects of the records that have anything for the affiliates linked to a site."""
        facts = self._facts()
        level = Visibility.LINKED_AFFILIATES.iri
        records = {_graph(quad) for quad in facts.said(None, terms.visibility, level)}
        for quad in list(facts.said(None, terms.toVisibility, level)):
            records |= {q.object for q in facts.said(_graph(quad), terms.releases) if isinstance(q.object, IRI)}
        return self._subjects(records)


def _unsettled(quads: Iterable[Quad]) -> set[Literal]:
    """What a record leaves to settle: memberships, links."""
    found = set()
    for quad in quads:
        if quad.predicate == terms.ORG.role:
            found |= {_MEMBERS, _LINKS}
        elif (
            quad.predicate in {terms.PROV.wasRevisionOf, terms.retracts, terms.releases}
            or (quad.predicate == terms.RDF.type and quad.object in _EDGE_MAKERS)
            or quad.object == Visibility.LINKED_AFFILIATES.iri
        ):
            found.add(_LINKS)
    return found


def _changes(seq: int, changed: Iterable[Reach]) -> list[ReleaseChange]:
    return [
        change
        for subject, before, after in changed
        for change in (
            *(ReleaseChange(seq, subject, graph, "added") for graph in after - before if organization_of(graph)),
            *(ReleaseChange(seq, subject, graph, "removed") for graph in before - after if organization_of(graph)),
        )
    ]


def _graph(quad: Quad) -> IRI:
    return quad.graph_name  # type: ignore[return-value]  # every quad of the store is in a named graph

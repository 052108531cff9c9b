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
from ewgraph.graph.showing import Reach, difference, restated, update
from ewgraph.graph.skolem import skolemise
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
_NOT_SHOWN: Final = frozenset({"alignments.ttl", "prefixes.ttl"})  # the prefixes stand at blank nodes
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
        self._links: dict[IRI, frozenset[IRI]] = {}

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
            self._admit(entries, cursor)
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
        paths = [path for path in sorted(self._vocabulary.rglob("*.ttl")) if path.name not in _NOT_SHOWN]
        contents = [path.read_bytes() for path in paths]
        stamp = Literal(digest(b"\n".join(contents)))
        if self._state_quad(_DIGEST, stamp) in self._store:
            return
        removed = list(self._store.quads(None, None, None, VOCABULARY))
        removed += [Quad(q.subject, q.predicate, q.object, PUBLIC) for q in removed]
        stated = [
            quad for content in contents for quad in parse(content, format=RdfFormat.TURTLE, rename_blank_nodes=True)
        ]
        shown = skolemise(VOCABULARY, stated)
        added = [Quad(q.subject, q.predicate, q.object, graph) for q in shown for graph in (VOCABULARY, PUBLIC)]
        self._store.change([*added, self._state_quad(_DIGEST, stamp)], [*removed, *self._state(_DIGEST)])

    def _facts(self, members: Members | None = None) -> StoreFacts:
        known = self.members() if members is None else members
        return StoreFacts(self._store, self._hops, self._steward, known, self._links)

    def _apply(self, entry: Entry) -> None:
        """Project one record, with the cursor, in one transaction, and what it changes of others."""
        quads = contribution(entry)
        own = [*quads, Quad(entry.iri, SUBMITTER, entry.submitter, PROJECTION)]
        pending = [self._state_quad(_PENDING, what) for what in _unsettled(quads)]
        others, subjects = self._concerned(entry.iri, quads)
        if others:  # what is computed again reads the record's own graph, which no reader does
            self._store.change(own)
        records = {entry.iri: quads, **{other: self._contribution(other) for other in others}}
        added, removed, _ = update(self._store, self._facts(), records, subjects)
        self._store.change([*own, *added, *pending, self._state_quad(_CURSOR, Literal(entry.seq))], removed)

    def _concerned(self, record: IRI, quads: Sequence[Quad]) -> tuple[set[IRI], set[IRI]]:
        """The other records whose audiences this one may change, and the subjects of which it changes what is said."""
        facts = self._facts()
        revised = {q.object for q in quads if q.predicate == terms.PROV.wasRevisionOf and isinstance(q.object, IRI)}
        released = {q.object for q in quads if q.predicate == terms.releases and isinstance(q.object, IRI)}
        revising = {_graph(quad) for quad in facts.said(None, terms.PROV.wasRevisionOf, record)}
        releasing = {_graph(quad) for quad in facts.said(None, terms.releases, record)}
        headed = {q.subject for q in quads if q.predicate in _HEADER}
        subjects = set[IRI]()
        for other in revised:
            before = self._contribution(other)
            headed |= {q.subject for q in before if q.predicate in _HEADER}
            subjects |= restated(quads, before)
        for other in revising:
            subjects |= restated(self._contribution(other), quads)
        records = revised | released | revising | releasing
        for contract in headed:
            records |= self._records_about(facts, contract)  # type: ignore[arg-type]  # no blank nodes
        for obligation in {q.subject for q in quads if q.predicate == terms.obligationType}:
            records |= {_graph(quad) for quad in facts.said(None, terms.fulfils, obligation)}  # type: ignore[arg-type]
        return records - {record}, subjects

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

    def _admit(self, entries: Iterable[Entry], cursor: int) -> None:
        """Settle who is a member before the records that it decides on: a change afterwards touches them all."""
        for entry in entries:
            quads = contribution(entry)
            if _MEMBERS in _unsettled(quads):
                submitted = Quad(entry.iri, SUBMITTER, entry.submitter, PROJECTION)
                self._store.change([*quads, submitted, self._state_quad(_PENDING, _MEMBERS)])
        if self._state_quad(_PENDING, _MEMBERS) in self._store:
            self._settle(cursor)

    def _settle(self, cursor: int) -> None:
        """Compute again what depends on everything: who is a member, and which affiliates are linked to which sites."""
        self._links.clear()  # until here they were those of before, which was good enough: now they count
        pending = self._state(_PENDING)
        now, today = self.members(), self._clock.now().date()
        members = self._facts().members_on(today)
        settled = [*pending, *(self._state_quad(_MEMBER, gone) for gone in now - members)]
        joined = [self._state_quad(_MEMBER, new) for new in members - now]
        if members != now:
            added, removed, changed = difference(self._store, self._facts(members), self._subjects(self._records()))
        elif pending:
            linked = {record: self._contribution(record) for record in self._records_for_linked()}
            added, removed, changed = update(self._store, self._facts(), linked)
        else:
            return
        for start in range(0, max(len(added), len(removed)), _CHUNK):
            self._store.change(added[start : start + _CHUNK], removed[start : start + _CHUNK])
        self._ledger.log_releases(_changes(cursor, changed))
        self._store.change(joined, settled)

    def _records(self) -> list[IRI]:
        return [quad.subject for quad in self._store.quads(None, SUBMITTER, None, PROJECTION)]  # type: ignore[misc]

    def _records_for_linked(self) -> set[IRI]:
        """The records that have anything for the affiliates linked to a site."""
        facts = self._facts()
        level = Visibility.LINKED_AFFILIATES.iri
        records = {_graph(quad) for quad in facts.said(None, terms.visibility, level)}
        for quad in list(facts.said(None, terms.toVisibility, level)):
            records |= {q.object for q in facts.said(_graph(quad), terms.releases) if isinstance(q.object, IRI)}
        return records


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

"""The projector: applies the ledger's records, in order, to the audience graphs.

The store holds each record's contribution in a graph of the record's own name, which no reader ever reads, and each
triple once more in the widest audience graphs that the policy allows. What a subject shows is a function of the
records that name it, so any subject can be computed again at any time. The cursor is written in the transaction of the
record it counts: a crash at any point is followed by the same graph.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final
from typing import Literal as OneOf

from ewgraph.catalogue import StoredQuery
from ewgraph.clock import Clock
from ewgraph.graph.audience import PUBLIC, Audiences, Members, chain_of_staff, is_audience
from ewgraph.graph.change import Change, Follower
from ewgraph.graph.content import contribution
from ewgraph.graph.cursor import cursor, cursor_quad, stale_cursors
from ewgraph.graph.facts import OPENED, StoreFacts
from ewgraph.graph.links import Linked
from ewgraph.graph.membership import MEMBER, PARTNER
from ewgraph.graph.membership import members as members_of
from ewgraph.graph.membership import partners as partners_of
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.settled import Settled
from ewgraph.graph.showing import difference, update
from ewgraph.graph.skolem import skolemise
from ewgraph.graph.tally import Tally
from ewgraph.graph.trust import PROJECTION, SUBMITTER, VOCABULARY, VOCABULARY_STAMP, graph_of
from ewgraph.ledger import Entry, Ledger, ReleaseChange, ReleaseLog
from ewgraph.model import terms
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI, Literal, Quad, RdfFormat, datetime_literal, digest, parse

_RELEASED_UNTIL: Final = IRI("https://w3id.org/ewgraph/projection#releasedUntil")
_PENDING: Final = IRI(PROJECTION.value + "#pending")
_ERASURES: Final = IRI(PROJECTION.value + "#erasures")

_LINKS: Final = Literal("links")
_HEADER: Final = (terms.buyer, terms.contractor)
_ROLE: Final = str(terms.ORG.role).encode()
_NOT_SHOWN: Final = frozenset({"alignments.ttl", "prefixes.ttl"})  # the prefixes stand at blank nodes
_BATCH: Final = 256
_STAFF_READ: Final = frozenset(chain_of_staff())
_CHUNK: Final = 50_000
_ROUNDS: Final = 8


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
        follower: Follower | None = None,
        release_log: ReleaseLog | None = None,
    ) -> None:
        """Project into the store.

        Args:
            ledger: what is projected.
            store: where to.
            hops: the query that tells the hops at a site.
            steward: who may say who is a member.
            vocabulary: the folder of the ontology.
            clock: tells the day.
            follower: is told of all that changes in the audience graphs.
            release_log: where it is noted who comes to see what; None where the ledger is projected again.
        """
        self._ledger = ledger
        self._store = store
        self._hops = hops
        self._steward = steward
        self._vocabulary = vocabulary
        self._clock = clock
        self._follower = follower
        self._release_log = release_log
        self._tally = Tally(store)
        self._settled = Settled()

    @property
    def store(self) -> GraphStore:
        """The store that is kept in step."""
        return self._store

    def cursor(self) -> int:
        """The sequence number of the last record that the graph shows; 0 for none."""
        return cursor(self._store)

    def members(self) -> Members:
        """The affiliates and monitoring partners, as the graph was projected for."""
        return members_of(self._store)

    @property
    def tally(self) -> Tally:
        """How much each audience graph shows."""
        return self._tally

    @property
    def outlived(self) -> bool:
        """Whether the graph may hold what was erased since it was begun: then it has to be made again."""
        begun = [quad.object for quad in self._state(_ERASURES)] or [Literal("0")]
        return begun != [Literal(str(self._ledger.erasures()))] and self.cursor() > 0

    def surplus(self) -> tuple[list[Quad], list[Quad]]:
        """What the graph lacks and what it shows too much, by computing all of it anew: nothing, unless it is damaged.

        It takes time and memory in proportion to the graph.
        """
        graphs = [*self._records(), *(graph for graph in self._store.graphs() if is_audience(graph))]
        subjects = {quad.subject for graph in graphs for quad in self._store.quads(None, None, None, graph)}
        changes = difference(self._store, self._facts(links={}), subjects)  # type: ignore[arg-type]  # no blank nodes
        return [quad for each in changes for quad in each.added], [quad for each in changes for quad in each.removed]

    def _state(self, predicate: IRI) -> list[Quad]:
        return list(self._store.quads(PROJECTION, predicate, None, PROJECTION))

    def _state_quad(self, predicate: IRI, value: IRI | Literal) -> Quad:
        return Quad(PROJECTION, predicate, value, PROJECTION)

    def catch_up(
        self, progress: Callable[[int], None] | None = None, *, enough: Callable[[], bool] = lambda: False
    ) -> int:
        """Apply what the ledger holds beyond the cursor; then settle memberships and links that it changed.

        Args:
            progress: called with the sequence number of each record applied.
            enough: asked after each record whether the rest may wait for another time.

        Returns:
            The cursor.
        """
        self._load_vocabulary()
        shown, stopped = self.cursor(), False
        if not shown and not self._state(_ERASURES):
            self._store.change([self._state_quad(_ERASURES, Literal(str(self._ledger.erasures())))])
        while not stopped and (entries := self._ledger.entries(shown, _BATCH)):
            self._admit(entries, shown)
            for entry in entries:
                self._apply(entry)
                shown = entry.seq
                if progress:
                    progress(shown)
                if stopped := enough():
                    break
            self._clear()
        self._settle(shown)
        return shown

    def _clear(self) -> None:
        """Clear away the cursors and counts of before: it costs less to do it once than in each transaction."""
        self._store.change([], [*stale_cursors(self._store), *self._tally.stale()])

    def _load_vocabulary(self) -> None:
        """Show the ontology and code lists to everybody; load them again when their files changed."""
        paths = [path for path in sorted(self._vocabulary.rglob("*.ttl")) if path.name not in _NOT_SHOWN]
        contents = [path.read_bytes() for path in paths]
        stamp = Literal(digest(b"\n".join(contents)))
        if self._state_quad(VOCABULARY_STAMP, stamp) in self._store:
            return
        removed = list(self._store.quads(None, None, None, VOCABULARY))
        removed += [Quad(q.subject, q.predicate, q.object, PUBLIC) for q in removed]
        stated = [
            quad for content in contents for quad in parse(content, format=RdfFormat.TURTLE, rename_blank_nodes=True)
        ]
        shown = skolemise(VOCABULARY, stated)
        added = [Quad(q.subject, q.predicate, q.object, graph) for q in shown for graph in (VOCABULARY, PUBLIC)]
        self._store.change(
            [*added, self._state_quad(VOCABULARY_STAMP, stamp)], [*removed, *self._state(VOCABULARY_STAMP)]
        )

    def _facts(
        self,
        members: Members | None = None,
        partners: frozenset[IRI] | None = None,
        released_until: dt.datetime | None = None,
        links: dict[IRI, Linked] | None = None,
    ) -> StoreFacts:
        known = [q.object.value for q in self._state(_RELEASED_UNTIL) if isinstance(q.object, Literal)]
        return StoreFacts(
            self._store,
            self._hops,
            steward=self._steward,
            members=self.members() if members is None else members,
            partners=partners_of(self._store) if partners is None else partners,
            links=self._settled.sites if links is None else links,
            released_until=released_until or (dt.datetime.fromisoformat(known[0]) if known else None),
        )

    def _apply(self, entry: Entry) -> None:
        """Project one record and what it changes of others, with the cursor, in one transaction.

        Its own graph goes first: the policy looks there, no reader does, and writing it again changes nothing.
        """
        quads = contribution(entry)
        self._store.change([*quads, Quad(entry.iri, SUBMITTER, entry.submitter, PROJECTION)])
        facts = self._facts()
        records = {entry.iri: quads, **{other: facts.record(other) for other in _concerned(facts, entry.iri, quads)}}
        self._settled.touch(facts, entry.iri, quads)
        changes = update(self._store, facts, records)
        self._log(entry.seq, [change for change in changes if change.before])
        self._write(changes, [self._state_quad(_PENDING, _LINKS), cursor_quad(entry.seq)])

    def _write(self, changes: Sequence[Change], state: Sequence[Quad] = ()) -> None:
        """Write the changes, and what they count for, in one transaction."""
        added = [quad for change in changes for quad in change.added]
        removed = [quad for change in changes for quad in change.removed]
        line, lines = self._tally.counted(changes)
        with self._follower.following(changes, line.text) if self._follower else nullcontext():
            self._store.change([*added, *lines, *state], removed)

    def _admit(self, entries: Iterable[Entry], cursor: int) -> None:
        """Settle who is a member before the records that it decides on: a change afterwards touches them all."""
        rights = [entry for entry in entries if _ROLE in entry.content]
        for entry in rights:
            submitted = Quad(entry.iri, SUBMITTER, entry.submitter, PROJECTION)
            self._store.change([*contribution(entry), submitted, self._state_quad(_PENDING, _LINKS)])
        if rights:
            self._settled.forget()
            self._settle(cursor)

    def _settle(self, cursor: int) -> None:
        """Compute again what depends on everything or on the day: members, links to sites, releases that come due."""
        pending = self._state(_PENDING)
        facts, now = self._facts(), self._clock.now()
        partners = facts.partners_on(now.date())
        members = partners | facts.affiliates_on(now.date())
        due = facts.coming_due(now)
        until = max(due.values(), default=None)
        standing = {*self._standing(MEMBER, members), *self._standing(PARTNER, partners)}
        before = {*self._state(MEMBER), *self._state(PARTNER)}
        if standing != before:
            self._settled.forget()
            self._settled.sites.clear()
            facts = self._facts(members, partners, until)
            subjects = {q.subject for record in self._records() for q in facts.record(record)}
            self._show(cursor, difference(self._store, facts, subjects))  # type: ignore[arg-type]  # no blank nodes
        elif due:
            facts = self._facts(members, partners, until)
            opened = {record: facts.record(record) for record in _with_dependents(facts, due)}
            self._show(cursor, update(self._store, facts, opened))
        elif not pending:
            return
        try:
            self._settle_links(cursor, lambda: self._facts(members, partners, until))
        except BaseException:
            self._settled.forget()  # what was to be asked again is not known any more
            raise
        released = [self._state_quad(_RELEASED_UNTIL, datetime_literal(until))] if until else []
        outdated = self._state(_RELEASED_UNTIL) if until else []
        self._store.change([*(standing - before), *released], [*pending, *(before - standing), *outdated])
        self._clear()

    def _settle_links(self, cursor: int, known: Callable[[], StoreFacts]) -> None:
        """Compute again the records for linked affiliates that may be seen by others now."""
        for _ in range(_ROUNDS):  # what staff come to see can, in theory, change what links others
            facts = known()
            concerned = self._settled.concerned(facts, self._records_for_linked(facts))
            linked = {record: facts.record(record) for record in _with_dependents(facts, concerned)}
            changes = update(self._store, facts, linked)
            self._settled.keep(facts, ((record, linked[record]) for record in concerned))
            self._show(cursor, changes)
            if not any(change.said and _moves_for_staff(change) for change in changes):
                break
            self._settled.forget()

    def _show(self, cursor: int, changes: Sequence[Change]) -> None:
        """Log the releases in changes that may be many, and write them, each whole."""
        self._log(cursor, changes)
        waiting: list[Change] = []
        size = 0
        for change in changes:
            waiting.append(change)
            size += change.size
            if size > _CHUNK:
                self._write(waiting)
                waiting, size = [], 0
        if waiting:
            self._write(waiting)

    def _log(self, seq: int, changes: Sequence[Change]) -> None:
        """Note who ceases to see something, and who comes to see it though it was there before.

        It comes before the change: if the service is killed between the two, both are done again, and noted once.
        """
        if self._release_log:
            self._release_log.note(_released(seq, changes))

    def _standing(self, predicate: IRI, organizations: Iterable[IRI]) -> list[Quad]:
        return [self._state_quad(predicate, organization) for organization in organizations]

    def _records(self) -> list[IRI]:
        return [quad.subject for quad in self._store.quads(None, SUBMITTER, None, PROJECTION)]  # type: ignore[misc]

    def _records_for_linked(self, facts: StoreFacts) -> set[IRI]:
        """The records that have anything for the affiliates linked to a site."""
        level = Visibility.LINKED_AFFILIATES.iri
        records = {graph_of(quad) for quad in facts.said(None, terms.visibility, level)}
        for quad in list(facts.said(None, terms.toVisibility, level)):
            records |= {q.object for q in facts.said(graph_of(quad), terms.releases) if isinstance(q.object, IRI)}
        return records


def _moves_for_staff(change: Change) -> bool:
    """Whether staff come to see something, or see it no more: links are followed in what they see."""
    return change.before.isdisjoint(_STAFF_READ) != change.after.isdisjoint(_STAFF_READ)


def _concerned(facts: StoreFacts, record: IRI, quads: Sequence[Quad]) -> set[IRI]:
    """The other records whose audiences a record may change: by its rights, or by ending those it revises."""
    found = set[IRI]()
    revised = [q.object for q in quads if q.predicate == terms.PROV.wasRevisionOf and isinstance(q.object, IRI)]
    for said in (quads, *map(facts.record, revised)):
        found |= {q.object for q in said if q.predicate in OPENED and isinstance(q.object, IRI)}
        found |= {graph_of(q) for q in said if q.predicate == terms.inFavourOf}
        for contract in {q.subject for q in said if q.predicate in _HEADER}:
            found |= _records_about(facts, contract)  # type: ignore[arg-type]  # no blank nodes
        for owed in {q.subject for q in said if q.predicate == terms.ofContract}:
            found |= {graph_of(quad) for quad in facts.said(None, terms.fulfils, owed)}  # type: ignore[arg-type]
    return _with_dependents(facts, found | {record}) - {record}


def _with_dependents(facts: StoreFacts, records: Iterable[IRI]) -> set[IRI]:
    """The records, and those that are seen where statements of theirs are seen: replies, then retractions."""
    held = set(records)
    held = held.union(*map(facts.replies_to, held))
    return held.union(*map(facts.retractions_in_favour_of, held))


def _records_about(facts: StoreFacts, contract: IRI) -> set[IRI]:
    """The records whose parties are, unless they name them, the parties of the contract."""
    of_contract = list(facts.said(None, terms.ofContract, contract))
    about = [*of_contract, *facts.said(None, terms.scopeContract, contract)]
    for predicate in _HEADER:
        about += facts.said(contract, predicate)
    for quad in of_contract:
        about += facts.said(None, terms.fulfils, quad.subject)  # type: ignore[arg-type]  # no blank nodes
    return set(map(graph_of, about))


def _released(seq: int, changes: Iterable[Change]) -> list[ReleaseChange]:
    return [
        released
        for change in changes
        for released in (
            *_moved(seq, change.subject, change.after - change.before, "added"),
            *_moved(seq, change.subject, change.before - change.after, "removed"),
        )
    ]


def _moved(seq: int, subject: IRI, graphs: Audiences, how: OneOf["added", "removed"]) -> list[ReleaseChange]:
    return [ReleaseChange(seq, subject, graph, how) for graph in graphs]

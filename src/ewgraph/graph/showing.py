"""What a subject shows to whom: the difference between the audience graphs as they are and as they should be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ewgraph.graph.audience import AFFILIATES, NOBODY, PUBLIC, Audiences, Members, is_audience, widest
from ewgraph.graph.change import Change
from ewgraph.graph.facts import StoreFacts
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.policy import audiences
from ewgraph.graph.trust import VOCABULARY, graph_of
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad

STATEMENTS: Final = terms.CLAIM_CLASSES | terms.RECORD_CLASSES | terms.ACTIVITY_CLASSES | {terms.Coverage}
"""The classes of what stands in one record and never changes."""

_CUMULATIVE: Final = frozenset({terms.RDF.type, terms.describedIn, terms.assertedIn})


def update(
    store: GraphStore,
    facts: StoreFacts,
    records: Mapping[IRI, Sequence[Quad]],
) -> list[Change]:
    """What changes in the audience graphs, now that the policy gives these records these audiences.

    A record alone decides who sees its own statements. An entity that it names is only ever shown to more, unless a
    statement of the record is shown to fewer than before, or a revision says something else of it; then all records
    that name it are asked. So a record that only adds costs what it says, however many others name the same entities.
    """
    again = _restated_subjects(facts, records)
    given: defaultdict[IRI, defaultdict[Quad, set[IRI]]] = defaultdict(lambda: defaultdict(set))
    changes: list[Change] = []
    for record, quads in records.items():
        seen_by = audiences(record, quads, facts)
        by_subject = _by_subject(quads)
        statements = {quad.subject for quad in quads if quad.predicate == terms.RDF.type and quad.object in STATEMENTS}
        for subject in by_subject.keys() & statements:
            wanted = widest(seen_by.get(subject, NOBODY), facts.members)
            change = _settled(store, subject, by_subject[subject], wanted)
            if change.size:
                changes.append(change)
            if widest(change.before | wanted, facts.members) != wanted:
                again |= by_subject.keys() - statements
        for subject in by_subject.keys() - statements:
            for quad in by_subject[subject]:
                given[subject][_triple(quad)] |= seen_by.get(subject, NOBODY)
    widened = (_widened(store, subject, given[subject], facts.members) for subject in given.keys() - again)
    changes += (change for change in widened if change.size)
    return [*changes, *difference(store, facts, again)]


def _settled(store: GraphStore, subject: IRI, quads: Sequence[Quad], wanted: Audiences) -> Change:
    """Show a statement to the wanted audiences and to no others."""
    now = {quad for quad in store.quads(subject) if is_audience(quad.graph_name)}
    if not now:  # a new statement, as most are: what it contributes is given once each
        added = [one for quad in quads for one in _in(quad, wanted)]
        return Change(subject, added, (), NOBODY, wanted, quads)
    then = {one for quad in quads for one in _in(quad, wanted)}
    return Change(subject, list(then - now), list(now - then), frozenset(map(graph_of, now)), wanted, quads)


def _widened(
    store: GraphStore,
    subject: IRI,
    triples: Mapping[Quad, set[IRI]],
    members: Members,
) -> Change:
    """Show the triples of an entity to more audiences."""
    added: list[Quad] = []
    removed: list[Quad] = []
    for triple, reach in triples.items():
        _widen(store, triple, widest(reach, members), members, added, removed)
    return Change(subject, added, removed, NOBODY, NOBODY)


def _widen(  # noqa: PLR0913, PLR0917  # one triple's whole case
    store: GraphStore,
    triple: Quad,
    given: Audiences,
    members: Members,
    added: list[Quad],
    removed: list[Quad],
) -> None:
    """Show a triple to more audiences.

    Only when it becomes visible to everybody, or to all members, are the others looked for: a triple that very many
    records repeat costs no more than one that a single record says.
    """

    def holding(graphs: Iterable[IRI]) -> Audiences:
        return frozenset(graph for graph in graphs if _in(triple, (graph,))[0] in store)

    now = holding((PUBLIC, AFFILIATES))
    if PUBLIC in now or given <= now:
        return
    if AFFILIATES in now and PUBLIC not in given:
        now |= holding(given - now)
    elif given.isdisjoint((PUBLIC, AFFILIATES)):
        now = holding(given)
    else:
        same = store.quads(triple.subject, triple.predicate, triple.object)  # type: ignore[arg-type]  # no blank nodes
        now = frozenset(graph_of(quad) for quad in same if is_audience(quad.graph_name))
    wanted = widest(now | given, members)
    added += _in(triple, wanted - now)
    removed += _in(triple, now - wanted)


def _restated_subjects(facts: StoreFacts, records: Mapping[IRI, Sequence[Quad]]) -> set[IRI]:
    """The subjects of which a revision says something else, where it or what it revises is among the records."""
    found = set[IRI]()
    for record, quads in records.items():
        revised = {quad.object for quad in facts.said(record, terms.PROV.wasRevisionOf)}
        revising = {graph_of(quad) for quad in facts.said(None, terms.PROV.wasRevisionOf, record)}
        for old in revised:
            found |= _restated(quads, facts.record(old))  # type: ignore[arg-type]  # no blank nodes
        for new in revising:
            found |= _restated(facts.record(new), quads)
    return found


def _restated(new: Sequence[Quad], old: Sequence[Quad]) -> set[IRI]:
    said, anew = set(map(_triple, new)), {(quad.subject, quad.predicate) for quad in new}
    return {
        quad.subject
        for quad in old
        if (quad.subject, quad.predicate) in anew and isinstance(quad.subject, IRI) and _triple(quad) not in said
    }


def difference(store: GraphStore, facts: StoreFacts, subjects: Iterable[IRI]) -> list[Change]:
    """What changes in the audience graphs, so that the subjects show what all records say of them."""
    showing = _Showing(store, facts)
    changes: list[Change] = []
    for subject in sorted(subjects, key=lambda node: node.value):
        wanted = showing.wanted(subject)
        now: defaultdict[tuple[IRI, object], set[IRI]] = defaultdict(set)
        for quad in store.quads(subject):
            if is_audience(quad.graph_name):
                now[quad.predicate, quad.object].add(graph_of(quad))
        added: list[Quad] = []
        removed: list[Quad] = []
        for key in wanted.keys() | now.keys():
            quad = Quad(subject, key[0], key[1])  # type: ignore[arg-type]
            added += _in(quad, wanted.get(key, NOBODY) - now[key])
            removed += _in(quad, now[key] - wanted.get(key, NOBODY))
        if added or removed:
            before, after = NOBODY.union(*now.values()), NOBODY.union(*wanted.values())
            changes.append(Change(subject, added, removed, before, after, showing.said(subject)))
    return changes


class _Showing:
    """Computes what subjects should show, from the records' own graphs; each record's policy runs once."""

    def __init__(self, store: GraphStore, facts: StoreFacts) -> None:
        self._store = store
        self._facts = facts
        self._audiences: dict[IRI, dict[IRI, Audiences]] = {}

    def _seen_by(self, record: IRI, subject: IRI) -> Audiences:
        if record not in self._audiences:
            self._audiences[record] = audiences(record, self._facts.record(record), self._facts)
        return self._audiences[record].get(subject, NOBODY)

    def said(self, subject: IRI) -> Sequence[Quad]:
        """All that is said of a record or statement; nothing of an entity."""
        quads = list(self._facts.said(subject))
        return quads if STATEMENTS & {q.object for q in quads if q.predicate == terms.RDF.type} else ()

    def wanted(self, subject: IRI) -> dict[tuple[IRI, object], Audiences]:
        """The audience graphs of each property and value that the records give the subject."""
        said: defaultdict[IRI, list[Quad]] = defaultdict(list)
        for quad in self._facts.said(subject):
            said[graph_of(quad)].append(quad)
        restated = self._restated(subject, said)
        given: defaultdict[tuple[IRI, object], set[IRI]] = defaultdict(set)
        for quad in self._store.quads(subject, None, None, VOCABULARY):
            given[quad.predicate, quad.object].add(PUBLIC)
        for record, quads in said.items():
            reach = self._seen_by(record, subject)
            for quad in quads:
                if (record, quad.predicate, quad.object) not in restated:
                    given[quad.predicate, quad.object] |= reach
        return {key: widest(reach, self._facts.members) for key, reach in given.items()}

    def _restated(self, subject: IRI, said: dict[IRI, list[Quad]]) -> set[tuple[IRI, IRI, object]]:
        """What a revision that is seen at least as widely says anew of an entity: the old values show no more."""
        classes = {quad.object for quads in said.values() for quad in quads if quad.predicate == terms.RDF.type}
        if classes & STATEMENTS:
            return set()
        found: set[tuple[IRI, IRI, object]] = set()
        for old, quads in said.items():
            for new in {graph_of(link) for link in self._facts.said(None, terms.PROV.wasRevisionOf, old)} & said.keys():
                if not self._as_wide(subject, new, old):
                    continue
                anew = {quad.predicate for quad in said[new]} - _CUMULATIVE
                kept = {(quad.predicate, quad.object) for quad in said[new]}
                found |= {
                    (old, quad.predicate, quad.object)
                    for quad in quads
                    if quad.predicate in anew and (quad.predicate, quad.object) not in kept
                }
        return found

    def _as_wide(self, subject: IRI, new: IRI, old: IRI) -> bool:
        """Whether whoever sees the subject in the old record sees it in the new one."""
        members = self._facts.members
        anew = widest(self._seen_by(new, subject), members)
        return widest(anew | self._seen_by(old, subject), members) == anew


def _by_subject(quads: Iterable[Quad]) -> dict[IRI, list[Quad]]:
    found: defaultdict[IRI, list[Quad]] = defaultdict(list)
    for quad in quads:
        found[quad.subject].append(quad)  # type: ignore[index]  # a contribution has no blank nodes
    return dict(found)


def _triple(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def _in(quad: Quad, graphs: Iterable[IRI]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object, graph) for graph in graphs]

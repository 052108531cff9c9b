"""What a subject shows to whom: the difference between the audience graphs as they are and as they should be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, TypeAlias

from ewgraph.graph.audience import AFFILIATES, NOBODY, PUBLIC, Audiences, is_audience, widest
from ewgraph.graph.facts import StoreFacts
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.policy import audiences
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad

Reach: TypeAlias = tuple[IRI, Audiences, Audiences]
"""A subject with the audiences it was shown to and is shown to."""

_STATEMENTS: Final = terms.CLAIM_CLASSES | terms.RECORD_CLASSES | terms.ACTIVITY_CLASSES | {terms.Coverage}
_CUMULATIVE: Final = frozenset({terms.RDF.type, terms.describedIn, terms.assertedIn})


def additions(
    store: GraphStore,
    facts: StoreFacts,
    record: IRI,
    quads: Sequence[Quad],
) -> tuple[list[Quad], list[Quad]]:
    """What a record that changes nothing elsewhere adds to the audience graphs, and what that makes superfluous.

    What only it says (itself, its claims) needs no look at the store.
    """
    seen_by = audiences(record, quads, facts)
    own = {quad.subject for quad in quads if quad.predicate == terms.RDF.type and quad.object in _STATEMENTS}
    reduced = cache(lambda reach: widest(reach, facts.members))
    added: dict[Quad, None] = {}
    removed: list[Quad] = []
    for quad in quads:
        given = reduced(seen_by.get(quad.subject, NOBODY))  # type: ignore[arg-type]  # no blank nodes
        now = NOBODY if quad.subject in own else _shown(store, quad, given)
        wanted = reduced(now | given)
        added.update(dict.fromkeys(_in(quad, wanted - now)))
        removed += _in(quad, now - wanted)
    return list(added), removed


def _shown(store: GraphStore, quad: Quad, given: Audiences) -> Audiences:
    """Those audience graphs holding the triple that matter when it is given to more.

    Only when it becomes visible to everybody, or to all members, are the others looked for: a triple that very many
    records repeat costs no more than one that a single record says.
    """

    def holding(graphs: Iterable[IRI]) -> Audiences:
        return frozenset(graph for graph in graphs if _in(quad, (graph,))[0] in store)

    wide = holding((PUBLIC, AFFILIATES))
    if PUBLIC in wide or (AFFILIATES in wide and PUBLIC not in given):
        return wide | holding(given - wide)
    if given.isdisjoint((PUBLIC, AFFILIATES)):
        return holding(given)
    same = store.quads(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]  # no blank nodes
    return frozenset(_graph(one) for one in same if is_audience(one.graph_name))


def difference(
    store: GraphStore,
    facts: StoreFacts,
    subjects: Iterable[IRI],
) -> tuple[list[Quad], list[Quad], list[Reach]]:
    """What to add to the audience graphs and to remove, so that the subjects show what they should.

    Returns:
        The quads to add, the quads to remove, and the subjects whose audiences that changes.
    """
    showing = _Showing(store, facts)
    added: list[Quad] = []
    removed: list[Quad] = []
    changed: list[Reach] = []
    for subject in sorted(subjects, key=lambda node: node.value):
        wanted = showing.wanted(subject)
        now: defaultdict[tuple[IRI, object], set[IRI]] = defaultdict(set)
        for quad in store.quads(subject):
            if is_audience(quad.graph_name):
                now[quad.predicate, quad.object].add(_graph(quad))
        for key in wanted.keys() | now.keys():
            quad = Quad(subject, key[0], key[1])  # type: ignore[arg-type]
            added += _in(quad, wanted.get(key, NOBODY) - now[key])
            removed += _in(quad, now[key] - wanted.get(key, NOBODY))
        before, after = NOBODY.union(*now.values()), NOBODY.union(*wanted.values())
        if before != after:
            changed.append((subject, before, after))
    return added, removed, changed


class _Showing:
    """Computes what subjects should show, from the records' own graphs; each record's policy runs once."""

    def __init__(self, store: GraphStore, facts: StoreFacts) -> None:
        self._store = store
        self._facts = facts
        self._audiences: dict[IRI, dict[IRI, Audiences]] = {}

    def _seen_by(self, record: IRI, subject: IRI) -> Audiences:
        if record not in self._audiences:
            quads = list(self._store.quads(None, None, None, record))
            self._audiences[record] = audiences(record, quads, self._facts)
        return self._audiences[record].get(subject, NOBODY)

    def wanted(self, subject: IRI) -> dict[tuple[IRI, object], Audiences]:
        """The audience graphs of each property and value that the records give the subject."""
        said: defaultdict[IRI, list[Quad]] = defaultdict(list)
        for quad in self._facts.said(subject):
            said[_graph(quad)].append(quad)
        restated = self._restated(subject, said)
        given: defaultdict[tuple[IRI, object], set[IRI]] = defaultdict(set)
        for record, quads in said.items():
            reach = self._seen_by(record, subject)
            for quad in quads:
                if (record, quad.predicate, quad.object) not in restated:
                    given[quad.predicate, quad.object] |= reach
        return {key: widest(reach, self._facts.members) for key, reach in given.items()}

    def _restated(self, subject: IRI, said: dict[IRI, list[Quad]]) -> set[tuple[IRI, IRI, object]]:
        """What a revision that is seen at least as widely says anew of an entity: the old values show no more."""
        classes = {quad.object for quads in said.values() for quad in quads if quad.predicate == terms.RDF.type}
        if classes & _STATEMENTS:
            return set()
        found: set[tuple[IRI, IRI, object]] = set()
        for old, quads in said.items():
            for new in {_graph(link) for link in self._facts.said(None, terms.PROV.wasRevisionOf, old)} & said.keys():
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


def _in(quad: Quad, graphs: Iterable[IRI]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object, graph) for graph in graphs]


def _graph(quad: Quad) -> IRI:
    return quad.graph_name  # type: ignore[return-value]  # every quad of the store is in a named graph

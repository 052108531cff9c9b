"""What the audience graphs show as it stands, told as changes from nothing: for a follower that missed how it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ewgraph.graph.audience import NOBODY, Audiences, is_audience
from ewgraph.graph.change import Change
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.showing import STATEMENTS
from ewgraph.graph.trust import PROJECTION, SUBMITTER
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad


def records(store: GraphStore) -> Iterator[IRI]:
    """All records that the store holds, in no order."""
    for quad in store.quads(None, SUBMITTER, None, PROJECTION):
        yield quad.subject  # type: ignore[misc]  # the store holds no blank nodes


def statements(store: GraphStore, record: IRI) -> list[Change]:
    """The record and its statements, each with the audiences that it is shown to now, if any."""
    by_subject: defaultdict[IRI, list[Quad]] = defaultdict(list)
    for quad in store.quads(None, None, None, record):
        by_subject[quad.subject].append(quad)  # type: ignore[index]  # the store holds no blank nodes
    return [
        Change(subject, (), (), NOBODY, _audiences(store, quads[0]), quads)
        for subject, quads in by_subject.items()
        if STATEMENTS & {quad.object for quad in quads if quad.predicate == terms.RDF.type}
    ]


def facts(
    store: GraphStore,
    predicate: IRI,
    subject: IRI | None = None,
    value: IRI | None = None,
) -> Iterator[Quad]:
    """The triples of that pattern in audience graphs; None stands for anything."""
    return (quad for quad in store.quads(subject, predicate, value) if is_audience(quad.graph_name))


def _audiences(store: GraphStore, said: Quad) -> Audiences:
    same = store.quads(said.subject, said.predicate, said.object)  # type: ignore[arg-type]  # no blank nodes
    return frozenset(quad.graph_name for quad in same if is_audience(quad.graph_name))  # type: ignore[misc]

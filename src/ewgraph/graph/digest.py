"""Digests of what the graph shows, computed from all of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from ewgraph.graph.audience import is_audience
from ewgraph.graph.change import Shown, of_statement, of_triple
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.showing import STATEMENTS
from ewgraph.graph.trust import VOCABULARY
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad


def graph_digest(store: GraphStore) -> str:
    """The SHA-256 of the canonical N-Quads (RDFC-1.0) of all audience graphs: equal if and only if they are isomorphic.

    The store holds no blank nodes, so the canonical form is the lines in code point order. It takes memory in
    proportion to the graph.
    """
    lines = sorted(store.dump(graph for graph in store.graphs() if is_audience(graph)))
    summed = hashlib.sha256()
    for line in lines:
        summed.update(line.encode())
    return summed.hexdigest()


def shown(store: GraphStore) -> dict[IRI, Shown]:
    """What each audience graph shows: what the projector keeps up with each change, but for the vocabulary."""
    found = {graph: _of_graph(store, graph) for graph in store.graphs() if is_audience(graph)}
    return {graph: shown for graph, shown in found.items() if shown != Shown()}


def _of_graph(store: GraphStore, graph: IRI) -> Shown:
    by_subject: defaultdict[IRI, list[Quad]] = defaultdict(list)
    for quad in store.quads(None, None, None, graph):
        by_subject[quad.subject].append(quad)  # type: ignore[index]  # the store holds no blank nodes
    whole = Shown()
    for subject, quads in by_subject.items():
        if STATEMENTS & {quad.object for quad in quads if quad.predicate == terms.RDF.type}:
            whole = whole.and_also(of_statement(subject, quads))
            continue
        for quad in quads:
            if Quad(quad.subject, quad.predicate, quad.object, VOCABULARY) not in store:
                whole = whole.and_also(of_triple(quad))
    return whole

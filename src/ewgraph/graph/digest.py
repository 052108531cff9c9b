"""Digests of what the graph shows: of all of it, and of what a follower of its changes must have seen."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from ewgraph.graph.audience import is_audience
from ewgraph.graph.change import combined, is_followed, of_fact, of_statement
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.showing import STATEMENTS
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


def shown_digest(store: GraphStore) -> int:
    """The digest that the projector keeps up with each change, computed anew from the whole graph."""
    return combined(*(_of_graph(store, graph) for graph in store.graphs() if is_audience(graph)))


def _of_graph(store: GraphStore, graph: IRI) -> int:
    classes: defaultdict[IRI, set[object]] = defaultdict(set)
    facts: defaultdict[IRI, list[Quad]] = defaultdict(list)
    for quad in store.quads(None, None, None, graph):
        if quad.predicate == terms.RDF.type:
            classes[quad.subject].add(quad.object)  # type: ignore[index]  # the store holds no blank nodes
        if is_followed(quad):
            facts[quad.subject].append(quad)  # type: ignore[index]
    statements = {subject for subject, kinds in classes.items() if kinds & STATEMENTS}
    shown = [of_statement(subject, graph) for subject in statements]
    shown += [of_fact(quad) for subject in facts.keys() - statements for quad in facts[subject]]
    return combined(*shown)

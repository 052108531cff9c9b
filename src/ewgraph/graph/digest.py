"""The digest of what the graph shows: equal if and only if the audience graphs are isomorphic."""

from __future__ import annotations

import hashlib

from ewgraph.graph.audience import is_audience
from ewgraph.graph.oxigraph import GraphStore


def graph_digest(store: GraphStore) -> str:
    """The SHA-256 of the canonical N-Quads (RDFC-1.0) of all audience graphs.

    The store holds no blank nodes, so the canonical form is the lines in code point order. It takes memory in
    proportion to the graph.
    """
    lines = sorted(store.dump(graph for graph in store.graphs() if is_audience(graph)))
    summed = hashlib.sha256()
    for line in lines:
        summed.update(line.encode())
    return summed.hexdigest()

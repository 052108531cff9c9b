"""How far the graph has come with the ledger: kept in the store itself, in the transactions that take it further."""

from __future__ import annotations

from typing import Final

from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.trust import PROJECTION
from ewgraph.model.rdf import IRI, Literal, Quad, lexical

_CURSOR: Final = IRI(PROJECTION.value + "#cursor")


def cursor(store: GraphStore) -> int:
    """The sequence number of the last record that the graph shows; 0 for none."""
    return max(map(_number, _quads(store)), default=0)


def cursor_quad(number: int) -> Quad:
    """The quad that says so. One is added with each step, since that is cheaper than to replace the last."""
    return Quad(PROJECTION, _CURSOR, Literal(number), PROJECTION)


def stale_cursors(store: GraphStore) -> list[Quad]:
    """The quads that no longer count."""
    newest = cursor(store)
    return [quad for quad in _quads(store) if _number(quad) < newest]


def _quads(store: GraphStore) -> list[Quad]:
    return list(store.quads(PROJECTION, _CURSOR, None, PROJECTION))


def _number(quad: Quad) -> int:
    return int(lexical(quad.object))

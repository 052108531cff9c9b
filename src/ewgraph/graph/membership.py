"""Who the graph was projected for: the members, kept in the store itself."""

from __future__ import annotations

from typing import Final

from ewgraph.graph.audience import Members
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.trust import PROJECTION
from ewgraph.model.rdf import IRI

MEMBER: Final = IRI(PROJECTION.value + "#member")
PARTNER: Final = IRI(PROJECTION.value + "#partner")


def members(store: GraphStore) -> Members:
    """The affiliates and monitoring partners."""
    return _organizations(store, MEMBER)


def partners(store: GraphStore) -> Members:
    """The monitoring partners among them."""
    return _organizations(store, PARTNER)


def _organizations(store: GraphStore, predicate: IRI) -> Members:
    found = (quad.object for quad in store.quads(PROJECTION, predicate, None, PROJECTION))
    return frozenset(node for node in found if isinstance(node, IRI))

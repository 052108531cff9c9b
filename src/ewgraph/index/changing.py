"""What changed in chains between two instants, from the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from ewgraph.index.layout import HOP_KINDS, KIND_BITS, Kind, pair
from ewgraph.index.look import EdgeRow, Look
from ewgraph.index.rows import edges_at, followed
from ewgraph.index.search import NO_CONTRACT
from ewgraph.index.touches import upstream
from ewgraph.model.changes import Differences, Entry
from ewgraph.model.instants import moment
from ewgraph.model.rdf import IRI

_ALL: Final = 1 << pair(0, 0)

Edges = npt.NDArray[np.int64]


def differences(  # noqa: PLR0913  # the arguments of the question
    before: Look,
    after: Look,
    starts: Iterable[IRI],
    *,
    up: bool,
    is_new: Callable[[IRI], bool],
    new_claims: Mapping[IRI, IRI],
) -> Differences:
    """What the chains of some nodes have at one of two instants only, and what of both the reader came to see.

    Args:
        before: a look as of the one instant.
        after: a look as of the other.
        starts: the nodes.
        up: whether the chains lead upstream, from contracts; otherwise downstream, from sites.
        is_new: whether the reader came to see a record meanwhile.
        new_claims: the claims that the reader came to see meanwhile, each with its record.
    """
    nodes = [node for start in starts if (node := after.node(start)) is not None]
    then, now = _edges(before, nodes, up=up), _edges(after, nodes, up=up)
    both = np.intersect1d(then, now, assume_unique=True)
    return Differences(
        gone=_told(after, np.setdiff1d(then, now, assume_unique=True)),
        new=_told(after, np.setdiff1d(now, then, assume_unique=True)),
        shown=_told(after, _newly_shown(after, both, is_new, new_claims)),
        sites=frozenset(_sites(after, np.union1d(then, now))),
    )


def _edges(look: Look, nodes: Iterable[int], *, up: bool) -> Edges:
    """The edges of the chains that begin at some nodes, ascending."""
    found: list[Edges] = []
    for node in nodes:
        context = (look.sides.supply_into, look.table, look.sight)
        if up:
            search = upstream(look, node, _ALL, node if look.is_contract(node) else NO_CONTRACT, None)
            found.append(edges_at(look.sides.covers_out, *context, node))
            found.append(followed(look.sides.supply_out, *context, search.events, search.number))
            look.forget(search)
        else:
            with look.downstream(look.names(node), _ALL) as search:
                sides = (look.sides.supply_into, look.sides.covers_into)
                found += (followed(side, *context, search.events, search.number) for side in sides)
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def _newly_shown(
    look: Look,
    edges: Edges,
    is_new: Callable[[IRI], bool],
    new_claims: Mapping[IRI, IRI],
) -> Edges:
    """The edges among some that stand in records, or are claims, that the reader came to see."""
    records = look.table.edges[edges]["record"]
    new = [one for one in np.unique(records).tolist() if is_new(IRI(look.holding.records.names[one]))]
    found = [edges[np.isin(records, new)]]
    for claim, record in new_claims.items():
        number = look.holding.records.find(record.value)
        if number is not None:
            found.append(np.array(look.holding.edges_by_claim(number).get(claim.value, []), np.int64))
    return np.intersect1d(edges, np.concatenate(found))


def _told(look: Look, edges: Edges) -> frozenset[Entry]:
    """Edges in words."""
    names, records, claims = look.holding.nodes.names, look.holding.records.names, look.holding.claims
    found: set[Entry] = set()
    for number, edge in zip(edges.tolist(), map(EdgeRow._make, look.table.edges[edges].tolist()), strict=True):
        covers, same = edge.kind is Kind.COVERS, edge.kind is Kind.SAME_SITE
        found.add(
            Entry(
                what=Kind.SAME_SITE.name if same else HOP_KINDS[edge.kind].name,
                claim=IRI(names[edge.about] if covers else claims[number]),
                record=IRI(records[edge.record]),
                about=IRI(max(names[edge.start], names[edge.end]) if same else names[edge.end]),
                received_at=moment(look.holding.received(edge.record)),
            )
        )
    return frozenset(found)


def _sites(look: Look, edges: Edges) -> Iterable[IRI]:
    """The sites that edges lead to or between."""
    held = look.table.edges[edges]
    supply = held[(held["code"] & KIND_BITS) != Kind.COVERS]
    return map(look.name, np.unique(supply["end"]).tolist())

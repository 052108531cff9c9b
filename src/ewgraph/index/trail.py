"""The evidence path: of the shortest paths of a strength the one whose IRIs, claim and node in turn, come first.

A search from the far end told for each node how many hops are left. So the path is found hop by hop from the near end:
of the edges that lead to a node with one hop fewer left, the one whose claim comes first, then the one whose end does.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ewgraph.index.compiled import Int, compiled
from ewgraph.index.layout import KIND_BITS, REACHING, Kind
from ewgraph.index.names import before
from ewgraph.index.rows import WITH_BRANDS, joined
from ewgraph.index.search import is_seen, level_of, plane_after, strength_for

_COVERS: Final = int(Kind.COVERS)
_SOURCES_FROM: Final = int(Kind.SOURCES_FROM)
_REACHING: Final = REACHING


@compiled
def onward(  # noqa: PLR0913, PLR0917  # one step's whole context
    covers: Any,
    supply: Any,
    table: Any,
    sight: Any,
    marks: Any,
    events: Any,
    here: Int,
    plane: Int,
    contract: Int,
    bit: Int,
    mineral: Any,
) -> Any:
    """The edges that lead on from a node towards the far end.

    Args:
        covers: the rows of what contracts cover, at the contracts.
        supply: the rows of supply, at the starts of edges.
        table: of the edges.
        sight: who looks, and when.
        marks: of the search from the far end.
        events: of that search.
        here: the node; a contract is left only where it is the one below.
        plane: the plane that it is on.
        contract: the contract at the near end, if it is one; otherwise `NO_CONTRACT`.
        bit: of the pair of thresholds that each edge has to meet.
        mineral: the mineral whose origins are asked for, or None.

    Returns:
        Of each edge its number, the node that it leads to, the plane of that, and how many hops are left from there.
    """
    around, covering = joined(supply, table, sight, here, WITH_BRANDS), here == contract
    side = covers if covering else supply
    room = 0
    for member in around:
        room += side.spans[member].size
    found = np.empty((room, 4), np.int64)
    many, nodes = 0, len(supply.spans)
    for member in around:
        span = side.spans[member]
        for place in range(span.start + span.free, span.start + span.size):
            row = side.rows[place]
            edge = np.int64(side.edges[place])
            if not is_seen(row, edge, table, sight):
                continue
            strength = strength_for(np.int64(row.code), side.groups[place], contract)
            if not covering and not _REACHING[strength] & bit:
                continue
            then = plane
            if mineral is not None and not covering:
                then = plane_after(np.int64(row.code), table.edges[edge].about, plane, mineral)
                if then < 0:
                    continue
            left = level_of(events, marks, np.int64(row.other) + then * nodes, bit)
            if left >= 0:
                found[many, 0], found[many, 1], found[many, 2], found[many, 3] = edge, row.other, then, left
                many += 1
    return found[:many]


@compiled
def trail(  # noqa: PLR0913, PLR0917  # one path's whole context
    covers: Any,
    supply: Any,
    table: Any,
    sight: Any,
    names: Any,
    marks: Any,
    events: Any,
    start: Int,
    contract: Int,
    bit: Int,
    hops: Int,
    mineral: Any,
) -> Any:
    """The edges of the best path.

    Args:
        covers: as for `onward`.
        supply: as there.
        table: as there.
        sight: as there.
        names: the ranks of nodes, those of records, and the IRIs of claims.
        marks: as there.
        events: as there.
        start: the near end.
        contract: as there.
        bit: as there.
        hops: how many there are.
        mineral: as there.

    Returns:
        The numbers of the edges, from the near end on; fewer than there are hops where there is no such path.
    """
    found = np.empty(hops, np.int64)
    here, plane = np.int64(start), np.int64(0)
    for at in range(hops):
        steps = onward(covers, supply, table, sight, marks, events, here, plane, contract, bit, mineral)
        best = -1
        for one in range(len(steps)):
            nearer = steps[one, 3] == hops - at - 1
            if nearer and (best < 0 or earlier(table, names, steps[one, 0], steps[best, 0])):
                best = one
        if best < 0:
            return found[:at]
        found[at], here, plane = steps[best, 0], steps[best, 1], steps[best, 2]
    return found


@compiled
def earlier(table: Any, names: Any, one: Int, other: Int) -> Int:
    """Whether an edge comes before another: by claim or contract line, then end, start and record."""
    first, second = table.edges[one], table.edges[other]
    if first.code & KIND_BITS == _COVERS:
        if first.about != second.about:
            return names.nodes[first.about] < names.nodes[second.about]
    else:
        difference = before(names.claims, one, other)
        if difference != 0:
            return difference < 0
    if first.end != second.end:
        return names.nodes[first.end] < names.nodes[second.end]
    if first.start != second.start:
        return names.nodes[first.start] < names.nodes[second.start]
    return names.records[first.record] < names.records[second.record]

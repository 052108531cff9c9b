"""The rows of edges at one of their ends: all edges that leave a node stand side by side, as do all that reach it.

Rows of a node are sorted by the contract that they are said for, then by the number of their edge: first those that are
no hop, then those for no contract in particular. A node has room for some more rows than it has; when that is used up,
all its rows move to the free space at the end. When that is used up too, everything has to be built anew.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from ewgraph.index.compiled import Int, compiled
from ewgraph.index.layout import ENDED, ROW

Ints: TypeAlias = npt.NDArray[np.int32]

_AT_NODE: Final = 16  # a node has room for one more row for so many that it has
_SPARE: Final = 32  # and one row in so many is free for whoever needs more
_LEAST_SPARE: Final = 1 << 14


class Side(NamedTuple):
    """The rows at one end of edges, as arrays that compiled functions read.

    Attributes:
        starts: for each node, where its rows begin.
        sizes: how many rows it has.
        rooms: how many it may have there.
        rows: the rows.
        edges: the number of each row's edge.
        groups: the contract that it is said for, `FREE` or `NONE`.
        used: one number: where the free space begins.
    """

    starts: Ints
    sizes: Ints
    rooms: Ints
    rows: npt.NDArray[Any]
    edges: Ints
    groups: Ints
    used: npt.NDArray[np.int64]


def side(  # noqa: PLR0913, PLR0917  # the columns of a table
    numbers: Ints,
    keys: Ints,
    others: Ints,
    groups: Ints,
    rows: npt.NDArray[Any],
    nodes: int,
) -> Side:
    """The rows at one end of some edges.

    Args:
        numbers: the edges, ascending.
        keys: the node at this end of each.
        others: the node at the other end.
        groups: the contract that it is said for, `FREE` or `NONE`.
        rows: its row, but for the other end.
        nodes: how many nodes there may be.
    """
    wanted = len(numbers) + len(numbers) // _AT_NODE
    size = wanted + len(numbers) // _SPARE + _LEAST_SPARE
    made = Side(
        starts=np.zeros(nodes, np.int32),
        sizes=np.zeros(nodes, np.int32),
        rooms=np.zeros(nodes, np.int32),
        rows=np.zeros(size, ROW),
        edges=np.zeros(size, np.int32),
        groups=np.zeros(size, np.int32),
        used=np.zeros(1, np.int64),
    )
    _fill(made, numbers, keys, others, groups, rows)
    return made


@compiled
def _fill(made: Any, numbers: Any, keys: Any, others: Any, groups: Any, rows: Any) -> None:  # noqa: PLR0913, PLR0917
    for key in keys:
        made.sizes[key] += 1
    place = 0
    for node in range(len(made.starts)):
        made.starts[node] = place
        made.rooms[node] = made.sizes[node] + made.sizes[node] // _AT_NODE
        place += made.rooms[node]
        made.sizes[node] = 0
    made.used[0] = place
    for at in range(len(numbers)):
        key = keys[at]
        _put(made, made.starts[key] + made.sizes[key], rows[at], others[at], numbers[at], groups[at])
        made.sizes[key] += 1
    for node in range(len(made.starts)):
        _sort(made, made.starts[node], made.starts[node] + made.sizes[node])


@compiled
def _put(made: Any, place: Int, row: Any, other: Int, edge: Int, group: Int) -> None:  # noqa: PLR0913, PLR0917
    kept = made.rows[place]
    kept.other = other
    kept.audience = row.audience
    kept.received = row.received
    kept.valid_from = row.valid_from
    kept.valid_to = row.valid_to
    kept.code = row.code
    made.edges[place] = edge
    made.groups[place] = group


@compiled
def _sort(made: Any, start: Int, end: Int) -> None:
    """Sort a node's rows by group; those of one group stay as they are, by the number of their edge."""
    sorted_already = True
    for place in range(start + 1, end):
        if made.groups[place - 1] > made.groups[place]:
            sorted_already = False
            break
    if sorted_already:
        return
    order = np.argsort(made.groups[start:end], kind="mergesort")
    rows, edges, groups = made.rows[start:end].copy(), made.edges[start:end].copy(), made.groups[start:end].copy()
    for place, old in enumerate(order):
        made.rows[start + place] = rows[old]
        made.edges[start + place] = edges[old]
        made.groups[start + place] = groups[old]


@compiled
def bound(made: Any, start: Int, end: Int, group: Int) -> Int:
    """The first place from `start` on whose group is not less."""
    while start < end:
        middle = (start + end) // 2
        if made.groups[middle] < group:
            start = middle + 1
        else:
            end = middle
    return start


@compiled
def place_of(made: Any, node: Int, group: Int, edge: Int) -> Int:
    """Where the row of an edge stands; -1 where the node has none."""
    last = made.starts[node] + made.sizes[node]
    low = bound(made, made.starts[node], last, group)
    high = bound(made, low, last, group + 1)
    while low < high:
        middle = (low + high) // 2
        if made.edges[middle] == edge:
            return middle
        if made.edges[middle] < edge:
            low = middle + 1
        else:
            high = middle
    return -1


@compiled
def insert(made: Any, node: Int, other: Int, edge: Int, group: Int, row: Any) -> Int:  # noqa: PLR0913, PLR0917
    """Insert the row of a new edge, whose number is larger than all others; False where there is no space left."""
    count, room, first = made.sizes[node], made.rooms[node], made.starts[node]
    if count == room:
        larger = count + max(2, count // 4)
        used = made.used[0]
        if used + larger > len(made.rows):
            return False
        for offset in range(count):
            made.rows[used + offset] = made.rows[first + offset]
            made.edges[used + offset] = made.edges[first + offset]
            made.groups[used + offset] = made.groups[first + offset]
        made.starts[node] = used
        made.rooms[node] = larger
        made.used[0] = used + larger
        first = used
    place = bound(made, first, first + count, group + 1)
    for moved in range(first + count, place, -1):
        made.rows[moved] = made.rows[moved - 1]
        made.edges[moved] = made.edges[moved - 1]
        made.groups[moved] = made.groups[moved - 1]
    _put(made, place, row, other, edge, group)
    made.sizes[node] = count + 1
    return True


@compiled
def show(made: Any, node: Int, group: Int, edge: Int, audience: Int) -> None:
    """Let the row of an edge be seen by an audience set."""
    place = place_of(made, node, group, edge)
    if place >= 0:
        made.rows[place].audience = audience


@compiled
def end(made: Any, node: Int, group: Int, edge: Int) -> None:
    """Note in the row of an edge that somebody revised or retracted it."""
    place = place_of(made, node, group, edge)
    if place >= 0:
        made.rows[place].code |= ENDED

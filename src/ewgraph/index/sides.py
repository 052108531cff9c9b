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
from ewgraph.index.layout import FREE, ROW, SPAN

Ints: TypeAlias = npt.NDArray[np.int32]

_AT_NODE: Final = 16  # a node has room for one more row for so many that it has
_SPARE: Final = 32  # and one row in so many is free for whoever needs more
_LEAST_SPARE: Final = 1 << 14


class Side(NamedTuple):
    """The rows at one end of edges, as arrays that compiled functions read.

    Attributes:
        spans: for each node, where its rows are.
        rows: the rows.
        edges: the number of each row's edge.
        groups: the contract that it is said for, `FREE` or `NONE`.
        used: one number: where the free space begins.
    """

    spans: npt.NDArray[Any]
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
        spans=np.zeros(nodes, SPAN),
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
        made.spans[key].size += 1
    place = 0
    for span in made.spans:
        span.start = place
        span.room = span.size + span.size // _AT_NODE
        span.size = 0
        place += span.room
    made.used[0] = place
    for at in range(len(numbers)):
        span = made.spans[keys[at]]
        _put(made, span.start + span.size, rows[at], others[at], numbers[at], groups[at])
        span.size += 1
        span.free += groups[at] == FREE
    for span in made.spans:
        _sort(made, span.start, span.start + span.size)


@compiled
def _put(made: Any, place: Int, row: Any, other: Int, edge: Int, group: Int) -> None:  # noqa: PLR0913, PLR0917
    kept = made.rows[place]
    kept.other = other
    kept.audience = row.audience
    kept.received = row.received
    kept.ended = row.ended
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
    span = made.spans[node]
    last = span.start + span.size
    low = bound(made, span.start, last, group)
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
    span = made.spans[node]
    if span.size == span.room:
        larger = span.size + max(2, span.size // 4)
        used = made.used[0]
        if used + larger > len(made.rows):
            return False
        for offset in range(span.size):
            _move(made, span.start + offset, used + offset)
        span.start = used
        span.room = larger
        made.used[0] = used + larger
    place = bound(made, span.start, span.start + span.size, group + 1)
    for behind in range(span.start + span.size, place, -1):
        _move(made, behind - 1, behind)
    _put(made, place, row, other, edge, group)
    span.size += 1
    span.free += group == FREE
    return True


@compiled
def _move(made: Any, place: Int, to: Int) -> None:
    made.rows[to] = made.rows[place]
    made.edges[to] = made.edges[place]
    made.groups[to] = made.groups[place]


@compiled
def settle(made: Any, nodes: Any, groups: Any, numbers: Any, rows: Any) -> None:
    """Let the rows of edges, at one of their ends, say what these say: who sees them, and when they end."""
    for at in range(len(numbers)):
        place = place_of(made, nodes[at], groups[at], numbers[at])
        if place >= 0:
            made.rows[place].audience = rows[at].audience
            made.rows[place].ended = rows[at].ended
            made.rows[place].code = rows[at].code

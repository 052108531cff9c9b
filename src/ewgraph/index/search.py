"""The search: from some nodes along all edges that count for a reader, level by level, for all strengths at once.

The best path has the strongest scope, then the strongest basis, then the fewest hops. Scope and basis of a path are the
weakest of its hops, so that is a question of thresholds: is there a path all of whose hops are at least of this scope
and that basis, and how short is it? There are 28 pairs of thresholds, and each node carries a bit for each. An edge
lets those bits pass that it meets. So one breadth-first search is 28 at once; a node is looked at again only when it is
reached with bits that it did not have. The level at which a bit first arrives is the number of hops for that pair.

Edges that join nodes and are no hop (two names of one site, a model and its brand) pass all bits within a level.

A search for the origins of one mineral tells two planes of nodes apart: before and after the first hop that names the
mineral. From there on each hop has to name it, or take from a mine what it does not name.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ewgraph.index.compiled import Int, compiled, inlined
from ewgraph.index.layout import (
    COMPLEX,
    CONTRACT_SCOPE,
    FOR_CONTRACT,
    FREE,
    KIND_BITS,
    REACHING,
    STRENGTH,
    STRENGTH_BITS,
    WIDE,
    Kind,
)
from ewgraph.index.sides import bound

EVENT: Final = np.dtype([("node", "<i4"), ("step", "<i4"), ("bits", "<u4"), ("before", "<i4")])
"""That bits reached a node: at which level and along which kind of edge, and after which other event of the node."""

STATE: Final = np.dtype([("bits", "<u4"), ("newest", "<i4")])
"""The bits that reached a node, and the number of its newest event, counted from one."""

LEVEL: Final = 4
"""A step is the level above this bit, the kind of edge below it."""
_FIRST: Final = 1 << 10
DEEPEST: Final = 2_000
"""Paths of more hops are not looked for."""

_COVERS: Final = int(Kind.COVERS)
_SOURCES_FROM: Final = int(Kind.SOURCES_FROM)
_REACHING: Final = REACHING
NO_CONTRACT: Final = -3
UPSTREAM: Final = True
DOWNSTREAM: Final = False


class Sight(NamedTuple):
    """Who looks, and as of which instants.

    Attributes:
        visible: for each audience set whether the reader is in it.
        day: the day on which edges have to hold, as rows hold days.
        valid_at: the same day as tables hold days.
        known_day: the day of the instant by which records have to be received, as rows hold days.
        known_at: that instant, in microseconds from 1970.
    """

    visible: npt.NDArray[np.uint8]
    day: int
    valid_at: int
    known_day: int
    known_at: int


class Table(NamedTuple):
    """What rows do not hold.

    Attributes:
        edges: by their numbers.
        received: when each record was received, in microseconds from 1970.
        ended: what is revised or retracted: twice the number of an edge, or one more than twice that of a record.
        ended_at: when the revision or retraction was received.
        ended_for: the audience set that sees it.
    """

    edges: npt.NDArray[Any]
    received: npt.NDArray[np.int64]
    ended: npt.NDArray[np.int64]
    ended_at: npt.NDArray[np.int64]
    ended_for: npt.NDArray[np.int32]


class Marks(NamedTuple):
    """What a search writes for the nodes, clean before and after.

    Attributes:
        states: for each node on each plane what reached it.
        best: for each node how well it is reached.
    """

    states: npt.NDArray[Any]
    best: npt.NDArray[np.uint16]


class Scratch:
    """Room for one search at a time, kept from one to the next. Pages that no search touches take no memory.

    Attributes:
        marks: of the nodes.
        events: for the events of a search, which needs more of them and then leaves more.
        found: for what is found, which is at most all nodes.
    """

    def __init__(self, nodes: int) -> None:
        """Make room for searches over so many nodes."""
        self.marks = Marks(np.zeros(2 * nodes, STATE), np.zeros(nodes, np.uint16))
        self.events = np.empty(_FIRST, EVENT)
        self.found = np.empty(nodes + 1, np.int32)

    @property
    def nodes(self) -> int:
        """For how many nodes there is room."""
        return len(self.marks.best)


@compiled
def exactly(table: Any, sight: Any, edge: Int) -> Int:
    """Whether an edge counts, by the table: where its row is too coarse to tell."""
    held = table.edges[edge]
    if held.valid_from > sight.valid_at or sight.valid_at >= held.valid_to:
        return False
    if held.record >= 0 and table.received[held.record] > sight.known_at:
        return False
    return not (
        _is_ended(table, sight, 2 * np.int64(edge))
        or (held.record >= 0 and _is_ended(table, sight, 2 * np.int64(held.record) + 1))
    )


@compiled
def _is_ended(table: Any, sight: Any, what: Int) -> Int:
    place = np.searchsorted(table.ended, what)
    while place < len(table.ended) and table.ended[place] == what:
        if table.ended_at[place] <= sight.known_at and sight.visible[table.ended_for[place]] != 0:
            return True
        place += 1
    return False


@inlined
def counts(row: Any, visible: Any, day: Int, known_day: Int) -> Int:
    """Whether an edge counts for a reader and a pair of instants, by its row."""
    return (
        (row.valid_from <= day)
        & (day < row.valid_to)
        & (row.received <= known_day)
        & (known_day <= row.ended)
        & (visible[row.audience] != 0)
    )


@inlined
def is_coarse(row: Any, known_day: Int) -> Int:
    """Whether the row is too coarse to tell."""
    return (row.received == known_day) | (row.ended == known_day) | ((row.code & (COMPLEX | WIDE)) != 0)


@inlined
def strength_for(code: Int, group: Int, contract: Int) -> Int:
    """The strength that an edge has for a contract: what is said for another contract holds for the model."""
    strength = (code >> STRENGTH) & STRENGTH_BITS
    if (strength & CONTRACT_SCOPE) == CONTRACT_SCOPE and group != contract and group != FREE:  # noqa: PLR1714
        strength -= 1
    return strength


@inlined
def plane_after(code: Int, about: Int, plane: Int, mineral: Int) -> Int:
    """On which plane a search for a mineral goes on, upstream, beyond a hop; -1 for on none."""
    if about == mineral:
        return 1
    if about >= 0:
        return -1
    return plane if ((code & KIND_BITS) == _SOURCES_FROM) == (plane == 1) else -1


@inlined
def is_seen(row: Any, edge: Int, table: Any, sight: Any) -> Int:
    """Whether an edge counts, by its row or, where that is too coarse, by the table."""
    return counts(row, sight.visible, sight.day, sight.known_day) and (
        not is_coarse(row, sight.known_day) or exactly(table, sight, edge)
    )


class Found(NamedTuple):
    """What a search found: its events, level by level, and what it wrote for the nodes."""

    events: npt.NDArray[Any]
    number: Int
    marks: Marks


@compiled
def level_of(events: Any, marks: Any, node: Int, bit: Int) -> Int:
    """The level at which a bit first reached a node; -1 where it did not."""
    event = marks.states[node].newest - 1
    while event >= 0:
        if events[event].bits & bit:
            return events[event].step >> LEVEL
        event = events[event].before
    return -1


@compiled
def larger(events: Any, number: Int, more: Int) -> Any:
    """The events, with room for so many more of them."""
    roomy = np.empty(max(2 * len(events), number + more), EVENT)
    roomy[:number] = events[:number]
    return roomy


@inlined
def arrive(  # noqa: PLR0913, PLR0917
    events: Any, number: Int, after: Int, states: Any, node: Int, step: Int, bits: Int
) -> Int:
    """Note that new bits reached a node, and give how many events there are.

    Args:
        events: with room for one more.
        number: how many there are.
        after: the event that is being followed: only later ones can take up bits.
        states: of each node.
        node: the node, on its plane.
        step: the level and the kind of edge.
        bits: those that are new there.
    """
    state = states[node]
    state.bits |= np.uint32(bits)
    newest = state.newest - 1
    if newest > after and events[newest].step >> LEVEL == step >> LEVEL:
        events[newest].bits |= np.uint32(bits)
    else:
        event = events[number]
        event.node = node
        event.step = step
        event.bits = bits
        event.before = newest
        number += 1
        state.newest = number
    return number


@compiled
def spread(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917  # one loop: each row costs nanoseconds, a call as much
    side: Any,
    table: Any,
    sight: Any,
    marks: Any,
    events: Any,
    number: Int,
    contract: Int,
    mineral: Any,
    upstream: Int,
    only: Any,
    guide: Any,
    guided: Int,
) -> Any:
    """Follow the events that there are, and those that come of it.

    Args:
        side: the rows to follow: of the ends of edges downstream, of their starts upstream.
        table: of the edges.
        sight: who looks, and when.
        marks: of the nodes.
        events: where the search starts.
        number: how many these are.
        contract: whose scope counts as CONTRACT; `NO_CONTRACT` for nobody's.
        mineral: the mineral whose origins are searched; None for any search else.
        upstream: the direction, which a search for a mineral has to know.
        only: follow just what is said for this contract; None for all.
        guide: events and marks of a search the other way; None for none.
        guided: go only where that search met the same bits, so many levels on, less the level here.

    Returns:
        The events and how many there are.
    """
    spans, rows, edges, groups = side.spans, side.rows, side.edges, side.groups
    visible, day, known_day = sight.visible, sight.day, sight.known_day
    held, states = table.edges, marks.states
    nodes = len(spans)
    at = joined = 0
    while at < number:
        # First all that is no hop: what it joins is on this level too, and must be there before a hop leads on.
        while joined < number:
            node, step, bits = np.int64(events[joined].node), events[joined].step, events[joined].bits
            plane = 0
            if mineral is not None and node >= nodes:
                plane, node = nodes, node - nodes
            start, free = spans[node].start, spans[node].free
            if number + free > len(events):
                events = larger(events, number, free)
            for place in range(start, start + free):
                row = rows[place]
                other = np.int64(row.other) + plane
                new = bits & ~states[other].bits
                if not new or not counts(row, visible, day, known_day):
                    continue
                if is_coarse(row, known_day) and not exactly(table, sight, edges[place]):
                    continue
                if guide is not None:
                    new = _met(guide, other, new, guided - (step >> LEVEL))
                if new:
                    step_on = step >> LEVEL << LEVEL | (row.code & KIND_BITS)
                    number = arrive(events, number, joined, states, other, step_on, new)
            joined += 1
        end = number
        while at < end:
            node, step, bits = np.int64(events[at].node), events[at].step, events[at].bits
            level = (step >> LEVEL) + 1
            at += 1
            if level > DEEPEST:
                continue
            plane = 0
            if mineral is not None and node >= nodes:
                plane, node = 1, node - nodes
            place = spans[node].start + spans[node].free
            stop = spans[node].start + spans[node].size
            if only is not None:
                place = bound(side, place, stop, only)
                stop = bound(side, place, stop, only + 1)
            if number + 2 * (stop - place) > len(events):
                events = larger(events, number, 2 * (stop - place))
            for row_at in range(place, stop):
                row = rows[row_at]
                code = np.int64(row.code)
                new = bits & _REACHING[(code >> STRENGTH) & STRENGTH_BITS]
                if mineral is None:
                    new &= ~states[row.other].bits
                if not (counts(row, visible, day, known_day) & (new != 0)):
                    continue
                if is_coarse(row, known_day) and not exactly(table, sight, edges[row_at]):
                    continue
                if new & FOR_CONTRACT:
                    new &= _REACHING[strength_for(code, groups[row_at], contract)]
                step_on = level << LEVEL | (code & KIND_BITS)
                other = np.int64(row.other)
                if mineral is None:
                    if guide is not None and new:
                        new = _met(guide, other, new, guided - level)
                    if new:
                        number = arrive(events, number, end - 1, states, other, step_on, new)
                    continue
                about = held[edges[row_at]].about
                for beyond in range(2):
                    # upstream the edge leads from this plane to one; downstream to this one, from each that leads here
                    begun, reached = (plane, beyond) if upstream else (beyond, plane)
                    if plane_after(code, about, begun, mineral) != reached:
                        continue
                    there = other + beyond * nodes
                    fresh = new & ~states[there].bits
                    if guide is not None and fresh:
                        fresh = _met(guide, there, fresh, guided - level)
                    if fresh:
                        number = arrive(events, number, end - 1, states, there, step_on, fresh)
    return events, number


@compiled
def _met(guide: Any, node: Int, bits: Int, level: Int) -> Int:
    """Of the bits those that the guiding search met at a node, at that level."""
    met = np.uint32(0)
    event = guide.marks.states[node].newest - 1
    while event >= 0:
        if guide.events[event].step >> LEVEL == level:
            met |= guide.events[event].bits & bits
        event = guide.events[event].before
    return met


@compiled
def forget(marks: Any, events: Any, number: Int) -> None:
    """Clean the marks of a search."""
    for at in range(number):
        state = marks.states[events[at].node]
        state.bits = 0
        state.newest = 0

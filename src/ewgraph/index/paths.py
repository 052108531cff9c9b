"""The best of all paths between two nodes, from the index.

For each pair of thresholds, the strongest first, the paths whose hops all meet it are found in order: the shortest
first, and of those of one length the one whose hops come first. A search from the far end told how many hops are left
at least from each node. So the beginnings of paths are taken further in the order of the paths that they can become,
and each that arrives is the next. No path leads twice through one node, whichever name it goes by.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from ewgraph.index.layout import BASES, CONTRACT_SCOPE, MODEL_SCOPE, PAIRS, SCOPES, STRENGTH, Kind, pair
from ewgraph.index.look import EdgeRow, Look
from ewgraph.index.search import NO_CONTRACT, Found
from ewgraph.index.trail import onward
from ewgraph.model.hop import EvidencePath
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Limit, Part

Numbers: TypeAlias = tuple[int, ...]

STEPS: Final = 20_000
"""So many beginnings are taken further, at most."""


class Step(NamedTuple):
    """An edge that leads on from a node.

    Attributes:
        left: how many hops are left from its end, at least.
        place: its place among the edges that lead on from the node, by what paths are compared by.
        edge: its number.
        end: the node that it leads to.
    """

    left: int
    place: int
    edge: int
    end: int


class Beginning(NamedTuple):
    """The beginning of a path, and how it compares: by how long it can become at best, then by its hops.

    Attributes:
        length: how many hops a path that begins so has at least.
        places: of its hops.
        edges: of its hops.
        seen: the nodes before its last hop, each under one name.
        steps: the edges of which its last hop is one, the nearest to the far end first.
        at: which one.
    """

    length: int
    places: Numbers
    edges: Numbers
    seen: frozenset[int]
    steps: list[Step]
    at: int


def best_paths(  # noqa: PLR0913, PLR0917  # the arguments of the question
    look: Look,
    start: IRI,
    end: IRI,
    bits: int,
    most: int,
    longest: int,
) -> Part[EvidencePath]:
    """The best paths from one node to another, upstream.

    Args:
        look: what is looked at.
        start: the near end.
        end: the far end.
        bits: of the pairs of thresholds that paths may meet.
        most: how many paths.
        longest: of how many hops at most.
    """
    near, far = look.node(start), look.node(end)
    if near is None or far is None:
        return Part()
    contract = near if look.is_contract(near) else NO_CONTRACT
    ends = look.names(far)
    with look.downstream(ends, bits, contract=contract) as search:
        paths = _Paths(look, search, near, frozenset(ends.tolist()), contract, longest)
        found = list(islice(paths.all(bits), most + 1))
        items = [
            EvidencePath(start, end, SCOPES[best // len(BASES)], BASES[best % len(BASES)], path)
            for best, edges in found[:most]
            if (path := look.hops(np.array(edges, np.int64), near, far))
        ]
    limits = []
    if len(found) > most:
        limits.append(Limit("maxPaths", most))
    elif paths.steps_taken > STEPS:
        limits.append(Limit("steps", STEPS))
    elif paths.cut:
        limits.append(Limit("maxHops", longest))
    return Part(items, 0, len(items), tuple(limits))


class _Paths:
    """All paths from a node to where a search from the far end began, in order."""

    def __init__(  # noqa: PLR0913, PLR0917  # made above alone
        self, look: Look, search: Found, start: int, ends: frozenset[int], contract: int, longest: int
    ) -> None:
        self._look = look
        self._search = search
        self._start = start
        self._ends = ends
        self._contract = contract
        self._longest = longest
        self._one: dict[int, int] = {}
        self._keys: dict[int, tuple[str, ...]] = {}
        self._edges: dict[int, EdgeRow] = {}
        self.cut = False
        self.steps_taken = 0

    def all(self, bits: int) -> Iterator[tuple[int, Numbers]]:
        """It yields the pair of thresholds that each path meets at best, and its edges."""
        for best in reversed(range(PAIRS)):
            if bits >> best & 1:
                yield from ((best, edges) for edges in self._meeting(best) if self._strength(edges) == best)

    def _meeting(self, best: int) -> Iterator[Numbers]:
        """It yields the paths whose hops all meet a pair of thresholds."""
        known: dict[int, list[Step]] = {}
        heap: list[Beginning] = []

        def push(at: int, steps: list[Step], seen: frozenset[int], places: Numbers, edges: Numbers) -> None:
            """Take up the beginning that goes on by the first of the steps, from one on, to a node not yet seen."""
            while at < len(steps) and self._named(steps[at].end) in seen:
                at += 1
            if at == len(steps):
                return
            step = steps[at]
            length = len(edges) + 1 + step.left
            if length > self._longest:
                self.cut = True
                return
            heapq.heappush(heap, Beginning(length, (*places, step.place), (*edges, step.edge), seen, steps, at))

        push(0, self._steps(self._start, best), frozenset({self._named(self._start)}), (), ())
        while heap:
            self.steps_taken += 1
            if self.steps_taken > STEPS:
                return
            now = heapq.heappop(heap)
            push(now.at + 1, now.steps, now.seen, now.places[:-1], now.edges[:-1])
            step = now.steps[now.at]
            if step.left == 0:
                if step.end in self._ends:  # a search from a brand begins at its models, to which no path was asked for
                    yield now.edges
                continue
            if step.end not in known:
                known[step.end] = self._steps(step.end, best)
            push(0, known[step.end], now.seen | {self._named(step.end)}, now.places, now.edges)

    def _steps(self, node: int, best: int) -> list[Step]:
        look, search = self._look, self._search
        rows = onward(
            look.sides.covers_out,
            look.sides.supply_out,
            look.table,
            look.sight,
            search.marks,
            search.events,
            node,
            0,
            self._contract,
            1 << best,
            None,
        ).tolist()
        rows.sort(key=lambda row: self._key(row[0]))
        return sorted(Step(left, place, edge, end) for place, (edge, end, _, left) in enumerate(rows))

    def _row(self, edge: int) -> EdgeRow:
        if edge not in self._edges:
            self._edges[edge] = EdgeRow(*self._look.table.edges[edge].tolist())
        return self._edges[edge]

    def _key(self, edge: int) -> tuple[str, ...]:
        """What hops are compared by: claim or contract line, end, start, record."""
        if edge not in self._keys:
            row, names, holding = self._row(edge), self._look.holding.nodes.names, self._look.holding
            claim = names[row.about] if row.kind is Kind.COVERS else holding.claims[edge]
            self._keys[edge] = (claim, names[row.end], names[row.start], holding.records.names[row.record])
        return self._keys[edge]

    def _named(self, node: int) -> int:
        """The node under one name."""
        if node not in self._one:
            names = self._look.names(node).tolist()
            self._one |= dict.fromkeys(names, min(names))
        return self._one[node]

    def _strength(self, edges: Numbers) -> int:
        """The pair of thresholds that a path meets at best."""
        rows = [self._row(edge) for edge in edges]
        return pair(min(map(self._scope, rows)), min(row.code >> STRENGTH >> 2 & 7 for row in rows))

    def _scope(self, row: EdgeRow) -> int:
        scope = row.code >> STRENGTH & CONTRACT_SCOPE
        of_another = row.kind is not Kind.COVERS and row.contract != self._contract
        return MODEL_SCOPE if scope == CONTRACT_SCOPE and of_another else scope

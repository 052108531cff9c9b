"""All that the index holds, in numbers: nodes, records, claims, edges and their rows, and what ends them.

It is built at once from tables, as a file holds them, and taken further change by change. Nothing here asks the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ewgraph.index.audiences import AudienceSets
from ewgraph.index.compiled import Int, compiled
from ewgraph.index.endings import Ender, Endings
from ewgraph.index.layout import (
    CONTRACT_SCOPE,
    EDGE,
    FREE,
    KIND_BITS,
    NOBODY,
    NONE,
    ROW,
    STRENGTH,
    Kind,
    receipt_days,
    row_days,
)
from ewgraph.index.lifetimes import lifetimes
from ewgraph.index.names import Names
from ewgraph.index.nodes import FullError, Nodes
from ewgraph.index.saying import Edge
from ewgraph.index.search import Table
from ewgraph.index.sides import Side, insert, settle, side

_SPARE: Final = 32  # one in so many is free, of nodes, records and edges
_LEAST_SPARE: Final = 1 << 14


class Tables(NamedTuple):
    """What a file holds, and all else follows from.

    Attributes:
        nodes: the IRIs of nodes, sorted.
        records: the IRIs of records, sorted.
        received: when each was received, in microseconds from 1970.
        claims: for each edge the IRI of the claim or coverage that says so; an empty text for a fact.
        edges: sorted by their record, and room for more.
        first: for each record its first edge, and one more number: how many edges there are.
        endings: what ends what.
        audiences: the sets of audiences.
    """

    nodes: Names
    records: Names
    received: npt.NDArray[np.int64]
    claims: Names
    edges: npt.NDArray[Any]
    first: npt.NDArray[np.int64]
    endings: Endings
    audiences: AudienceSets


def tables(  # noqa: PLR0913  # what they hold
    *,
    nodes: Names,
    records: Names,
    received: npt.NDArray[np.int64],
    claims: Names,
    edges: npt.NDArray[Any],
    endings: Endings,
    audiences: AudienceSets,
) -> Tables:
    """The tables of these edges, which are sorted by their record."""
    roomy = np.zeros(roomier(len(edges)), EDGE)
    roomy[: len(edges)] = edges
    first = np.searchsorted(edges["record"], np.arange(len(records) + 1)).astype(np.int64)
    return Tables(nodes, records, received, claims, roomy, first, endings, audiences)


def no_tables() -> Tables:
    """The tables of nothing."""
    return tables(
        nodes=Names.of(()),
        records=Names.of(()),
        received=np.empty(0, np.int64),
        claims=Names.of(()),
        edges=np.empty(0, EDGE),
        endings=Endings(),
        audiences=AudienceSets(),
    )


def roomier(count: int) -> int:
    """For how many there is room where there are so many."""
    return count + count // _SPARE + _LEAST_SPARE


class Sides(NamedTuple):
    """The rows of all edges at both their ends: of supply, of what contracts cover, and of facts."""

    supply_out: Side
    supply_into: Side
    covers_out: Side
    covers_into: Side
    facts_out: Side
    facts_into: Side

    def of(self, kind: int) -> tuple[Side, Side]:
        """The two sides in which edges of a kind have rows."""
        if kind == Kind.COVERS:
            return self.covers_out, self.covers_into
        return (self.facts_out, self.facts_into) if kind > Kind.BRAND else (self.supply_out, self.supply_into)

    def divided(self, kinds: npt.NDArray[np.integer[Any]]) -> Iterator[tuple[npt.NDArray[np.int64], Side, Side]]:
        """It yields the places of edges that have their rows in the same two sides, ascending, with these."""
        for chosen in chosen_kinds(kinds):
            if len(chosen):
                yield chosen, *self.of(int(kinds[chosen[0]]))


def chosen_kinds(kinds: npt.NDArray[np.integer[Any]]) -> list[npt.NDArray[np.int64]]:
    """The places of edges by the sides in which they have rows: of supply, of what contracts cover, of facts."""
    supply = (kinds > Kind.COVERS) & (kinds <= Kind.BRAND)
    return [np.flatnonzero(chosen) for chosen in (supply, kinds == Kind.COVERS, kinds > Kind.BRAND)]


class Said(NamedTuple):
    """An edge on its way in.

    Attributes:
        edge: what it says.
        claim: the claim that says so; an empty text for a fact.
        record: the record in which it is said, which is known; None for a fact.
        audience: the audience set that sees it.
    """

    edge: Edge
    claim: str
    record: str | None
    audience: int


class Holding:
    """The index in memory.

    Attributes:
        held: the tables that it was built of.
        nodes: the nodes.
        records: the records.
        claims: for each edge the IRI of the claim that says so.
        audiences: the sets of audiences.
        endings: what ends what.
        sides: the rows.
        full: whether there was no room for the rows of an edge: then all has to be built anew.
    """

    def __init__(self, held: Tables, sides: Sides | None = None) -> None:
        """Take tables, and the rows that belong to them where these are known."""
        self.held = held
        self.nodes = Nodes(held.nodes, roomier(len(held.nodes)))
        self.records = Nodes(held.records, roomier(len(held.records)))
        self.claims = held.claims
        self.audiences = held.audiences
        self.endings = held.endings
        self.full = False
        self._received = np.zeros(self.records.capacity, np.int64)
        self._received[: len(held.received)] = held.received
        self._edges = held.edges
        self._count = int(held.first[-1])
        self._first = held.first
        self._edges_added: defaultdict[int, list[int]] = defaultdict(list)
        self._ends = self.endings.arrays()
        self.sides = sides or self._built()
        self._used = [int(one.used[0]) for one in self.sides]

    def __len__(self) -> int:
        """How many edges there are, with those that nobody sees any more."""
        return self._count

    @property
    def tight(self) -> bool:
        """Whether more than half of the room that there was is used up."""
        tables = (
            (len(self.nodes), self.nodes.names.size, self.nodes.capacity),
            (len(self.records), self.records.names.size, self.records.capacity),
            (self._count, self.claims.size, len(self._edges)),
            *((int(one.used[0]), built, len(one.rows)) for one, built in zip(self.sides, self._used, strict=True)),
        )
        return self.full or any(2 * (now - before) > room - before for now, before, room in tables)

    @property
    def table(self) -> Table:
        """What rows do not hold, as compiled functions read it."""
        return Table(self._edges, self._received, *self._ends)

    def _built(self) -> Sides:
        edges = self._edges[: self._count]
        rows = self._rows(edges, np.arange(self._count, dtype=np.int64))
        groups = _groups(edges)
        made: list[Side] = []
        for chosen in chosen_kinds(edges["code"] & KIND_BITS):
            numbers, some = chosen.astype(np.int32), edges[chosen]
            for key, other in (("start", "end"), ("end", "start")):
                made.append(side(numbers, some[key], some[other], groups[chosen], rows[chosen], self.nodes.capacity))
        return Sides(*made)

    def _rows(self, edges: npt.NDArray[Any], numbers: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
        """The rows of edges, but for the other end."""
        rows = np.zeros(len(edges), ROW)
        begins, ends, wide = row_days(edges["valid_from"], edges["valid_to"])
        known = edges["record"] >= 0
        received = np.zeros(len(edges), np.uint16)
        received[known] = receipt_days(self._received[edges["record"][known]])
        ended, complicated = lifetimes(edges, numbers, self.endings, self.audiences)
        rows["audience"] = edges["audience"]
        rows["received"] = received
        rows["valid_from"], rows["valid_to"] = begins, ends
        rows["ended"] = ended
        rows["code"] = edges["code"] | wide | complicated
        return rows

    def add_record(self, name: str, received: int) -> int:
        """Take in a record that is not known, with when it was received, and give its number.

        Raises:
            FullError: there is no room for it.
        """
        number = self.records.number_all([name])[name]
        self._received[number] = received
        self._end([(2 * number + 1, ender) for ender in self.endings.of_record(name)])
        return number

    def received(self, record: int) -> int:
        """When a record was received, in microseconds from 1970."""
        return int(self._received[record])

    def edges_of(self, record: int) -> list[int]:
        """The edges that a record states."""
        known = record + 1 < len(self._first)
        held = range(int(self._first[record]), int(self._first[record + 1])) if known else range(0)
        return [*held, *self._edges_added.get(record, ())]

    def edges_by_claim(self, record: int) -> dict[str, list[int]]:
        """The edges that a record states, by the IRI of the claim."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for edge in self.edges_of(record):
            found[self.claims[edge]].append(edge)
        return found

    def fact(self, edge: Edge) -> int | None:
        """The number of a fact that is known."""
        numbers = self.nodes.find_all([edge.start, edge.end])
        if edge.start not in numbers or edge.end not in numbers:
            return None
        found = _fact(self.sides.of(edge.kind)[0], numbers[edge.start], numbers[edge.end], int(edge.kind))
        return int(found) if found >= 0 else None

    def facts_of(self, name: str) -> list[int]:
        """The facts that are known of an entity."""
        node = self.nodes.find(name)
        if node is None:
            return []
        kinds = (Kind.BRAND, Kind.BUYER, Kind.TYPE)
        return [edge for kind in kinds for edge in _facts(self.sides.of(kind)[0], node, int(kind)).tolist()]

    def audience(self, edge: int) -> int:
        """The audience set that sees an edge."""
        return int(self._edges[edge]["audience"])

    def add(self, said: Sequence[Said]) -> None:
        """Take in edges. Where there is no room for their rows, it is `full` afterwards.

        Raises:
            FullError: there is no room for them; then nothing is taken in.
        """
        texts = (text for one in said for text in (one.edge.start, one.edge.end, one.edge.contract, one.edge.about))
        first = self._count
        if first + len(said) > len(self._edges):
            raise FullError
        numbers = self.nodes.number_all(text for text in texts if text is not None)
        records = self.records.find_all([one.record for one in said if one.record is not None])
        edges = np.array(
            [
                (
                    numbers[one.edge.start],
                    numbers[one.edge.end],
                    NONE if one.record is None else records[one.record],
                    NONE if one.edge.contract is None else numbers[one.edge.contract],
                    NONE if one.edge.about is None else numbers[one.edge.about],
                    one.audience,
                    one.edge.valid_from,
                    one.edge.valid_to,
                    one.edge.tier,
                    one.edge.code,
                )
                for one in said
            ],
            EDGE,
        )
        self.claims.add([one.claim for one in said])
        self._edges[first : first + len(edges)] = edges
        self._count += len(edges)
        ended: list[tuple[int, int]] = []
        for edge, one in enumerate(said, start=first):
            if one.record is not None:
                self._edges_added[records[one.record]].append(edge)
            ended += ((2 * edge, ender) for ender in self.endings.of_claim(one.claim))
        if ended:
            self.endings.end(ended)
            self._ends = self.endings.arrays()
        rows, groups = self._rows(edges, np.arange(first, self._count, dtype=np.int64)), _groups(edges)
        for chosen, out, into in self.sides.divided(edges["code"] & KIND_BITS):
            some, these = edges[chosen], (chosen + first).astype(np.int32)
            roomy = _insert(out, some["start"], some["end"], these, groups[chosen], rows[chosen])
            roomy &= _insert(into, some["end"], some["start"], these, groups[chosen], rows[chosen])
            self.full |= not roomy

    def show(self, edges: Sequence[int], audience: int) -> None:
        """Let edges be seen by an audience set and by no other."""
        numbers = np.array(edges, np.int64)
        self._edges["audience"][numbers] = audience
        self._settle(numbers)

    def add_ender(self, name: str, ender: Ender, claims: dict[str, list[int]]) -> None:
        """Take in a record that revises or retracts, with the edges of those claims that are known."""
        number = self.endings.add(name, ender)
        pairs = [(2 * record + 1, number) for record in self.records.find_all(ender.records).values()]
        pairs += [(2 * edge, number) for claim in ender.claims for edge in claims.get(claim, ())]
        self._end(pairs)

    def show_ender(self, name: str, audience: int) -> None:
        """Let a revision or retraction be known to an audience set and to no other."""
        self.endings.enders[name].audience = audience
        self._ends = self.endings.arrays()
        self._settle_ended(self.endings.by_ender(name))

    def _end(self, pairs: Sequence[tuple[int, int]]) -> None:
        self.endings.end(pairs)
        self._ends = self.endings.arrays()
        self._settle_ended(np.array([what for what, _ in pairs], np.int64))

    def _settle_ended(self, ended: npt.NDArray[np.int64]) -> None:
        edges = [edge for what in ended.tolist() for edge in (self.edges_of(what // 2) if what % 2 else [what // 2])]
        self._settle(np.array(edges, np.int64))

    def _settle(self, numbers: npt.NDArray[np.int64]) -> None:
        """Let the rows of edges say who sees them now, and when they end."""
        edges = self._edges[numbers]
        rows, groups = self._rows(edges, numbers), _groups(edges)
        for chosen, out, into in self.sides.divided(edges["code"] & KIND_BITS):
            these = numbers[chosen]
            settle(out, edges["start"][chosen], groups[chosen], these, rows[chosen])
            settle(into, edges["end"][chosen], groups[chosen], these, rows[chosen])

    def tables(self) -> Tables:
        """The tables of all that somebody sees, as a file holds them."""
        edges = self._edges[: self._count]
        nodes, node_numbers = _renumbered(self.nodes)
        records, record_numbers = _renumbered(self.records)
        alive = np.flatnonzero(edges["audience"] != NOBODY)
        alive = alive[np.argsort(record_numbers[edges["record"][alive]], kind="stable")]
        kept = edges[alive]
        for column in ("start", "end", "contract", "about"):
            kept[column] = node_numbers[kept[column]]
        kept["record"] = record_numbers[kept["record"]]
        moved = np.full(self._count, NONE, np.int64)
        moved[alive] = np.arange(len(alive))
        return tables(
            nodes=self.nodes.names.taken(nodes),
            records=self.records.names.taken(records),
            received=self._received[records],
            claims=self.claims.taken(alive),
            edges=kept,
            endings=self.endings.renumbered(moved, record_numbers),
            audiences=self.audiences,
        )


def _renumbered(nodes: Nodes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The numbers in the order of their texts, and for each number its place there; `NONE` for the last, number -1."""
    order = nodes.in_order()
    places = np.full(len(nodes) + 1, NONE, np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return order, places


def _groups(edges: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    """The group in which rows of edges stand: that of the contract they are said for, if their scope is that."""
    kinds = edges["code"] & KIND_BITS
    for_contract = ((edges["code"] >> STRENGTH) & CONTRACT_SCOPE == CONTRACT_SCOPE) & (kinds > Kind.COVERS)
    groups = np.where(for_contract, edges["contract"], NONE)
    return np.where((kinds == Kind.SAME_SITE) | (kinds == Kind.BRAND), FREE, groups).astype(np.int32)


@compiled
def _fact(out: Any, start: Int, end_: Int, kind: Int) -> Int:
    span = out.spans[start]
    for place in range(span.start, span.start + span.size):
        if out.rows[place].other == end_ and (out.rows[place].code & KIND_BITS) == kind:
            return out.edges[place]
    return -1


@compiled
def _facts(out: Any, start: Int, kind: Int) -> Any:
    span = out.spans[start]
    found = np.empty(span.size, np.int64)
    many = 0
    for place in range(span.start, span.start + span.size):
        if (out.rows[place].code & KIND_BITS) == kind:
            found[many] = out.edges[place]
            many += 1
    return found[:many]


@compiled
def _insert(held: Any, keys: Any, others: Any, numbers: Any, groups: Any, rows: Any) -> Int:  # noqa: PLR0913, PLR0917
    roomy = True
    for at in range(len(keys)):
        roomy &= insert(held, keys[at], others[at], numbers[at], groups[at], rows[at])
    return roomy

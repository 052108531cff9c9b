"""One look at the index, while nothing changes: searches for a reader and a pair of instants, and edges in words."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt

from ewgraph.index.holding import Holding
from ewgraph.index.layout import (
    ALWAYS,
    BASES,
    CONTRACT_SCOPE,
    HOP_KINDS,
    KIND_BITS,
    NEVER,
    NO_BASIS,
    NONE,
    OF_BRAND,
    SCOPES,
    STRENGTH,
    TIERS,
    Kind,
    day_of,
    pair,
)
from ewgraph.index.rows import NAMES_ONLY, joined, joined_sites, joins, models_covered, of_kinds
from ewgraph.index.search import DOWNSTREAM, NO_CONTRACT, Found, Scratch, Sight, forget, spread
from ewgraph.index.touching import (
    HOPS,
    MOST_HOPS,
    MOST_WELL,
    names_led_to,
    started,
)
from ewgraph.index.trail import trail
from ewgraph.model.codes import EvidenceBasis, Scope, Tier
from ewgraph.model.hop import IMPLIED_TIERS, Hop
from ewgraph.model.instants import moment
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Key, Part, Window

T = TypeVar("T")

Nodes = npt.NDArray[np.int64]
Wells = npt.NDArray[np.uint16]
PathTo = Callable[[int, int], tuple[Hop, ...]]
"""The evidence path for a node that was found and how well it is reached."""


class Ranks(NamedTuple):
    """What edges are compared by: the ranks of nodes and records, and the IRIs of claims."""

    nodes: npt.NDArray[np.int64]
    records: npt.NDArray[np.int64]
    claims: Any


@lru_cache(maxsize=64)
def allowed(min_scope: Scope, min_basis: EvidenceBasis) -> int:
    """The bits of the pairs of thresholds that are not below the least that is asked for."""
    scopes, bases = range(min_scope.rank or 0, len(SCOPES)), range(min_basis.rank or 0, len(BASES))
    return sum(1 << pair(scope, basis) for scope in scopes for basis in bases)


def unpacked(well: int) -> tuple[int, int]:
    """The pair of thresholds and the hops that a number for how well stands for."""
    return (well >> HOPS) - 1, MOST_HOPS - (well & MOST_HOPS)


def strength(well: int) -> tuple[Scope, EvidenceBasis]:
    """The scope and the basis that a number for how well stands for."""
    best, _ = unpacked(well)
    return SCOPES[best // len(BASES)], BASES[best % len(BASES)]


class Look:
    """What is held, seen by a reader as of a pair of instants.

    Attributes:
        holding: what is held.
        sight: who looks, and when.
        room: room for a search that others build on.
        others: room for another in the meantime.
        table: what rows do not hold.
        sides: the rows.
    """

    def __init__(self, holding: Holding, sight: Sight, room: Scratch, others: Scratch) -> None:
        self.holding = holding
        self.sight = sight
        self.room = room
        self.others = others
        self.table = holding.table
        self.sides = holding.sides

    @cached_property
    def ranks(self) -> Ranks:
        """What edges are compared by."""
        return Ranks(self.holding.nodes.ranks, self.holding.records.ranks, self.holding.claims.texts)

    def node(self, name: IRI) -> int | None:
        """The number of a node; None where there is none of that name."""
        return self.holding.nodes.find(name.value)

    def name(self, node: int) -> IRI:
        """The IRI of a node."""
        return IRI(self.holding.nodes.names[node])

    def first_name(self, site: int) -> IRI:
        """The first of the IRIs of a site."""
        if not self.sides.supply_out.spans[site]["free"]:
            return self.name(site)
        return min((self.name(name) for name in self.names(site).tolist()), key=lambda name: name.value)

    def names(self, site: int) -> Nodes:
        """All names under which a site goes, as numbers, the one given first."""
        return joined(self.sides.supply_out, self.table, self.sight, site, NAMES_ONLY)  # type: ignore[no-any-return]

    @property
    def nodes(self) -> int:
        """How many nodes there are: the offset of the plane beyond a mineral's name."""
        return len(self.sides.supply_out.spans)

    def is_contract(self, node: int) -> bool:
        """Whether the node visibly covers anything."""
        return len(models_covered(self.sides.covers_out, self.table, self.sight, node)) > 0

    @staticmethod
    def bit(well: int) -> int:
        """The bit of the pair of thresholds that a number for how well stands for."""
        return 1 << unpacked(well)[0]

    @staticmethod
    def hops_of(well: int) -> int:
        """The hops that a number for how well stands for."""
        return unpacked(well)[1]

    @contextmanager
    def downstream(  # noqa: PLR0913  # the search's own arguments
        self,
        starts: Nodes,
        bits: int,
        room: Scratch | None = None,
        *,
        contract: int = NO_CONTRACT,
        only: int | None = None,
        mineral: int | None = None,
        guide: Found | None = None,
        guided: int = -1,
    ) -> Iterator[Found]:
        """A search downstream from nodes, whose marks are cleaned at the end.

        Args:
            starts: the nodes.
            bits: of the pairs of thresholds that paths may meet.
            room: where to search, if not in the first room.
            contract: whose scope counts as CONTRACT.
            only: follow just what is said for this contract.
            mineral: the mineral whose origins are searched.
            guide: go only where this search upstream went.
            guided: at how many hops it met what is searched.
        """
        room = room or self.room
        events, number = started(room.marks, room.events, starts, np.uint32(bits))
        events, number = spread(
            self.sides.supply_into,
            self.table,
            self.sight,
            room.marks,
            events,
            number,
            contract,
            mineral,
            DOWNSTREAM,
            only,
            guide,
            guided,
        )
        room.events = events
        found = Found(events, number, room.marks)
        yield found
        self.forget(found)

    def forget(self, search: Found) -> None:
        """Clean the marks of a search."""
        forget(search.marks, search.events, search.number)

    def under_one_name(
        self, search: Found, plane: int, found: Nodes, wells: Wells, path: PathTo
    ) -> tuple[Nodes, Wells]:
        """Each site once, under the name to which its best path leads."""
        several = joined_sites(self.sides.supply_out, found)
        if not several.any():
            return found, wells
        seen: set[int] = set()
        named: list[tuple[int, int]] = []
        for site, well in zip(found[several].tolist(), wells[several].tolist(), strict=True):
            if site not in seen:
                names = self.names(site)
                seen |= set(names.tolist())
                bit, hops = self.bit(well), self.hops_of(well)
                led = names_led_to(search.events, search.marks, names, plane, bit, hops).tolist()
                named.append((led[0] if len(led) == 1 else self.node(path(site, well)[-1].end) or 0, well))
        extra = np.array(named, np.int64).reshape(-1, 2)
        return np.append(found[~several], extra[:, 0]), np.append(wells[~several], extra[:, 1].astype(np.uint16))

    def of_kinds(self, sites: Nodes, kinds: Collection[IRI]) -> npt.NDArray[np.bool_]:
        """For each site whether it is visibly of one of the kinds, under any of its names."""
        numbers = np.array(list(self.holding.nodes.find_all([kind.value for kind in kinds]).values()), np.int64)
        good: npt.NDArray[np.bool_] = of_kinds(self.sides.facts_out, self.sight, sites, numbers)
        for at in np.flatnonzero(~good & joined_sites(self.sides.supply_out, sites)).tolist():
            good[at] = of_kinds(self.sides.facts_out, self.sight, self.names(int(sites[at])), numbers).any()
        return good

    def in_order(self, found: npt.NDArray[Any], wells: Wells, first: int | None = None) -> npt.NDArray[np.int64]:
        """The places of what was found in the order of answers, or the first of them: the best reached, then by IRI."""
        worse, ranks = MOST_WELL - wells, self.ranks.nodes[found]
        if first is None or first >= len(found):
            return np.lexsort((ranks, worse))
        if first == 0:
            return np.empty(0, np.int64)
        last = np.partition(worse, first - 1)[first - 1]
        better, tied = np.flatnonzero(worse < last), np.flatnonzero(worse == last)
        lacking = first - len(better)
        shown = np.append(better, tied[np.argpartition(ranks[tied], lacking - 1)[:lacking]])
        return shown[np.lexsort((ranks[shown], worse[shown]))]

    def part(
        self,
        found: npt.NDArray[Any],
        wells: Wells,
        window: Window,
        told: Callable[[int, int], T],
    ) -> Part[T]:
        """The part of what was found that the window shows, each told from its node and how well it is reached."""
        total = len(found)
        order = self.in_order(found, wells, window.first if window.after is None else None)
        found, wells = found[order], wells[order]
        start = 0 if window.after is None else self._place(found, wells, window.after)
        stop = None if window.first is None else start + window.first
        shown = zip(found[start:stop].tolist(), wells[start:stop].tolist(), strict=True)
        return Part([told(node, well) for node, well in shown], start, total)

    def _place(self, found: npt.NDArray[Any], wells: Wells, after: Key) -> int:
        """How many of what was found, in order, are not after a key, which may be anything: it comes from outside."""
        scope, basis, hops, name = cast("tuple[int, int, int, str]", after)
        well = pair(-scope, -basis) + 1 << HOPS | MOST_HOPS - max(0, min(hops, MOST_HOPS))
        worse, wanted = (MOST_WELL - wells).astype(np.int64), int(MOST_WELL) - max(-1, min(well, int(MOST_WELL)))
        low, high = int(np.searchsorted(worse, wanted, "left")), int(np.searchsorted(worse, wanted, "right"))
        names = self.holding.nodes.names
        return low + bisect.bisect_right(range(low, high), name, key=lambda at: names[int(found[at])])

    def path(  # noqa: PLR0913  # one path's whole context
        self,
        search: Found,
        start: int,
        well: int,
        end: int | None,
        *,
        contract: int = NO_CONTRACT,
        mineral: int | None = None,
    ) -> tuple[Hop, ...]:
        """The evidence path from a node to where a search from the far end began.

        Args:
            search: the search.
            start: the near end.
            well: how well it is reached.
            end: the name of the far end; None for that to which the path leads.
            contract: the near end, if that is a contract.
            mineral: the mineral whose origins are asked for.
        """
        best, hops = unpacked(well)
        edges = trail(
            self.sides.covers_out,
            self.sides.supply_out,
            self.table,
            self.sight,
            self.ranks,
            search.marks,
            search.events,
            start,
            contract,
            1 << best,
            hops,
            mineral,
        )
        return self.hops(edges, start, end)

    def hops(self, edges: npt.NDArray[np.int64], start: int, end: int | None) -> tuple[Hop, ...]:
        """Edges of a path in words, with the claims by which each leads on, or ends, under another name."""
        held = [EdgeRow(*row) for row in self.table.edges[edges].tolist()]
        starts, ends = [edge.start for edge in held], [edge.end for edge in held]
        for at, edge in enumerate(held):
            before = ends[at - 1] if at else start
            if edge.code & OF_BRAND:
                starts[at] = before
        onward = [*starts[1:], ends[-1] if end is None else end] if ends else []
        return tuple(
            self.hop(number, edge, first, onward=then)
            for number, edge, first, then in zip(edges.tolist(), held, starts, onward, strict=True)
        )

    def hop(self, number: int, edge: EdgeRow, start: int, onward: int | None = None) -> Hop:
        """An edge in words.

        Args:
            number: its number.
            edge: what the table holds of it.
            start: where it leads from: the model, where it is said of a brand.
            onward: the name under which the path goes on from its end.
        """
        names, covers = self.holding.nodes.names, edge.kind is Kind.COVERS
        basis = edge.code >> STRENGTH >> 2 & NO_BASIS
        return Hop(
            start=IRI(names[start]),
            end=IRI(names[edge.end]),
            kind=HOP_KINDS[edge.kind],
            claim=IRI(names[edge.about] if covers else self.holding.claims[number]),
            record=IRI(self.holding.records.names[edge.record]),
            scope=SCOPES[edge.code >> STRENGTH & CONTRACT_SCOPE],
            scope_contract=None if edge.contract == NONE else IRI(names[edge.contract]),
            basis=None if basis == NO_BASIS else BASES[basis],
            valid_from=None if edge.valid_from == ALWAYS else day_of(edge.valid_from),
            valid_to=None if edge.valid_to == NEVER else day_of(edge.valid_to),
            received_at=moment(self.holding.received(edge.record)),
            mineral=None if edge.about == NONE or covers else IRI(names[edge.about]),
            tier=tier_of(edge),
            same_site=() if onward is None or onward == edge.end else self._same(edge.end, onward),
        )

    def _same(self, one: int, other: int) -> tuple[IRI, ...]:
        """The fewest claims by which two names are of one site; of several such sequences the smallest."""
        ways: dict[int, tuple[str, ...]] = {one: ()}
        while other not in ways:
            step: dict[int, tuple[str, ...]] = {}
            for here, way in ways.items():
                for there, edge in joins(self.sides.supply_out, self.table, self.sight, here).tolist():
                    longer = (*way, self.holding.claims[edge])
                    if there not in ways and (there not in step or longer < step[there]):
                        step[there] = longer
            if not step:
                raise RuntimeError("a path led on from a site under a name that it does not have")
            ways |= step
        return tuple(IRI(name) for name in ways[other])


def tier_of(edge: EdgeRow) -> Tier | None:
    """What the site at the end of an edge does, as the claim says or its kind implies."""
    return IMPLIED_TIERS.get(HOP_KINDS[edge.kind]) if edge.tier < 0 else TIERS[edge.tier]


class EdgeRow(NamedTuple):
    """What the table holds of an edge."""

    start: int
    end: int
    record: int
    contract: int
    about: int
    audience: int
    valid_from: int
    valid_to: int
    tier: int
    code: int

    @property
    def kind(self) -> Kind:
        """What it says."""
        return Kind(self.code & KIND_BITS)

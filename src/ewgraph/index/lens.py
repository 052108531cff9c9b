"""What one reader sees of the index, as of a pair of instants: searches, and their answers in words."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ewgraph.index.holding import Holding
from ewgraph.index.index import Index
from ewgraph.index.layout import (
    ALWAYS,
    BASES,
    CONTRACT_SCOPE,
    HOP_KINDS,
    KIND_BITS,
    NEVER,
    NO_BASIS,
    NONE,
    SCOPES,
    STRENGTH,
    Kind,
    day_number,
    day_of,
    pair,
    receipt_days,
    row_day,
)
from ewgraph.index.search import NO_CONTRACT, Found, Scratch, Sight, forget, spread
from ewgraph.index.touching import (
    FOR_CONTRACT,
    HOPS,
    MOST_HOPS,
    MOST_WELL,
    contracts_of,
    covered,
    how_well,
    joined_sites,
    joins,
    of_kinds,
    one_site,
    own_contracts,
    sites_of,
    started,
)
from ewgraph.index.trail import trail
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.hop import Hop
from ewgraph.model.instants import microseconds, moment
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Key, Window


class Ranks(NamedTuple):
    """What edges are compared by: the ranks of nodes and records, and the IRIs of claims."""

    nodes: npt.NDArray[np.int64]
    records: npt.NDArray[np.int64]
    claims: Any


@dataclass(frozen=True, slots=True)
class Reached:
    """A node that a search reached, and how.

    Attributes:
        node: the node.
        scope: the weakest scope of the best path.
        basis: the weakest basis.
        hops: how many hops it has.
        path: the path, where it was asked for.
    """

    node: IRI
    scope: Scope
    basis: EvidenceBasis
    hops: int
    path: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sorted answer.

    Attributes:
        items: the part.
        start: how many come before it.
        total: how many there are in all.
    """

    items: list[Reached]
    start: int
    total: int


class Lens:
    """The index as one reader sees it, as of a pair of instants."""

    def __init__(self, index: Index, chain: Sequence[IRI], valid_at: dt.date, known_at: dt.datetime) -> None:
        """Look at the index as who reads these graphs."""
        self._index = index
        self._chain = chain
        self._valid_at = day_number(valid_at)
        self._known_at = microseconds(known_at)

    @contextmanager
    def _looking(self) -> Iterator[_Look]:
        with self._index.reading() as holding:
            known_day = int(receipt_days(np.array([self._known_at], np.int64))[0])
            visible = holding.audiences.visible(self._chain)
            sight = Sight(visible, row_day(self._valid_at), self._valid_at, known_day, self._known_at)
            with self._index.scratch(holding) as marks, self._index.scratch(holding) as others:
                yield _Look(holding, sight, marks, others)

    def contracts_touching(
        self,
        site: IRI,
        min_scope: Scope,
        min_basis: EvidenceBasis,
        window: Window,
    ) -> Part:
        """The contracts that touch a site, the best reached first."""
        with self._looking() as look:
            return look.contracts(site, allowed(min_scope, min_basis), window)

    def sites_touched_by(
        self,
        contract: IRI,
        kinds: Collection[IRI] | None,
        min_scope: Scope,
        min_basis: EvidenceBasis,
        window: Window,
    ) -> Part:
        """The sites that a contract touches, the best reached first."""
        with self._looking() as look:
            return look.sites(contract, kinds, allowed(min_scope, min_basis), window)


def allowed(min_scope: Scope, min_basis: EvidenceBasis) -> int:
    """The bits of the pairs of thresholds that are not below the least that is asked for."""
    scopes, bases = range(min_scope.rank or 0, len(SCOPES)), range(min_basis.rank or 0, len(BASES))
    return sum(1 << pair(scope, basis) for scope in scopes for basis in bases)


_NOTHING: Final = Part([], 0, 0)


class _Look:
    """One look through a lens, while nothing changes."""

    def __init__(self, holding: Holding, sight: Sight, marks: Scratch, others: Scratch) -> None:
        self._holding = holding
        self._sight = sight
        self._marks = marks
        self._others = others
        self._table = holding.table
        self._sides = holding.sides
        self._ranks = Ranks(holding.nodes.ranks, holding.records.ranks, holding.claims.texts)

    def contracts(self, site: IRI, bits: int, window: Window) -> Part:
        node = self._holding.nodes.find(site.value)
        if node is None:
            return _NOTHING
        sides, table, sight, marks = self._sides, self._table, self._sight, self._marks
        names = one_site(sides.supply_out, table, sight, node)
        found, search = np.empty(0, np.int32), None
        if bits & ~FOR_CONTRACT:
            search = self._search(marks, names, bits & ~FOR_CONTRACT)
            found = contracts_of(sides.covers_into, table, sight, marks, search.events, search.number, marks.best)
        if bits & FOR_CONTRACT:
            own = np.uint32(bits & FOR_CONTRACT)
            found = own_contracts(
                sides.supply_into, sides.covers_out, table, sight, names, self._others, own, found, marks.best
            )
        wells = marks.best[found]
        marks.best[found] = 0

        def path(contract: int, best: int, hops: int) -> tuple[Hop, ...]:
            if search is not None and not 1 << best & FOR_CONTRACT:
                return self._path(search, contract, contract, best, hops, node)
            own = self._search(self._others, names, 1 << best, contract=contract, only=contract)
            hops_of_own = self._path(own, contract, contract, best, hops, node)
            forget(own.marks, own.events, own.number)
            return hops_of_own

        part = self._part(found, wells, window, path)
        if search is not None:
            forget(marks, search.events, search.number)
        return part

    def sites(self, contract: IRI, kinds: Collection[IRI] | None, bits: int, window: Window) -> Part:
        node = self._holding.nodes.find(contract.value)
        if node is None:
            return _NOTHING
        sides, table, sight, marks = self._sides, self._table, self._sight, self._marks
        events, number = covered(sides.covers_out, table, sight, marks, node, np.uint32(bits))
        events, number = spread(sides.supply_out, table, sight, marks, events, number, node, None, True, None, None, -1)
        search = Found(events, number, marks)
        found, wells = sites_of(marks, events, number, 0)

        def path(site: int, best: int, hops: int) -> tuple[Hop, ...]:
            back = self._search(
                self._others,
                one_site(sides.supply_out, table, sight, site),
                1 << best,
                contract=node,
                guide=search,
                guided=hops,
            )
            made = self._path(back, node, node, best, hops, None)
            forget(back.marks, back.events, back.number)
            return made

        found, wells = self._under_one_name(found, wells, path)
        if kinds is not None:
            good = self._of_kinds(found, kinds)
            found, wells = found[good], wells[good]
        part = self._part(found, wells, window, path)
        forget(marks, events, number)
        return part

    def _search(  # noqa: PLR0913  # the search's own arguments
        self,
        marks: Scratch,
        starts: npt.NDArray[np.int64],
        bits: int,
        *,
        contract: int = NO_CONTRACT,
        only: int | None = None,
        guide: Found | None = None,
        guided: int = -1,
    ) -> Found:
        """A search downstream from sites."""
        table, sight = self._table, self._sight
        events, number = started(marks, starts, np.uint32(bits))
        events, number = spread(
            self._sides.supply_into, table, sight, marks, events, number, contract, None, False, only, guide, guided
        )
        return Found(events, number, marks)

    def _under_one_name(
        self,
        found: npt.NDArray[np.int64],
        wells: npt.NDArray[np.uint16],
        path: Callable[[int, int, int], tuple[Hop, ...]],
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint16]]:
        """Each site once, under the name to which its best path leads."""
        several = joined_sites(self._sides.supply_out, found)
        if not several.any():
            return found, wells
        kept = ~several
        seen: set[int] = set()
        named: list[tuple[int, int]] = []
        for site, well in zip(found[several].tolist(), wells[several].tolist(), strict=True):
            if site in seen:
                continue
            seen |= set(one_site(self._sides.supply_out, self._table, self._sight, site).tolist())
            best, hops = _unpacked(well)
            last = path(site, best, hops)[-1].end
            named.append((self._holding.nodes.find(last.value) or 0, well))
        extra = np.array(named, np.int64).reshape(-1, 2)
        return np.append(found[kept], extra[:, 0]), np.append(wells[kept], extra[:, 1].astype(np.uint16))

    def _of_kinds(self, sites: npt.NDArray[np.int64], kinds: Collection[IRI]) -> Any:
        numbers = np.array(list(self._holding.nodes.find_all([kind.value for kind in kinds]).values()), np.int64)
        facts = self._sides.facts_out
        good = of_kinds(facts, self._sight, sites, numbers)
        for at in np.flatnonzero(~good & joined_sites(self._sides.supply_out, sites)).tolist():
            names = one_site(self._sides.supply_out, self._table, self._sight, int(sites[at]))
            good[at] = of_kinds(facts, self._sight, names, numbers).any()
        return good

    def _part(
        self,
        found: npt.NDArray[Any],
        wells: npt.NDArray[np.uint16],
        window: Window,
        path: Callable[[int, int, int], tuple[Hop, ...]],
    ) -> Part:
        """The part of what was found that the window shows: the best reached first, then by IRI."""
        by_name = np.argsort(self._ranks.nodes[found])
        order = by_name[np.argsort(MOST_WELL - wells[by_name], kind="stable")]
        found, wells = found[order], wells[order]
        start = 0 if window.after is None else self._place(found, wells, window.after)
        stop = len(found) if window.first is None else min(start + window.first, len(found))
        items = []
        for node, well in zip(found[start:stop].tolist(), wells[start:stop].tolist(), strict=True):
            best, hops = _unpacked(well)
            items.append(
                Reached(
                    IRI(self._holding.nodes.names[node]),
                    SCOPES[best // len(BASES)],
                    BASES[best % len(BASES)],
                    hops,
                    path(node, best, hops),
                )
            )
        return Part(items, start, len(found))

    def _place(
        self,
        found: npt.NDArray[Any],
        wells: npt.NDArray[np.uint16],
        after: Key,
    ) -> int:
        """How many of what was found, in order, are not after a key."""
        scope, basis, hops, name = after
        well = int(how_well(pair(-scope, -basis), hops))
        worse = MOST_WELL - wells
        low, high = (int(np.searchsorted(worse, MOST_WELL - well, side)) for side in ("left", "right"))
        names = self._holding.nodes.names
        return low + bisect.bisect_right(range(low, high), name, key=lambda at: names[int(found[at])])

    def _path(  # noqa: PLR0913, PLR0917  # one path's whole context
        self,
        search: Found,
        start: int,
        contract: int,
        best: int,
        hops: int,
        end: int | None,
    ) -> tuple[Hop, ...]:
        """The evidence path from a node to where a search from the far end began."""
        edges = trail(
            self._sides.covers_out,
            self._sides.supply_out,
            self._table,
            self._sight,
            self._ranks,
            search.marks,
            search.events,
            start,
            contract,
            1 << best,
            hops,
            None,
        )
        return self._hops(edges.tolist(), start, end)

    def _hops(self, edges: Sequence[int], start: int, end: int | None) -> tuple[Hop, ...]:
        """The edges in words, with the claims by which each leads on under another name, or ends under that given."""
        held = [self._table.edges[edge] for edge in edges]
        starts = [int(edge["start"]) for edge in held]
        ends = [int(edge["end"]) for edge in held]
        for at, edge in enumerate(held):
            kind = int(edge["code"]) & KIND_BITS
            if kind == Kind.LISTED_AT or (kind == Kind.DECLARES_SMELTER and starts[at] != _before(at, start, ends)):
                starts[at] = _before(at, start, ends)  # said of the brand, so of each of its models
        onward = [*starts[1:], ends[-1] if end is None else end] if ends else []
        return tuple(self._hop(edge, starts[at], ends[at], onward[at]) for at, edge in enumerate(edges))

    def _hop(self, edge: int, start: int, end: int, onward: int) -> Hop:
        held = self._table.edges[edge]
        names, code = self._holding.nodes.names, int(held["code"])
        kind = Kind(code & KIND_BITS)
        scope, basis = code >> STRENGTH & CONTRACT_SCOPE, code >> STRENGTH >> 2 & NO_BASIS
        contract, about = int(held["contract"]), int(held["about"])
        first, last = int(held["valid_from"]), int(held["valid_to"])
        return Hop(
            start=IRI(names[start]),
            end=IRI(names[end]),
            kind=HOP_KINDS[kind],
            claim=IRI(names[about] if kind is Kind.COVERS else self._holding.claims[edge]),
            record=IRI(self._holding.records.names[int(held["record"])]),
            scope=SCOPES[scope],
            scope_contract=None if contract == NONE else IRI(names[contract]),
            basis=None if basis == NO_BASIS else BASES[basis],
            valid_from=None if first == ALWAYS else day_of(first),
            valid_to=None if last == NEVER else day_of(last),
            received_at=moment(self._holding.received(int(held["record"]))),
            mineral=None if about == NONE or kind is Kind.COVERS else IRI(names[about]),
            same_site=self._same(end, onward) if end != onward else (),
        )

    def _same(self, one: int, other: int) -> tuple[IRI, ...]:
        """The fewest claims by which two names are of one site; of several such sequences the smallest."""
        names = self._holding.claims
        ways: dict[int, tuple[str, ...]] = {one: ()}
        while other not in ways:
            step: dict[int, tuple[str, ...]] = {}
            for here, way in ways.items():
                for there, edge in joins(self._sides.supply_out, self._table, self._sight, here).tolist():
                    longer = (*way, names[edge])
                    if there not in ways and (there not in step or longer < step[there]):
                        step[there] = longer
            if not step:
                raise RuntimeError("the two are not one")
            ways |= step
        return tuple(IRI(name) for name in ways[other])


def _before(at: int, start: int, ends: Sequence[int]) -> int:
    return ends[at - 1] if at else start


def _unpacked(well: int) -> tuple[int, int]:
    """The pair of thresholds and the hops."""
    return (well >> HOPS) - 1, MOST_HOPS - (well & MOST_HOPS)

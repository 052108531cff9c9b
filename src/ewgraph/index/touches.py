"""Which contracts touch a site, and which sites the chains of a contract or model reach, from the index."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from ewgraph.index.layout import FOR_CONTRACT
from ewgraph.index.look import Look, Nodes, PathTo, Wells, strength
from ewgraph.index.search import NO_CONTRACT, UPSTREAM, Found, spread
from ewgraph.index.touching import contracts_of, covered, own_contracts, sites_of, started
from ewgraph.model.hop import Hop, Touch
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Part, Window


def contracts_touching(look: Look, site: IRI, bits: int, window: Window) -> Part[Touch]:
    """The contracts that touch a site, the best reached first, by paths that meet one of the pairs of thresholds."""
    node = look.node(site)
    if node is None:
        return Part()
    names = look.names(node)
    with look.downstream(names, bits & ~FOR_CONTRACT) as search:
        found, wells = contracts_reached(look, search, names, bits)
        told = path_from(look, search, names, node)
        return look.part(found, wells, window, lambda contract, well: touch(look, contract, site, well, told))


def touch(look: Look, contract: int, site: IRI, well: int, told: PathTo) -> Touch:
    """A contract that was found, in words."""
    scope, basis = strength(well)
    return Touch(look.name(contract), site, scope, basis, told(contract, well))


def contracts_reached(look: Look, search: Found, names: Nodes, bits: int) -> tuple[npt.NDArray[Any], Wells]:
    """The contracts that a search downstream from a site reached, and how well, their own chains included."""
    sides, table, sight, marks, others = look.sides, look.table, look.sight, search.marks, look.others
    found = look.room.found
    many = contracts_of(sides.covers_into, table, sight, marks, search.events, search.number, found)
    own = np.uint32(bits & FOR_CONTRACT)
    if own:
        others.events, many = own_contracts(
            sides.supply_into,
            sides.covers_out,
            table,
            sight,
            names,
            others.marks,
            others.events,
            own,
            found,
            many,
            marks.best,
        )
    reached = found[:many]
    wells = marks.best[reached]
    marks.best[reached] = 0
    return reached, wells


def path_from(look: Look, search: Found, names: Nodes, end: int) -> PathTo:
    """What tells the evidence path of a contract to where a search downstream began."""

    def told(contract: int, well: int) -> tuple[Hop, ...]:
        bit = look.bit(well)
        if not bit & FOR_CONTRACT:
            return look.path(search, contract, well, end, contract=contract)
        with look.downstream(names, bit, look.others, contract=contract, only=contract) as own:
            return look.path(own, contract, well, end, contract=contract)

    return told


def sites_touched_by(
    look: Look,
    contract: IRI,
    kinds: Collection[IRI] | None,
    bits: int,
    window: Window,
) -> Part[Touch]:
    """The sites that a contract touches, the best reached first, by paths that meet one of the pairs of thresholds."""
    node = look.node(contract)
    if node is None:
        return Part()
    with sites_upstream(look, node, kinds, bits) as (found, wells, path):

        def told(site: int, well: int) -> Touch:
            scope, basis = strength(well)
            return Touch(contract, look.name(site), scope, basis, path(site, well))

        return look.part(found, wells, window, told)


@contextmanager
def sites_upstream(
    look: Look,
    start: int,
    kinds: Collection[IRI] | None,
    bits: int,
    mineral: int | None = None,
) -> Iterator[tuple[Nodes, Wells, PathTo]]:
    """The sites that the chains of a contract, model or site reach, how well, and what tells the path to each.

    A site that goes by several names is found once, under that to which the best path leads.

    Args:
        look: what is looked at.
        start: where the chains begin.
        kinds: only sites of one of these classes; None for all.
        bits: of the pairs of thresholds that paths may meet.
        mineral: only the origins of this mineral; None for all sites.
    """
    contract = start if look.is_contract(start) else NO_CONTRACT
    search = upstream(look, start, bits, contract, mineral)
    plane = 0 if mineral is None else look.nodes

    def told(site: int, well: int) -> tuple[Hop, ...]:
        back = look.downstream(
            look.names(site) + plane,
            look.bit(well),
            look.others,
            contract=contract,
            mineral=mineral,
            guide=search,
            guided=look.hops_of(well),
        )
        with back as found:
            return look.path(found, start, well, None, contract=contract, mineral=mineral)

    found, wells = sites_of(search.marks, search.events, search.number, plane)
    found, wells = look.under_one_name(search, plane, found, wells, told)
    if kinds is not None:
        good = look.of_kinds(found, kinds)
        found, wells = found[good], wells[good]
    yield found, wells, told
    look.forget(search)


def upstream(look: Look, start: int, bits: int, contract: int, mineral: int | None) -> Found:
    """A search upstream from a contract, model or site. Its marks have to be cleaned, by `forget`."""
    sides, table, sight, room = look.sides, look.table, look.sight, look.room
    if contract == start:
        events, number = covered(sides.covers_out, table, sight, room.marks, room.events, contract, np.uint32(bits))
    else:
        events, number = started(room.marks, room.events, look.names(start), np.uint32(bits))
    events, number = spread(
        sides.supply_out, table, sight, room.marks, events, number, contract, mineral, UPSTREAM, None, None, -1
    )
    room.events = events
    return Found(events, number, room.marks)

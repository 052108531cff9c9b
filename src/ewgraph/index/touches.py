"""Which contracts touch a site, and which sites a contract touches, from the index."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from ewgraph.index.layout import FOR_CONTRACT
from ewgraph.index.look import NOTHING, Look, Nodes, Part, PathTo, Wells
from ewgraph.index.search import UPSTREAM, Found, spread
from ewgraph.index.touching import contracts_of, covered, own_contracts, sites_of
from ewgraph.model.hop import Hop
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Window


def contracts_touching(look: Look, site: IRI, bits: int, window: Window) -> Part:
    """The contracts that touch a site, the best reached first, by paths that meet one of the pairs of thresholds."""
    node = look.node(site)
    if node is None:
        return NOTHING
    names = look.names(node)
    search = look.search(look.room, names, bits & ~FOR_CONTRACT)
    found, wells = contracts_reached(look, search, names, bits)
    part = look.part(found, wells, window, path_from(look, search, names, node))
    look.forget(search)
    return part


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

    def path(contract: int, best: int, hops: int) -> tuple[Hop, ...]:
        if not 1 << best & FOR_CONTRACT:
            return look.path(search, contract, best, hops, end, contract=contract)
        own = look.search(look.others, names, 1 << best, contract=contract, only=contract)
        made = look.path(own, contract, best, hops, end, contract=contract)
        look.forget(own)
        return made

    return path


def sites_touched_by(look: Look, contract: IRI, kinds: Collection[IRI] | None, bits: int, window: Window) -> Part:
    """The sites that a contract touches, the best reached first, by paths that meet one of the pairs of thresholds."""
    node = look.node(contract)
    if node is None:
        return NOTHING
    search = upstream(look, node, bits)
    found, wells = sites_of(search.marks, search.events, search.number, 0)

    def path(site: int, best: int, hops: int) -> tuple[Hop, ...]:
        back = look.search(look.others, look.names(site), 1 << best, contract=node, guide=search, guided=hops)
        made = look.path(back, node, best, hops, None, contract=node)
        look.forget(back)
        return made

    found, wells = look.under_one_name(found, wells, path)
    if kinds is not None:
        good = look.of_kinds(found, kinds)
        found, wells = found[good], wells[good]
    part = look.part(found, wells, window, path)
    look.forget(search)
    return part


def upstream(look: Look, contract: int, bits: int) -> Found:
    """A search upstream from what a contract covers. Its marks have to be cleaned, by `forget`."""
    sides, table, sight, room = look.sides, look.table, look.sight, look.room
    events, number = covered(sides.covers_out, table, sight, room.marks, room.events, contract, np.uint32(bits))
    events, number = spread(
        sides.supply_out, table, sight, room.marks, events, number, contract, None, UPSTREAM, None, None, -1
    )
    room.events = events
    return Found(events, number, room.marks)

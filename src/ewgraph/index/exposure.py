"""Who is concerned by what happens at a site, from the index: contracts, their buyers, the brands of models."""

from __future__ import annotations

from typing import Any

import numpy as np

from ewgraph.index.layout import FOR_CONTRACT, Kind
from ewgraph.index.look import Look, Nodes, PathTo, Wells, strength
from ewgraph.index.rows import first_of_each, first_with
from ewgraph.index.search import Found
from ewgraph.index.sections import Section, in_sections
from ewgraph.index.touches import contracts_reached, path_from
from ewgraph.index.touching import models_with_brands
from ewgraph.model.hop import Concerned, Exposure
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Part, Window


def exposures(look: Look, site: IRI, bits: int, window: Window) -> Part[Exposure]:
    """Who is concerned by what happens at a site: contracts, then buyers, then brands, each the best first."""
    node = look.node(site)
    if node is None:
        return Part()
    names = look.names(node)
    with look.downstream(names, bits & ~FOR_CONTRACT) as search:
        found, wells = contracts_reached(look, search, names, bits)
        order = look.in_order(found, wells)
        contracts, wells = found[order].astype(np.int64), wells[order]
        to_contract = path_from(look, search, names, node)

        def to_model(model: int, well: int) -> Any:
            return look.path(search, model, well, node)

        sections = [
            _section(look, site, Concerned.CONTRACT, (contracts, contracts, wells), to_contract),
            _section(look, site, Concerned.BUYER, _buyers(look, contracts, wells), to_contract),
            _section(look, site, Concerned.BRAND, _brands(look, search), to_model),
        ]
        return in_sections(window, sections)


def _section(
    look: Look,
    site: IRI,
    concerned: Concerned,
    found: tuple[Nodes, Nodes, Wells],
    path: PathTo,
) -> Section[Exposure]:
    """Who is concerned, by what and how well, as a section of the answer."""
    who, starts, wells = found
    by = dict(zip(who.tolist(), starts.tolist(), strict=True))

    def told(node: int, well: int) -> Exposure:
        scope, basis = strength(well)
        hops = path(by[node], well)
        return Exposure(look.name(by[node]), site, scope, basis, hops, look.name(node), concerned)

    return Section(list(Concerned).index(concerned), lambda window: look.part(who, wells, window, told))


def _buyers(look: Look, contracts: Nodes, wells: Wells) -> tuple[Nodes, Nodes, Wells]:
    """The buyers of contracts that are in order, each with the best of them and how well that is reached."""
    pairs = first_with(look.sides.facts_out, look.sight, contracts, int(Kind.BUYER), look.others.marks.best)
    well_of = dict(zip(contracts.tolist(), wells.tolist(), strict=True))
    return pairs[:, 0], pairs[:, 1], np.array([well_of[node] for node in pairs[:, 1].tolist()], np.uint16)


def _brands(look: Look, search: Found) -> tuple[Nodes, Nodes, Wells]:
    """The brands of the models that a search downstream reached, each with the best of them."""
    found = models_with_brands(
        look.sides.supply_out, look.table, look.sight, search.marks, search.events, search.number
    )
    found = found[look.in_order(found[:, 0], found[:, 2].astype(np.uint16))]
    found = found[first_of_each(found, look.others.marks.best)]
    return found[:, 1], found[:, 0], found[:, 2].astype(np.uint16)

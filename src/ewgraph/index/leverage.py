"""Which contracts are linked to a site, from the index."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from ewgraph.index.layout import BASES, CONTRACT_SCOPE, FOR_CONTRACT, Kind
from ewgraph.index.look import Look, allowed, unpacked
from ewgraph.index.rows import facts_of
from ewgraph.index.touches import contracts_reached
from ewgraph.index.touching import lines_reached
from ewgraph.model.codes import Scope
from ewgraph.model.hop import BASES as STRONGEST_FIRST
from ewgraph.model.leverage import Link
from ewgraph.model.rdf import IRI


def links(look: Look, site: IRI) -> list[Link]:
    """The contracts that lead to a site with scope MODEL or better, by IRI."""
    node = look.node(site)
    if node is None:
        return []
    names, bits = look.names(node), allowed(Scope.MODEL, STRONGEST_FIRST[-1])
    with look.downstream(names, bits & ~FOR_CONTRACT) as search:
        contracts, wells = contracts_reached(look, search, names, bits)
        reached = lines_reached(
            look.sides.covers_into, look.table, look.sight, search.marks, search.events, search.number
        )
    lines, buyers = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for contract, line in reached.tolist():
        lines[contract].add(line)
    for contract, buyer in facts_of(
        look.sides.facts_out, look.sight, contracts.astype(np.int64), int(Kind.BUYER)
    ).tolist():
        buyers[contract].add(buyer)
    found = [
        Link(
            contract=look.name(contract),
            buyers=frozenset(map(look.name, buyers[contract])),
            strict=unpacked(well)[0] // len(BASES) == CONTRACT_SCOPE,
            lines=frozenset(map(look.name, lines[contract])),
        )
        for contract, well in zip(contracts.tolist(), wells.tolist(), strict=True)
    ]
    return sorted(found, key=lambda link: link.contract.value)

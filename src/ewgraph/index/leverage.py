"""Who buys what leads to a site, from the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from ewgraph.index.layout import BASES, CONTRACT_SCOPE, FOR_CONTRACT, Kind
from ewgraph.index.look import Look, allowed
from ewgraph.index.rows import facts_of
from ewgraph.index.touches import contracts_reached
from ewgraph.index.touching import HOPS, lines_reached
from ewgraph.model.codes import Scope
from ewgraph.model.hop import BASES as STRONGEST_FIRST
from ewgraph.model.leverage import Links, Purchase
from ewgraph.model.rdf import IRI

Nodes = npt.NDArray[np.int64]


def links(look: Look, site: IRI, buyers: Collection[IRI]) -> Links:
    """What some buyers bought that leads to a site with scope MODEL or better."""
    node = look.node(site)
    if node is None:
        return Links(frozenset({site}), {})
    names, bits = look.names(node), allowed(Scope.MODEL, STRONGEST_FIRST[-1])
    with look.downstream(names, bits & ~FOR_CONTRACT) as search:
        found, wells = contracts_reached(look, search, names, bits)
        reached = lines_reached(
            look.sides.covers_into, look.table, look.sight, search.marks, search.events, search.number
        )
    order = np.argsort(found)
    contracts = found[order].astype(np.int64)
    strict = ((wells[order] >> HOPS) - 1) // len(BASES) == CONTRACT_SCOPE
    named = facts_of(look.sides.facts_out, look.sight, contracts, int(Kind.BUYER))
    wanted = np.array(list(look.holding.nodes.find_all([buyer.value for buyer in buyers]).values()), np.int64)
    named = named[np.isin(named[:, 1], wanted)]
    return Links(
        frozenset(map(look.name, names.tolist())), _purchases(look, reached, named, set(contracts[strict].tolist()))
    )


def _purchases(look: Look, reached: Nodes, named: Nodes, strict: Collection[int]) -> dict[IRI, set[Purchase]]:
    """The purchases of each buyer.

    Args:
        look: what is looked at.
        reached: contracts, each with an edge by which it covers a model that leads there.
        named: contracts, each with a buyer.
        strict: the contracts for which a chain is said.
    """
    of_contract = defaultdict[int, set[Purchase]](set)
    covering = reached[np.isin(reached[:, 0], named[:, 0])]
    edges = look.table.edges[covering[:, 1]]
    records = look.holding.records.names
    for contract, line, record in zip(
        covering[:, 0].tolist(), edges["about"].tolist(), edges["record"].tolist(), strict=True
    ):
        purchase = Purchase(look.name(contract), look.name(line), IRI(records[record]), contract in strict)
        of_contract[contract].add(purchase)
    found = defaultdict[IRI, set[Purchase]](set)
    for contract, buyer in named.tolist():
        found[look.name(buyer)] |= of_contract[contract]
    return {buyer: purchases for buyer, purchases in found.items() if purchases}

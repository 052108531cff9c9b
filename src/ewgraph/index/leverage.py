"""Which contracts are linked to a site, from the index."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from ewgraph.index.layout import BASES, CONTRACT_SCOPE, FOR_CONTRACT, Kind
from ewgraph.index.look import Look, allowed
from ewgraph.index.rows import facts_of
from ewgraph.index.touches import contracts_reached
from ewgraph.index.touching import HOPS, lines_reached
from ewgraph.model.codes import Scope
from ewgraph.model.hop import BASES as STRONGEST_FIRST
from ewgraph.model.leverage import MOST_LINES, Links
from ewgraph.model.rdf import IRI

Nodes = npt.NDArray[np.int64]


def links(look: Look, site: IRI) -> Links:
    """The contracts that lead to a site with scope MODEL or better."""
    node = look.node(site)
    if node is None:
        return Links(Counter(), {})
    names, bits = look.names(node), allowed(Scope.MODEL, STRONGEST_FIRST[-1])
    with look.downstream(names, bits & ~FOR_CONTRACT) as search:
        found, wells = contracts_reached(look, search, names, bits)
        reached = lines_reached(
            look.sides.covers_into, look.table, look.sight, search.marks, search.events, search.number
        )
    order = np.argsort(found)
    contracts = found[order].astype(np.int64)
    strict = ((wells[order] >> HOPS) - 1) // len(BASES) == CONTRACT_SCOPE
    buyers = facts_of(look.sides.facts_out, look.sight, contracts, int(Kind.BUYER))
    return Links(_counted(look, contracts, strict, buyers), _lines(look, reached, contracts))


def _counted(
    look: Look, contracts: Nodes, strict: npt.NDArray[np.bool_], buyers: Nodes
) -> Counter[tuple[frozenset[IRI], bool]]:
    """How many contracts there are of the same buyers, strict ones apart.

    Args:
        look: what is looked at.
        contracts: ascending.
        strict: for each whether it is.
        buyers: each of them with a buyer, ascending; contracts with several stand there as often.
    """
    name = lru_cache(maxsize=None)(look.name)
    counted: Counter[tuple[frozenset[IRI], bool]] = Counter()
    bought, first, count = np.unique(buyers[:, 0], return_index=True, return_counts=True)
    is_strict = strict[np.searchsorted(contracts, bought)]
    alone = count == 1
    keys, sizes = np.unique(2 * buyers[first[alone], 1] + is_strict[alone], return_counts=True)
    for key, size in zip(keys.tolist(), sizes.tolist(), strict=True):
        counted[frozenset({name(key // 2)}), bool(key % 2)] += size
    for begin, several, own in zip(
        first[~alone].tolist(), count[~alone].tolist(), is_strict[~alone].tolist(), strict=True
    ):
        counted[frozenset(map(name, buyers[begin : begin + several, 1].tolist())), own] += 1
    without = ~np.isin(contracts, bought)
    for own in (False, True):
        counted[frozenset(), own] += int(np.count_nonzero(without & (strict == own)))
    return +counted


def _lines(look: Look, reached: Nodes, contracts: Nodes) -> dict[IRI, frozenset[IRI]] | None:
    """The contract lines that lead there, each with the buyers of its contract; None for too many."""
    pairs: Any = np.unique(reached[np.isin(reached[:, 0], contracts)], axis=0)
    if len(pairs) > MOST_LINES:
        return None
    buyers: defaultdict[int, set[IRI]] = defaultdict(set)
    owners = np.unique(pairs[:, 0])
    for contract, buyer in facts_of(look.sides.facts_out, look.sight, owners, int(Kind.BUYER)).tolist():
        buyers[contract].add(look.name(buyer))
    return {look.name(line): frozenset(buyers[contract]) for contract, line in pairs.tolist()}

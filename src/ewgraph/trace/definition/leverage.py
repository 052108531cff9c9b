"""Which contracts are linked to a site, by definition."""

from __future__ import annotations

from collections import Counter

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import HopKind, Scope
from ewgraph.model.hop import BASES
from ewgraph.model.leverage import MOST_LINES, Links
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import downstream
from ewgraph.trace.definition.walk import Walk


def links(view: View, catalogue: Catalogue, site: IRI) -> Links:
    """The contracts that lead to a site with scope MODEL or better."""
    walk = Walk(downstream(view, catalogue, [site]))
    contracts: Counter[tuple[frozenset[IRI], bool]] = Counter()
    lines: dict[IRI, frozenset[IRI]] = {}
    for contract in walk.contracts:
        touch = walk.touch(contract, site, min_scope=Scope.MODEL)
        if touch is None:
            continue
        buyers = frozenset(node for node in view.objects(contract, terms.buyer) if isinstance(node, IRI))
        contracts[buyers, touch.scope is Scope.CONTRACT] += 1
        for hop in walk.hops:
            covers = hop.kind is HopKind.COVERS and hop.start == contract
            if covers and walk.best(hop.end, site, contract, min_scope=Scope.MODEL, min_basis=BASES[-1]):
                lines[hop.claim] = buyers
    return Links(contracts, lines if len(lines) <= MOST_LINES else None)

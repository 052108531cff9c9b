"""Which contracts are linked to a site, by definition."""

from __future__ import annotations

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import HopKind, Scope
from ewgraph.model.hop import BASES
from ewgraph.model.leverage import Link
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import downstream
from ewgraph.trace.definition.walk import Walk


def links(view: View, catalogue: Catalogue, site: IRI) -> list[Link]:
    """The contracts that lead to a site with scope MODEL or better, by IRI."""
    walk = Walk(downstream(view, catalogue, [site]))
    found: list[Link] = []
    for contract in walk.contracts:
        touch = walk.touch(contract, site, min_scope=Scope.MODEL)
        if touch is None:
            continue
        lines = frozenset(
            hop.claim
            for hop in walk.hops
            if hop.kind is HopKind.COVERS
            and hop.start == contract
            and walk.best(hop.end, site, contract, min_scope=Scope.MODEL, min_basis=BASES[-1])
        )
        buyers = frozenset(node for node in view.objects(contract, terms.buyer) if isinstance(node, IRI))
        found.append(Link(contract, buyers, touch.scope is Scope.CONTRACT, lines))
    return found
